import type { FieldSpec } from './field-spec';

/** A kind, and the fields of other kinds that refer to its objects by name. */
export interface NameReference {
  readonly kind: string;
  readonly group?: string;
  readonly version?: string;
  readonly fields: readonly FieldSpec[];
}

/** The position of a kind's pod template. */
const podSpecs = {
  Pod: 'spec',
  PodTemplate: 'template/spec',
  Deployment: 'spec/template/spec',
  ReplicaSet: 'spec/template/spec',
  ReplicationController: 'spec/template/spec',
  DaemonSet: 'spec/template/spec',
  StatefulSet: 'spec/template/spec',
  Job: 'spec/template/spec',
  CronJob: 'spec/jobTemplate/spec/template/spec',
} as const;

type PodKind = keyof typeof podSpecs;

/** Kinds whose references to ConfigMaps and Secrets kustomize follows. */
const dataReaders: readonly PodKind[] = [
  'Pod',
  'PodTemplate',
  'Deployment',
  'ReplicaSet',
  'DaemonSet',
  'StatefulSet',
  'Job',
  'CronJob',
];

/**
 * Kinds whose references to accounts, claims and priorities kustomize follows. The list differs for no known reason.
 */
const podOwners: readonly PodKind[] = [
  'Pod',
  'StatefulSet',
  'Deployment',
  'ReplicationController',
  'CronJob',
  'Job',
  'DaemonSet',
];

function inPods(kinds: readonly PodKind[], ...fields: readonly string[]): FieldSpec[] {
  return kinds.flatMap((kind) => fields.map((field) => ({ kind, path: `${podSpecs[kind]}/${field}` })));
}

function inContainers(field: string): string[] {
  return [`containers/${field}`, `initContainers/${field}`];
}

const rbac = 'rbac.authorization.k8s.io';
const admission = 'admissionregistration.k8s.io';
const annotations = 'metadata/annotations/';
const roles: readonly FieldSpec[] = ['Role', 'ClusterRole'].map((kind) => ({
  kind,
  path: 'rules/resourceNames',
}));

/**
 * The references between built-in kinds that kustomize keeps when a name changes: exactly those of its own
 * configuration (`namereference.go`), gaps included.
 */
export const builtinNameReferences: readonly NameReference[] = [
  ...['Deployment', 'ReplicationController', 'ReplicaSet', 'StatefulSet'].map((kind) => ({
    kind,
    fields: [{ kind: 'HorizontalPodAutoscaler', path: 'spec/scaleTargetRef/name' }],
  })),
  {
    kind: 'ConfigMap',
    version: 'v1',
    fields: [
      ...inPods(
        dataReaders,
        'volumes/configMap/name',
        'volumes/projected/sources/configMap/name',
        ...inContainers('env/valueFrom/configMapKeyRef/name'),
        ...inContainers('envFrom/configMapRef/name'),
      ),
      { kind: 'Node', path: 'spec/configSource/configMap' },
      ...roles,
      { kind: 'Ingress', path: `${annotations}nginx.ingress.kubernetes.io\\/fastcgi-params-configmap` },
    ],
  },
  {
    kind: 'Secret',
    version: 'v1',
    fields: [
      ...inPods(
        dataReaders,
        'volumes/secret/secretName',
        'volumes/projected/sources/secret/name',
        'imagePullSecrets/name',
        ...inContainers('env/valueFrom/secretKeyRef/name'),
        ...inContainers('envFrom/secretRef/name'),
      ),
      { kind: 'Ingress', path: 'spec/tls/secretName' },
      { kind: 'Ingress', path: `${annotations}ingress.kubernetes.io\\/auth-secret` },
      { kind: 'Ingress', path: `${annotations}nginx.ingress.kubernetes.io\\/auth-secret` },
      { kind: 'Ingress', path: `${annotations}nginx.ingress.kubernetes.io\\/auth-tls-secret` },
      { kind: 'ServiceAccount', path: 'imagePullSecrets/name' },
      ...['secretName', 'adminSecretName', 'userSecretName', 'secretRef'].map((field) => ({
        kind: 'StorageClass',
        path: `parameters/${field}`,
      })),
      ...roles,
      {
        kind: 'Service',
        group: 'serving.knative.dev',
        version: 'v1',
        path: 'spec/template/spec/containers/env/valueFrom/secretKeyRef/name',
      },
      { kind: 'PersistentVolume', path: 'spec/azureFile/secretName' },
    ],
  },
  {
    kind: 'Service',
    version: 'v1',
    fields: [
      { kind: 'StatefulSet', group: 'apps', path: 'spec/serviceName' },
      ...[
        'spec/rules/http/paths/backend/serviceName',
        'spec/backend/serviceName',
        'spec/rules/http/paths/backend/service/name',
        'spec/defaultBackend/service/name',
      ].map((path) => ({ kind: 'Ingress', path })),
      { kind: 'APIService', group: 'apiregistration.k8s.io', path: 'spec/service/name' },
      ...['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'].map((kind) => ({
        kind,
        group: admission,
        path: 'webhooks/clientConfig/service',
      })),
    ],
  },
  { kind: 'Role', group: rbac, fields: [{ kind: 'RoleBinding', group: rbac, path: 'roleRef/name' }] },
  {
    kind: 'ClusterRole',
    group: rbac,
    fields: ['RoleBinding', 'ClusterRoleBinding'].map((kind) => ({
      kind,
      group: rbac,
      path: 'roleRef/name',
    })),
  },
  {
    kind: 'ServiceAccount',
    version: 'v1',
    fields: [
      ...['RoleBinding', 'ClusterRoleBinding'].map((kind) => ({ kind, group: rbac, path: 'subjects' })),
      ...inPods(podOwners, 'serviceAccountName'),
    ],
  },
  {
    kind: 'PersistentVolumeClaim',
    version: 'v1',
    fields: inPods(podOwners, 'volumes/persistentVolumeClaim/claimName'),
  },
  {
    kind: 'PersistentVolume',
    version: 'v1',
    fields: [
      { kind: 'PersistentVolumeClaim', path: 'spec/volumeName' },
      { kind: 'ClusterRole', path: 'rules/resourceNames' },
    ],
  },
  {
    kind: 'StorageClass',
    group: 'storage.k8s.io',
    version: 'v1',
    fields: [
      { kind: 'PersistentVolume', path: 'spec/storageClassName' },
      { kind: 'PersistentVolumeClaim', path: 'spec/storageClassName' },
      { kind: 'StatefulSet', path: 'spec/volumeClaimTemplates/spec/storageClassName' },
    ],
  },
  {
    kind: 'PriorityClass',
    group: 'scheduling.k8s.io',
    version: 'v1',
    fields: inPods(podOwners, 'priorityClassName'),
  },
  {
    kind: 'ValidatingAdmissionPolicy',
    group: admission,
    fields: [{ kind: 'ValidatingAdmissionPolicyBinding', group: admission, path: 'spec/policyName' }],
  },
];
