const TEMPLATE = ['spec', 'template', 'spec'];

/** The field with the `spec` of the Pods that an object makes, by group and kind. */
const PATHS: Readonly<Record<string, readonly string[]>> = {
  '/Pod': ['spec'],
  '/ReplicationController': TEMPLATE,
  'apps/DaemonSet': TEMPLATE,
  'apps/Deployment': TEMPLATE,
  'apps/ReplicaSet': TEMPLATE,
  'apps/StatefulSet': TEMPLATE,
  'batch/CronJob': ['spec', 'jobTemplate', ...TEMPLATE],
  'batch/Job': TEMPLATE,
};

/** Where a Pod or a workload of Kubernetes has the `spec` of its Pods; `undefined` for other kinds. */
export function podSpecPath(group: string, kind: string): readonly string[] | undefined {
  return PATHS[`${group}/${kind}`];
}
