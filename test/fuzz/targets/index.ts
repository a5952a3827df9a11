import type { Target } from '../target';
import { check } from './check';
import { commands } from './commands';
import { configuration, records, sopsRules } from './configuration';
import { yaml } from './yaml';

/** Everything that `npm run fuzz` tries. */
export const targets: readonly Target[] = [yaml, configuration, sopsRules, records, check, commands];
