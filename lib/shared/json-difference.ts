import { pointerOf } from '../plain/json-pointer';
import { sameData } from '../plain/same-data';
import type { JsonPatchOperation } from '../graph/kustomize/patches/json-patch';
import { isMap } from '../plain/plain-data';

/** The operations of a JSON patch (RFC 6902) from one value to another. */
export function jsonDifference(from: unknown, to: unknown, path = ''): readonly JsonPatchOperation[] {
  if (sameData(from, to)) return [];
  if (isMap(from) && isMap(to)) {
    return [...new Set([...Object.keys(to), ...Object.keys(from)])].flatMap((key) => {
      const here = `${path}${pointerOf([key])}`;
      if (!Object.hasOwn(to, key)) return [{ op: 'remove', path: here }];
      if (!Object.hasOwn(from, key)) return [{ op: 'add', path: here, value: to[key] }];
      return jsonDifference(from[key], to[key], here);
    });
  }
  if (Array.isArray(from) && Array.isArray(to) && from.length === to.length)
    return to.flatMap((entry, index) => jsonDifference(from[index], entry, `${path}/${index}`));
  return [{ op: 'replace', path, value: to }];
}
