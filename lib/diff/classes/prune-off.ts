import { KUSTOMIZE_GROUP } from '../../kinds/groups';
import { mapOf, textOf } from '../../plain/plain-data';
import { changedFields, isOfKind } from '../changed-fields';
import type { ChangedObject, Claim, ObjectClassifier, SideObject } from '../classifier';
import { hasMarker } from '../outcome-annotations';

const MARKERS = ['annotations', 'labels'].map(
  (section) => `metadata.${section}["kustomize.toolkit.fluxcd.io/prune"]`,
);

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
      message: 'Flux no longer deletes objects that leave git',
      hint: 'delete by hand what is removed from now on, or set prune: true',
    });
  }
  if (deletes(before) && !deletes(after) && prunes(after) === prunes(before)) {
    claims.push({
      class: 'prune-off',
      fields: changedFields(changed, 'spec.deletionPolicy'),
      message: 'what the Kustomization applied stays in the cluster when the Kustomization is deleted',
      hint: 'drop deletionPolicy, unless a rename or a move follows',
    });
  }
  return claims;
}

function ofObject(changed: ChangedObject): Claim[] {
  const [known, found] = [changed.before, changed.after].map((side) => hasMarker(side, 'prune', 'disabled'));
  if (known || !found) return [];
  return [
    {
      class: 'prune-off',
      fields: changedFields(changed, ...MARKERS),
      message: 'Flux no longer deletes the object when it leaves git',
      hint: 'remove the annotation, unless a move to another Kustomization follows',
    },
  ];
}

function prunes({ object }: SideObject): boolean {
  return mapOf(object.spec).prune === true;
}

/** Whether the objects are deleted together with the Kustomization. */
function deletes(side: SideObject): boolean {
  const policy = textOf(mapOf(side.object.spec).deletionPolicy) ?? 'MirrorPrune';
  return policy === 'MirrorPrune' ? prunes(side) : policy !== 'Orphan';
}
