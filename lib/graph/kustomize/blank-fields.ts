import { HELM_GROUP, KUSTOMIZE_GROUP } from '../../kinds/groups';
import { isMap, valueAt, type PlainMap } from '../../plain/plain-data';
import type { ManifestObject } from '../../tree/manifest';
import type { BuildLog } from './build-log';
import type { Merge } from './read-patch';
import { idOfObject } from './resource';

/** Fields that hardly any patch is meant to remove as a whole, by group and kind. */
const FIELDS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  [`${HELM_GROUP}/HelmRelease`]: [['spec', 'values']],
  [`${KUSTOMIZE_GROUP}/Kustomization`]: [
    ['spec', 'postBuild'],
    ['spec', 'postBuild', 'substitute'],
  ],
  '/ConfigMap': [['data']],
  '/Secret': [['data'], ['stringData']],
};

/**
 * Those of these fields that a patch has without a value (`values:`).
 *
 * @param written - the object of the patch, with `undefined` in fields without a value
 */
export function blankFields(written: unknown): readonly (readonly string[])[] {
  if (!isMap(written) || typeof written.kind !== 'string') return [];
  const { group, kind } = idOfObject(written as unknown as ManifestObject);
  return (FIELDS[`${group}/${kind}`] ?? []).filter((path) => {
    const parent = valueAt(written, ...path.slice(0, -1));
    const field = path.at(-1) ?? '';
    return isMap(parent) && Object.hasOwn(parent, field) && parent[field] === undefined;
  });
}

/** Notes what a patch removes because it has the field without a value, and no directive: kustomize takes that for `null`. */
export function noteBlankFields(before: PlainMap, { object, blanks, location }: Merge, log: BuildLog): void {
  for (const path of blanks) {
    if (path.some((_, depth) => valueAt(object, ...path.slice(0, depth), '$patch') !== undefined)) continue;
    const removed = valueAt(before, ...path);
    if (!isMap(removed) || Object.keys(removed).length === 0) continue;
    const { kind, name } = idOfObject(before as unknown as ManifestObject);
    const [field, last] = [path.join('.'), path.at(-1)];
    const place = location.field === undefined ? { ...location, field } : location;
    log.warning(
      'patch-removes-field',
      `${field} has no value in the patch, so kustomize removes the field, with all that it has, from ${kind} ${JSON.stringify(name)}`,
      place,
      { hint: `remove "${last}:" from the patch; if it is meant, write "${last}: null"` },
    );
  }
}
