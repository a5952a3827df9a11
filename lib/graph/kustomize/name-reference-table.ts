import type { FieldSpec } from './field-path';

/** A kind, and the fields of other kinds that refer to its objects by name. */
export interface NameReference {
  readonly kind: string;
  readonly group?: string;
  readonly fields: readonly FieldSpec[];
}

/** Where the pod template of a kind stands. */
const podSpecs: readonly (readonly [kind: string, path: string])[] = [
  ['Pod', 'spec'],
  ['PodTemplate', 'template/spec'],
  ...['Deployment', 'ReplicaSet', 'DaemonSet', 'StatefulSet', 'Job', 'ReplicationController'].map(
    (kind): [string, string] => [kind, 'spec/template/spec'],
  ),
  ['CronJob', 'spec/jobTemplate/spec/template/spec'],
];

function inPods(...fields: readonly string[]): FieldSpec[] {
  return podSpecs.flatMap(([kind, path]) => fields.map((field) => ({ kind, path: `${path}/${field}` })));
}

function inContainers(field: string): string[] {
  return [`containers/${field}`, `initContainers/${field}`];
}

const rbac = 'rbac.authorization.k8s.io';
const webhooks = ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'];
const nginx = 'metadata/annotations/nginx.ingress.kubernetes.io\\/';

/** The references between built-in kinds that kustomize keeps when a name changes. */
export const builtinNameReferences: readonly NameReference[] = [
  ...['Deployment', 'ReplicationController', 'ReplicaSet', 'StatefulSet'].map((kind) => ({
    kind,
    fields: [{ kind: 'HorizontalPodAutoscaler', path: 'spec/scaleTargetRef/name' }],
  })),
  {
    kind: 'ConfigMap',
    fields: [
      ...inPods(
        'volumes/configMap/name',
        'volumes/projected/sources/configMap/name',
        ...inContainers('env/valueFrom/configMapKeyRef/name'),
        ...inContainers('envFrom/configMapRef/name'),
      ),
      { kind: 'Role', path: 'rules/resourceNames' },
      { kind: 'ClusterRole', path: 'rules/resourceNames' },
      { kind: 'Ingress', path: `${nginx}fastcgi-params-configmap` },
    ],
  },
  {
    kind: 'Secret',
    fields: [
      ...inPods(
        'volumes/secret/secretName',
        'volumes/projected/sources/secret/name',
        'imagePullSecrets/name',
        ...inContainers('env/valueFrom/secretKeyRef/name'),
        ...inContainers('envFrom/secretRef/name'),
      ),
      { kind: 'Ingress', path: 'spec/tls/secretName' },
      { kind: 'Ingress', path: `${nginx}auth-secret` },
      { kind: 'Ingress', path: `${nginx}auth-tls-secret` },
      { kind: 'ServiceAccount', path: 'imagePullSecrets/name' },
      { kind: 'StorageClass', path: 'parameters/secretName' },
      { kind: 'Role', path: 'rules/resourceNames' },
      { kind: 'ClusterRole', path: 'rules/resourceNames' },
      { kind: 'PersistentVolume', path: 'spec/azureFile/secretName' },
    ],
  },
  {
    kind: 'Service',
    fields: [
      { kind: 'StatefulSet', path: 'spec/serviceName' },
      { kind: 'Ingress', path: 'spec/rules/http/paths/backend/service/name' },
      { kind: 'Ingress', path: 'spec/defaultBackend/service/name' },
      { kind: 'Ingress', path: 'spec/rules/http/paths/backend/serviceName' },
      { kind: 'Ingress', path: 'spec/backend/serviceName' },
      { kind: 'APIService', path: 'spec/service/name' },
      { kind: 'HTTPRoute', path: 'spec/rules/backendRefs/name' },
      ...webhooks.map((kind) => ({ kind, path: 'webhooks/clientConfig/service' })),
    ],
  },
  { kind: 'Role', group: rbac, fields: [{ kind: 'RoleBinding', path: 'roleRef/name' }] },
  {
    kind: 'ClusterRole',
    group: rbac,
    fields: ['RoleBinding', 'ClusterRoleBinding'].map((kind) => ({ kind, path: 'roleRef/name' })),
  },
  {
    kind: 'ServiceAccount',
    fields: [
      ...['RoleBinding', 'ClusterRoleBinding'].map((kind) => ({ kind, path: 'subjects' })),
      ...inPods('serviceAccountName'),
    ],
  },
  { kind: 'PersistentVolumeClaim', fields: inPods('volumes/persistentVolumeClaim/claimName') },
  { kind: 'PersistentVolume', fields: [{ kind: 'PersistentVolumeClaim', path: 'spec/volumeName' }] },
  {
    kind: 'StorageClass',
    group: 'storage.k8s.io',
    fields: [
      { kind: 'PersistentVolume', path: 'spec/storageClassName' },
      { kind: 'PersistentVolumeClaim', path: 'spec/storageClassName' },
      { kind: 'StatefulSet', path: 'spec/volumeClaimTemplates/spec/storageClassName' },
    ],
  },
  { kind: 'PriorityClass', group: 'scheduling.k8s.io', fields: inPods('priorityClassName') },
  {
    kind: 'IngressClass',
    group: 'networking.k8s.io',
    fields: [{ kind: 'Ingress', path: 'spec/ingressClassName' }],
  },
];
