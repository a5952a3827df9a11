import type { ObjectClassifier } from '../classifier';
import { listed } from '../changed-fields';
import { immutableChanges } from '../immutable-fields';
import { isForced } from '../outcome-annotations';

/** An immutable field changes, and Flux may not delete the object. */
export const refused: ObjectClassifier = (changed) => {
  const fields = immutableChanges(changed);
  if (fields.length === 0 || isForced(changed)) return [];
  const names = listed(fields.map(({ path }) => path));
  return [
    {
      class: 'refused',
      fields,
      message: `the API server refuses to change ${names}: the Kustomization fails, and applies none of its changes`,
      hint: 'undo the change, give the object another name, or set the annotation "kustomize.toolkit.fluxcd.io/force: enabled" so that Flux deletes and recreates it',
    },
  ];
};
