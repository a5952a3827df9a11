import { HELM_GROUP, KUSTOMIZE_GROUP } from '../../kinds/groups';
import { mapOf, valueAt, type PlainMap } from '../../plain/plain-data';
import type { ManifestObject } from '../../tree/manifest';
import type { BuildLog } from './build-log';
import { partOf } from './entry-place';
import type { Patch } from './read-patch';
import { idOf, idOfObject, originalId, type Resource, type ResourceId } from './resource';

/** The fields that only one object has, by group and kind. */
const OWN_FIELDS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  [`${HELM_GROUP}/HelmRelease`]: [
    ['values'],
    ['valuesFrom'],
    ['releaseName'],
    ['chart', 'spec', 'chart'],
    ['chart', 'spec', 'version'],
  ],
  [`${KUSTOMIZE_GROUP}/Kustomization`]: [['path']],
};

/** How many names a message has. */
const SHOWN = 3;

/**
 * Notes each patch that was most likely meant for the one object of its name, but changes others too: kustomize does not
 * look at the name of a patch that has a target.
 */
export function noteWideTargets(
  resources: readonly Resource[],
  patches: readonly Patch[],
  log: BuildLog,
): void {
  for (const { merges, target, isOpen, entry } of patches) {
    const [merge] = merges;
    if (!isOpen || !target || !merge) continue;
    const meant = idOfObject(merge.object as unknown as ManifestObject);
    if (!setsOwnField(meant, merge.object)) continue;
    const selected = resources.filter(target);
    const named = selected.filter((resource) => isNamed(resource, meant));
    if (named.length !== 1 || selected.length < 2) continue;
    const others = selected.filter((resource) => !named.includes(resource)).map((one) => idOf(one).name);
    const { kind, name } = meant;
    log.warning(
      'patch-target-wide',
      `the patch has the name of ${kind} ${JSON.stringify(name)}, but its target has no name, so it also changes ${listOfNames(others)}`,
      partOf(entry, 'target'),
      {
        hint: `write "name: ${name}" in the target; if the patch is for all of them, give it a name that none of them has`,
      },
    );
  }
}

function setsOwnField({ group, kind }: ResourceId, { spec }: PlainMap): boolean {
  const fields = OWN_FIELDS[`${group}/${kind}`] ?? [];
  return fields.some((path) => valueAt(mapOf(spec), ...path) !== undefined);
}

function isNamed(resource: Resource, meant: ResourceId): boolean {
  return [originalId(resource), idOf(resource)].some(
    ({ kind, name, namespace }) =>
      kind === meant.kind &&
      name === meant.name &&
      (meant.namespace === '' || namespace === '' || namespace === meant.namespace),
  );
}

function listOfNames(names: readonly string[]): string {
  const shown = [...names]
    .sort()
    .slice(0, SHOWN)
    .map((name) => JSON.stringify(name));
  const rest = names.length - shown.length;
  const last = rest > 0 ? `${rest} more` : (shown.pop() ?? '');
  return shown.length > 0 ? `${shown.join(', ')} and ${last}` : last;
}
