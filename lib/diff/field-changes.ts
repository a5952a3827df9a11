import { isDeepStrictEqual } from 'node:util';
import { mapOf } from '../plain/plain-data';
import type { ManifestObject } from '../tree/manifest';
import type { FieldChange } from './change';

/** The outer fields in which two objects differ. */
export function fieldChanges(before: ManifestObject, after: ManifestObject): FieldChange[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((key) => !isDeepStrictEqual(before[key], after[key]))
    .flatMap((key) => {
      const [known, found] = [mapOf(before[key]), mapOf(after[key])];
      return [...new Set([...Object.keys(known), ...Object.keys(found)])]
        .filter((inner) => !isDeepStrictEqual(known[inner], found[inner]))
        .map((inner) => ({ path: `${key}.${inner}` }));
    });
}
