import { isFluxGroup, KUSTOMIZE_GROUP, OPERATOR_GROUP } from '../../kinds/groups';
import { mapOf } from '../../plain/plain-data';
import { apiGroup } from '../../tree/manifest';
import { changedFields } from '../changed-fields';
import type { ChangedObject, ObjectClassifier, SideObject } from '../classifier';
import { isIgnored } from '../outcome-annotations';

/** Kinds of Kubernetes that can be suspended too, and what then stops. */
const RUNS = new Set(['batch/CronJob', 'batch/Job']);
const MARKERS = [
  ...['annotations', 'labels'].flatMap((section) =>
    ['reconcile', 'ssa'].map((name) => `metadata.${section}["${KUSTOMIZE_GROUP}/${name}"]`),
  ),
  `metadata.annotations["${OPERATOR_GROUP}/reconcile"]`,
];

/** Flux stops to reconcile an object, or a CronJob to run. */
export const suspended: ObjectClassifier = (changed) => {
  const what = switched(changed, changed.before, changed.after);
  if (what === undefined) return [];
  return [
    {
      class: 'suspended',
      fields: changedFields(changed, ...FIELDS),
      message:
        what === 'runs'
          ? 'no new runs start until it is resumed'
          : what === 'object'
            ? 'Flux neither changes nor deletes the object from now on'
            : 'Flux stops reconciling it: changes in git have no effect until it is resumed',
      hint:
        what === 'flux' && changed.identity.kind === 'Kustomization'
          ? 'resume it soon: objects that depend on it are not ready from the next revision on'
          : undefined,
    },
  ];
};

/** Flux reconciles an object again. */
export const resumed: ObjectClassifier = (changed) => {
  const what = switched(changed, changed.after, changed.before);
  if (what === undefined) return [];
  return [
    {
      class: 'resumed',
      fields: changedFields(changed, ...FIELDS),
      message:
        what === 'runs'
          ? 'new runs start again'
          : 'Flux reconciles it again, and applies everything that changed in git in the meantime at once',
      hint: what === 'flux' ? 'first compare with the cluster: flux diff kustomization' : undefined,
    },
  ];
};

const FIELDS = ['spec.suspend', 'metadata.annotations', 'metadata.labels', ...MARKERS];

/** What is suspended on only one side. */
function switched(
  { after }: ChangedObject,
  on: SideObject,
  off: SideObject,
): 'flux' | 'runs' | 'object' | undefined {
  const group = apiGroup(after.object.apiVersion);
  const isFlux = isFluxGroup(group) || group === OPERATOR_GROUP;
  const canStop = isFlux || RUNS.has(`${group}/${after.object.kind}`);
  if (canStop && isSuspended(off) && !isSuspended(on)) return isFlux ? 'flux' : 'runs';
  return isIgnored(off) && !isIgnored(on) ? 'object' : undefined;
}

function isSuspended({ object }: SideObject): boolean {
  if (apiGroup(object.apiVersion) === OPERATOR_GROUP)
    return mapOf(object.metadata?.annotations)[`${OPERATOR_GROUP}/reconcile`] === 'disabled';
  return mapOf(object.spec).suspend === true;
}
