import { HELM_GROUP, KUSTOMIZE_GROUP } from '../../../kinds/groups';
import { isMap, valueAt, type PlainMap } from '../../../plain/plain-data';
import type { ManifestObject } from '../../../tree/manifest';
import type { BuildLog } from '../build-log';
import type { Merge } from './merge';
import { idOfObject } from '../resource';

interface ImportantField {
  readonly path: readonly string[];
  /** Fields that may take its place: a patch that sets one of them most likely means to remove the field. */
  readonly instead: readonly string[];
}

/** Fields that hardly any patch is meant to remove as a whole, by group and kind. */
const FIELDS: Readonly<Record<string, readonly ImportantField[]>> = {
  [`${HELM_GROUP}/HelmRelease`]: [
    { path: ['spec', 'values'], instead: ['spec.valuesFrom', 'spec.chart.spec.chart', 'spec.chartRef'] },
  ],
  [`${KUSTOMIZE_GROUP}/Kustomization`]: [
    { path: ['spec', 'postBuild'], instead: [] },
    { path: ['spec', 'postBuild', 'substitute'], instead: ['spec.postBuild.substituteFrom'] },
  ],
  '/ConfigMap': [{ path: ['data'], instead: ['binaryData'] }],
  '/Secret': [
    { path: ['data'], instead: ['stringData'] },
    { path: ['stringData'], instead: ['data'] },
  ],
};

/**
 * Those of these fields that a patch has without a value (`values:`), and nothing in their place.
 *
 * @param written - the object of the patch, with `undefined` in fields without a value
 */
export function blankFields(written: unknown): readonly (readonly string[])[] {
  if (!isMap(written) || typeof written.kind !== 'string') return [];
  const { group, kind } = idOfObject(written as unknown as ManifestObject);
  return (FIELDS[`${group}/${kind}`] ?? []).flatMap(({ path, instead }) => {
    const parent = valueAt(written, ...path.slice(0, -1));
    const field = path.at(-1) ?? '';
    const isBlank = isMap(parent) && Object.hasOwn(parent, field) && parent[field] === undefined;
    const isReplaced = instead.some((other) => (valueAt(written, ...other.split('.')) ?? null) !== null);
    return isBlank && !isReplaced ? [path] : [];
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
