import type { FieldSpec } from './field-spec';

const apps = 'apps';
const batch = 'batch';

const everywhere: FieldSpec = { path: 'metadata/labels', create: true };

/** Where pod templates carry labels. */
export const templateLabelFields: readonly FieldSpec[] = [
  everywhere,
  { path: 'spec/template/metadata/labels', version: 'v1', kind: 'ReplicationController', create: true },
  ...['Deployment', 'ReplicaSet', 'DaemonSet'].map((kind) => ({
    path: 'spec/template/metadata/labels',
    kind,
    create: true,
  })),
  ...['spec/template', 'spec/volumeClaimTemplates[]'].map((at) => ({
    path: `${at}/metadata/labels`,
    group: apps,
    kind: 'StatefulSet',
    create: true,
  })),
  { path: 'spec/template/metadata/labels', group: batch, kind: 'Job', create: true },
  ...['spec/jobTemplate', 'spec/jobTemplate/spec/template'].map((at) => ({
    path: `${at}/metadata/labels`,
    group: batch,
    kind: 'CronJob',
    create: true,
  })),
];

const affinity = 'spec/template/spec/affinity';
const required = 'requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels';
const preferred = 'preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels';

/** Where the labels of `commonLabels` go: all of the above, and selectors that must follow what they select. */
export const commonLabelFields: readonly FieldSpec[] = [
  { path: 'spec/selector', version: 'v1', kind: 'Service', create: true },
  { path: 'spec/selector', version: 'v1', kind: 'ReplicationController', create: true },
  ...['Deployment', 'ReplicaSet', 'DaemonSet'].map((kind) => ({
    path: 'spec/selector/matchLabels',
    kind,
    create: true,
  })),
  { path: 'spec/selector/matchLabels', group: apps, kind: 'StatefulSet', create: true },
  ...['Deployment', 'StatefulSet'].flatMap((kind) =>
    [
      ...['podAffinity', 'podAntiAffinity'].flatMap((part) =>
        [preferred, required].map((term) => `${affinity}/${part}/${term}`),
      ),
      'spec/template/spec/topologySpreadConstraints/labelSelector/matchLabels',
    ].map((path) => ({ path, group: apps, kind })),
  ),
  { path: 'spec/selector/matchLabels', group: batch, kind: 'Job' },
  { path: 'spec/jobTemplate/spec/selector/matchLabels', group: batch, kind: 'CronJob' },
  { path: 'spec/selector/matchLabels', group: 'policy', kind: 'PodDisruptionBudget' },
  ...['spec/podSelector', 'spec/ingress/from/podSelector', 'spec/egress/to/podSelector'].map((at) => ({
    path: `${at}/matchLabels`,
    group: 'networking.k8s.io',
    kind: 'NetworkPolicy',
  })),
  ...templateLabelFields,
];

/** Where the annotations of `commonAnnotations` go. */
export const commonAnnotationFields: readonly FieldSpec[] = [
  { path: 'metadata/annotations', create: true },
  { path: 'spec/template/metadata/annotations', version: 'v1', kind: 'ReplicationController', create: true },
  ...['Deployment', 'ReplicaSet', 'DaemonSet', 'StatefulSet'].map((kind) => ({
    path: 'spec/template/metadata/annotations',
    kind,
    create: true,
  })),
  { path: 'spec/template/metadata/annotations', group: batch, kind: 'Job', create: true },
  ...['spec/jobTemplate', 'spec/jobTemplate/spec/template'].map((at) => ({
    path: `${at}/metadata/annotations`,
    group: batch,
    kind: 'CronJob',
    create: true,
  })),
];

/** Fields that name a namespace, beside that of the object itself. */
export const namespaceFields: readonly FieldSpec[] = [
  { path: 'metadata/name', kind: 'Namespace', create: true },
  { path: 'spec/service/namespace', kind: 'APIService', group: 'apiregistration.k8s.io', create: true },
  {
    path: 'spec/conversion/webhook/clientConfig/service/namespace',
    kind: 'CustomResourceDefinition',
    group: 'apiextensions.k8s.io',
  },
];

/** Where names get prefixes and suffixes. */
export const nameFields: readonly FieldSpec[] = [{ path: 'metadata/name' }];

/** Where images stand, beside the containers that kustomize finds anywhere in an object. */
export const imageFields: readonly FieldSpec[] = ['spec', 'spec/template/spec'].flatMap((at) =>
  ['containers[]/image', 'initContainers[]/image', 'volumes[]/image/reference'].map((path) => ({
    path: `${at}/${path}`,
    create: true,
  })),
);

/** Where the number of replicas stands. */
export const replicaFields: readonly FieldSpec[] = [
  'Deployment',
  'ReplicationController',
  'ReplicaSet',
  'StatefulSet',
].map((kind) => ({ path: 'spec/replicas', create: true, kind }));

const podTemplates: readonly (readonly [kind: string, template: string])[] = [
  ['Pod', ''],
  ...['DaemonSet', 'Deployment', 'Job', 'ReplicaSet', 'StatefulSet'].map(
    (kind) => [kind, 'spec/template/'] as const,
  ),
  ['CronJob', 'spec/jobTemplate/spec/template/'],
];

/** Where kustomize looks for variables of `vars`, gaps included. */
export const varReferenceFields: readonly FieldSpec[] = [
  ...podTemplates.flatMap(([kind, template]) => [
    ...['containers', 'initContainers'].flatMap((list) =>
      ['args', 'command', 'env/value', 'volumeMounts/mountPath'].map((field) => ({
        kind,
        path: `${template}spec/${list}/${field}`,
      })),
    ),
    ...(kind === 'CronJob' || kind === 'StatefulSet'
      ? []
      : [{ kind, path: `${template}spec/volumes/nfs/server` }]),
  ]),
  { kind: 'CronJob', path: 'spec/jobTemplate/spec/template/volumes/nfs/server' },
  { kind: 'StatefulSet', path: 'spec/volumeClaimTemplates/spec/nfs/server' },
  { kind: 'Deployment', path: 'spec/template/metadata/annotations' },
  ...['spec/rules/host', 'spec/tls/hosts', 'spec/tls/secretName'].map((path) => ({ kind: 'Ingress', path })),
  ...['spec/ports/port', 'spec/ports/targetPort'].map((path) => ({ kind: 'Service', path })),
  { kind: 'PersistentVolume', path: 'spec/nfs/server' },
  { path: 'metadata/labels' },
  { path: 'metadata/annotations' },
];
