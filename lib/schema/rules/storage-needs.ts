import { isMap, valueAt } from '../../plain/plain-data';
import { isLeftToCluster } from './left-to-cluster';
import type { ObjectRule } from './object-rule';

/** What the API server asks of storage, and its schema leaves open, by group and kind. */
const NEEDS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  '/PersistentVolume': [
    ['spec', 'accessModes'],
    ['spec', 'capacity', 'storage'],
  ],
  '/PersistentVolumeClaim': [
    ['spec', 'accessModes'],
    ['spec', 'resources', 'requests', 'storage'],
  ],
};

/** Fields of a volume or claim without which the API server refuses it. */
export function storageNeeds(group: string, kind: string): ObjectRule | undefined {
  const needs = NEEDS[`${group}/${kind}`];
  if (!needs) return undefined;
  return (object, report) => {
    if (!isMap(object.spec) || isLeftToCluster(object.metadata)) return;
    for (const path of needs) {
      if (!isUnset(object, path)) continue;
      const field = path.slice(1).join('.');
      report.add(
        {
          code: 'schema-required',
          message: `the API server refuses a ${kind} without ${field}`,
          hint: `set spec.${field}`,
        },
        ...path,
      );
    }
  };
}

/** Whether a value, or a map around it, is not set; what has another type is refused for that. */
function isUnset(object: unknown, path: readonly string[]): boolean {
  const parents = path.slice(0, -1).map((_, index) => valueAt(object, ...path.slice(0, index + 1)));
  if (parents.some((parent) => parent !== undefined && parent !== null && !isMap(parent))) return false;
  const value = valueAt(object, ...path);
  return value === undefined || value === null || (Array.isArray(value) && value.length === 0);
}
