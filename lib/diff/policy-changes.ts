import { isDeepStrictEqual } from 'node:util';
import { CONFIG_FILE } from '../config/config-schema';
import type { Project } from '../config/project';
import { compareText } from '../plain/compare-text';
import { isMap, textOf } from '../plain/plain-data';
import type { Change, FieldChange } from './change';
import { entryPath, keyPath } from './compare/change-path';
import { policyDirection, type PolicyDirection } from './policy-direction';

/** Fields of a project that are no settings to review: its location on a machine. */
const NO_SETTINGS = new Set(['root', 'configFile', 'namesOutput', 'cdk8s']);

/**
 * What changes in `cdk8s-flux.yaml`, a change a setting: what is allowed, how bad findings are, limits and switches. It is
 * told whatever the policy of the head says, so that no change loosens unseen the policy by which it is judged.
 */
export function policyChanges(base: Project, head: Project): Change[] {
  const [before, after] = [settingsOf(base), settingsOf(head)];
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort(compareText);
  return paths.flatMap((path) => {
    const field: FieldChange = {
      path,
      ...(before.has(path) && { before: before.get(path) }),
      ...(after.has(path) && { after: after.get(path) }),
    };
    return isDeepStrictEqual(field.before, field.after) ? [] : [changeOf(field, base, head)];
  });
}

function changeOf(field: FieldChange, base: Project, head: Project): Change {
  const isEntry = field.path.startsWith('entries[');
  const { direction, effect } = isEntry ? entryEffect(field, base, head) : effectOf(field);
  const what = !Object.hasOwn(field, 'before')
    ? 'is added'
    : !Object.hasOwn(field, 'after')
      ? 'is removed'
      : 'changes';
  return {
    class: 'policy-changed',
    fields: [field],
    message: `${field.path} ${what}: ${effect}`,
    ...(direction === 'looser' && {
      hint: 'review it separately: it decides what is reported for every later change',
    }),
    location: { file: CONFIG_FILE },
  };
}

const EFFECTS: Readonly<Record<PolicyDirection, string>> = {
  looser: 'less is reported than before',
  stricter: 'more is reported than before',
  other: 'the repository is read or checked differently',
};

/** The effect of a change of a setting. */
interface Effect {
  readonly direction: PolicyDirection;
  readonly effect: string;
}

function effectOf(field: FieldChange): Effect {
  const direction = policyDirection(field);
  return { direction, effect: EFFECTS[direction] };
}

/** Entry paths that the list omits are not checked; without a list, check finds them. */
function entryEffect({ after }: FieldChange, base: Project, head: Project): Effect {
  if (head.entries.length === 0)
    return {
      direction: 'other',
      effect: 'no entry path is listed any more, so all entry paths in the repository are checked',
    };
  if (base.entries.length === 0)
    return { direction: 'looser', effect: 'from now on, only the listed entry paths are checked' };
  return after === undefined
    ? { direction: 'looser', effect: 'the cluster that starts there is no longer checked' }
    : { direction: 'stricter', effect: 'the cluster that starts there is checked too' };
}

/** The settings by path; entries of lists are separate settings. */
function settingsOf(project: Project): ReadonlyMap<string, unknown> {
  const settings = new Map<string, unknown>();
  for (const [key, value] of Object.entries(project)) {
    if (key === 'output' && !project.namesOutput) continue;
    if (!NO_SETTINGS.has(key)) flatten(key, value, settings);
  }
  return settings;
}

function flatten(path: string, value: unknown, into: Map<string, unknown>): void {
  if (isMap(value)) {
    for (const [key, inner] of Object.entries(value)) flatten(keyPath(path, key), inner, into);
  } else if (Array.isArray(value)) {
    for (const entry of value) add(entryPath(path, labelOf(entry)), isMap(entry) ? entry : true, into);
  } else if (value !== undefined) into.set(path, value);
}

/** Two entries with the same name are two settings. */
function add(path: string, value: unknown, into: Map<string, unknown>): void {
  let own = path;
  for (let count = 2; into.has(own); count += 1) own = `${path} (${count})`;
  into.set(own, value);
}

/** The subject of an entry of a list, whatever it sets. */
function labelOf(entry: unknown): string {
  if (!isMap(entry)) return String(entry);
  const { code, object, file, field, cluster } = entry;
  return [code, object, file, field, cluster].flatMap((part) => textOf(part) ?? []).join(' ');
}
