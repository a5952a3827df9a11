import { mapOf, textOf, valueAt } from '../../plain/plain-data';
import type { ManifestObject } from '../../tree/manifest';
import { apiGroup } from '../../tree/manifest';
import { changedWithin } from '../changed-fields';
import type { ChangedObject, ObjectClassifier } from '../classifier';

/** What happens to the pods of a kind, and where its pod template is; `undefined` if they keep running. */
interface Workload {
  readonly template: string;
  readonly effect: (object: ManifestObject) => string | undefined;
}

const WORKLOADS: Readonly<Record<string, Workload>> = {
  'apps/Deployment': {
    template: 'spec.template',
    effect: ({ spec }) => {
      const { paused, replicas } = mapOf(spec);
      if (paused === true) return 'the pods are replaced once the Deployment is no longer paused';
      return replicas === 0 ? undefined : 'all pods are replaced';
    },
  },
  'apps/StatefulSet': {
    template: 'spec.template',
    effect: ({ spec }) => {
      const partition = valueAt(spec, 'updateStrategy', 'rollingUpdate', 'partition');
      if (isOnDelete(spec) || mapOf(spec).replicas === 0) return undefined;
      return typeof partition === 'number' && partition > 0
        ? `the pods with number ${partition} and higher are replaced one by one`
        : 'all pods are replaced one by one';
    },
  },
  'apps/DaemonSet': {
    template: 'spec.template',
    effect: ({ spec }) => (isOnDelete(spec) ? undefined : 'the pods on all nodes are replaced'),
  },
  'batch/CronJob': {
    template: 'spec.jobTemplate.spec.template',
    effect: () => 'the next run uses the new pod template; current runs continue',
  },
};

/** The pods of a workload are replaced, because their template changes. */
export const restarted: ObjectClassifier = (changed) => {
  // The pods of a new object start, and those of the old one stop.
  if (changed.replaces) return [];
  const { apiVersion, kind } = changed.after.object;
  const workload = WORKLOADS[`${apiGroup(apiVersion)}/${kind}`];
  const fields = workload ? changedWithin(changed, workload.template) : [];
  const effect = workload?.effect(changed.after.object);
  if (fields.length === 0 || effect === undefined) return [];
  return [
    {
      class: 'restarted',
      fields,
      message: `${effect}, because the pod template changes`,
      hint: hintFor(changed),
    },
  ];
};

function isOnDelete(spec: unknown): boolean {
  return textOf(valueAt(spec, 'updateStrategy', 'type')) === 'OnDelete';
}

/** All pods of a Deployment stop before new ones start, if the Deployment says so. */
function hintFor({ after: { object } }: ChangedObject): string | undefined {
  const isRecreate = textOf(valueAt(object.spec, 'strategy', 'type')) === 'Recreate';
  return isRecreate
    ? 'plan for the downtime: with the strategy Recreate, all pods stop before new ones start'
    : undefined;
}
