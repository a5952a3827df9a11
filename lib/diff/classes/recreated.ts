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
      message: `Flux deletes the object and creates it again, as ${names} cannot change and force is set`,
      hint: LOSSES[changed.identity.kind],
    },
  ];
};

/** What goes with an object that is deleted. */
const LOSSES: Readonly<Record<string, string>> = {
  CustomResourceDefinition: 'all objects of this kind are deleted with it: back them up first',
  PersistentVolumeClaim: 'the volume may be deleted with the claim: set its reclaim policy to Retain first',
  PersistentVolume: 'check that the data is kept: the reclaim policy decides',
  Deployment: 'all pods stop before new ones start: plan for the downtime',
  StatefulSet: 'all pods stop before new ones start: plan for the downtime',
  DaemonSet: 'all pods stop before new ones start: plan for the downtime',
  Service: 'the Service gets a new address, and is away for a moment',
};
