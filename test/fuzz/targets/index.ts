import type { Target } from '../target';
import { apps } from './apps';
import { check } from './check';
import { commands } from './commands';
import { comment } from './comment';
import { diff } from './diff';
import { configuration, fleet, pins, records, sopsRules } from './configuration';
import { envelope } from './envelope';
import { cel, marks, regex, substitution, versions } from './expressions';
import { kustomize } from './kustomize';
import { move } from './move';
import { publishing } from './publishing';
import { synth } from './synth';
import { yaml } from './yaml';

/** Everything that `npm run fuzz` tries. */
export const targets: readonly Target[] = [
  yaml,
  configuration,
  sopsRules,
  records,
  pins,
  fleet,
  envelope,
  substitution,
  cel,
  regex,
  versions,
  marks,
  kustomize,
  check,
  move,
  publishing,
  commands,
  diff,
  comment,
  synth,
  apps,
];
