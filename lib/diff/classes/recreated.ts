import type { ObjectClassifier } from '../classifier';
import { listed } from '../changed-fields';
import { immutableChanges } from '../immutable-fields';
import { isForced } from '../outcome-annotations';

/** An immutable field changes, and Flux is told to delete what it cannot change. */
export const recreated: ObjectClassifier = (changed, context) => {
  const fields = immutableChanges(changed, context);
  if (fields.length === 0 || !isForced(changed)) return [];
  const names = listed(fields.map(({ path }) => path));
  return [
    {
      class: 'recreated',
      fields,
      message: `Flux deletes the object and creates it again, because ${names} cannot change and force is set`,
      hint: LOSSES.get(changed.identity.kind),
    },
  ];
};

/** What is deleted together with an object. */
const LOSSES: ReadonlyMap<string, string> = new Map([
  ['CustomResourceDefinition', 'back up all objects of this kind first: they are deleted with the CRD'],
  [
    'PersistentVolumeClaim',
    'set the reclaim policy of the volume to Retain first: otherwise, the volume may be deleted with the claim',
  ],
  ['PersistentVolume', 'set the reclaim policy to Retain first, so that the data is kept'],
  ['Deployment', 'plan for the downtime: all pods stop before new ones start'],
  ['StatefulSet', 'plan for the downtime: all pods stop before new ones start'],
  ['DaemonSet', 'plan for the downtime: all pods stop before new ones start'],
  ['Service', 'check everything that uses the address of the Service: it changes'],
]);
