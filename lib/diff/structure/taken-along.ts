import type { ObjectIdentity } from '../../findings/finding';
import { plural } from '../../findings/summary';

/** What goes with an object of a kind that takes something with it which files may not show. */
export const TAKES: ReadonlyMap<string, string> = new Map([
  ['Namespace', 'everything in it'],
  ['CustomResourceDefinition', 'every object of its kind'],
  ['PersistentVolumeClaim', 'its data, unless the reclaim policy of the volume is Retain'],
  ['PersistentVolume', 'its data, unless its reclaim policy is Retain'],
  ['HelmRelease', 'everything that its chart installed'],
  ['ResourceSet', 'everything that it creates'],
]);

/** What to do before an object of a kind is deleted that cannot be had back. */
export const PRECAUTIONS: ReadonlyMap<string, string> = new Map([
  ['Namespace', 'move what must stay to another namespace first'],
  ['CustomResourceDefinition', 'back up the objects of this kind first'],
  ['PersistentVolumeClaim', 'set the reclaim policy of the volume to Retain first, or back up its data'],
  ['PersistentVolume', 'set its reclaim policy to Retain first, or back up its data'],
]);

/** Counts those of some objects that take something with them: `1 HelmRelease, 2 PersistentVolumeClaims`; empty without any. */
export function countedTakers(objects: readonly ObjectIdentity[]): string {
  return [...TAKES.keys()]
    .map((kind) => [kind, objects.filter((object) => object.kind === kind).length] as const)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => plural(count, kind))
    .join(', ');
}
