import { isNeverPruned } from '../outcome-annotations';
import { prunes } from '../../graph/prunes';
import { KUSTOMIZE_GROUP, OPERATOR_GROUP } from '../../kinds/groups';
import { mapOf, textOf } from '../../plain/plain-data';
import { changedFields, isOfKind } from '../changed-fields';
import type { ChangedObject, Claim, ObjectClassifier, SideObject } from '../classifier';

const MARKERS = [
  ...['annotations', 'labels'].map((section) => `metadata.${section}["${KUSTOMIZE_GROUP}/prune"]`),
  `metadata.annotations["${OPERATOR_GROUP}/prune"]`,
];

/** Objects stay in the cluster when they leave git. */
export const pruneOff: ObjectClassifier = (changed) => [...ofKustomization(changed), ...ofObject(changed)];

function ofKustomization(changed: ChangedObject): Claim[] {
  if (!isOfKind(changed, KUSTOMIZE_GROUP, 'Kustomization')) return [];
  const { before, after } = changed;
  const claims: Claim[] = [];
  if (prunes(before) && !prunes(after)) {
    claims.push({
      class: 'prune-off',
      fields: changedFields(changed, 'spec.prune'),
      message: 'Flux no longer deletes objects that are removed from git',
      hint: 'set prune: true, or from now on delete removed objects by hand',
    });
  }
  if (deletes(before) && !deletes(after) && prunes(after) === prunes(before)) {
    claims.push({
      class: 'prune-off',
      fields: changedFields(changed, 'spec.deletionPolicy'),
      message: 'the objects of the Kustomization stay in the cluster when the Kustomization is deleted',
      hint: 'remove deletionPolicy, unless you prepare a rename or a move',
    });
  }
  return claims;
}

function ofObject(changed: ChangedObject): Claim[] {
  const [known, found] = [changed.before, changed.after].map(isNeverPruned);
  if (known || !found) return [];
  return [
    {
      class: 'prune-off',
      fields: changedFields(changed, ...MARKERS),
      message: 'Flux no longer deletes the object when it is removed from git',
      hint: 'remove the annotation, unless you prepare a move to another Kustomization',
    },
  ];
}

/** Whether the objects are deleted together with the Kustomization. */
function deletes(side: SideObject): boolean {
  const policy = textOf(mapOf(side.object.spec).deletionPolicy) ?? 'MirrorPrune';
  return policy === 'MirrorPrune' ? prunes(side) : policy !== 'Orphan';
}
