import type { ManifestObject } from '../../../tree/manifest';
import { asText } from '../../../plain/as-text';
import { isMap, textOf, type PlainMap } from '../../../plain/plain-data';
import { changeAt } from '../fields/field-spec';
import { withNamespace } from '../names/name-affixes';
import { withObject, type Resource } from '../resource';
import { resourceFilter } from '../fields/selector';

/** Sets a field of the objects of a target to a value, or puts the value into the file path that stands there. */
export function addValue(
  resources: readonly Resource[],
  value: string,
  { selector, fieldPath, filePathPosition }: PlainMap,
): readonly Resource[] {
  const path = asText(fieldPath);
  const selects = isMap(selector) ? resourceFilter(selector) : () => true;
  const keys = path.split(/(?<!\\)\//).map((key) => key.replaceAll('\\/', '/'));
  const position = Number(asText(filePathPosition ?? 0));
  return resources.map((resource) => {
    if (!selects(resource)) return resource;
    if (path === 'metadata/namespace')
      return withObject(resource, withNamespace(resource.object, value, { fields: [] }));
    const object = changeAt(resource.object, keys, true, (found) =>
      position > 0 ? withPart(textOf(found) ?? '', position - 1, value) : value,
    );
    return withObject(resource, object as ManifestObject);
  });
}

/** A file path with one more part; an absolute path stays absolute. */
function withPart(path: string, position: number, part: string): string {
  const start = path.startsWith('/') ? '/' : '';
  const parts = path.split('/').filter((name) => name !== '');
  parts.splice(Math.min(position, parts.length), 0, part);
  return start + parts.join('/');
}
