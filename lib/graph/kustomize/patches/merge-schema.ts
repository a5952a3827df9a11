/** What is known of a field: how its list is merged, and the fields below it. */
export interface FieldSchema {
  /**
   * The fields by whose values the entries of a list are matched; none for a list that is a set of plain values.
   *
   * @default - the field is no list, or one that is replaced as a whole
   */
  readonly mergedBy?: readonly string[];
  /** The fields of the map, or of each entry of the list; those of which nothing is known are left out. */
  readonly fields?: Readonly<Record<string, FieldSchema>>;
}

const byName: FieldSchema = { mergedBy: ['name'] };

const container: FieldSchema = {
  mergedBy: ['name'],
  fields: {
    env: byName,
    ports: { mergedBy: ['containerPort', 'protocol'] },
    volumeMounts: { mergedBy: ['mountPath'] },
    volumeDevices: { mergedBy: ['devicePath'] },
  },
};

const podSpec: FieldSchema = {
  fields: {
    containers: container,
    initContainers: container,
    ephemeralContainers: container,
    volumes: byName,
    imagePullSecrets: byName,
    hostAliases: { mergedBy: ['ip'] },
    topologySpreadConstraints: { mergedBy: ['topologyKey', 'whenUnsatisfiable'] },
  },
};

const metadata: FieldSchema = {
  fields: { finalizers: { mergedBy: [] }, ownerReferences: { mergedBy: ['uid'] } },
};

const podTemplate: FieldSchema = { fields: { metadata, spec: podSpec } };
const job: FieldSchema = { fields: { template: podTemplate } };
const spec = (schema: FieldSchema) => ({ spec: schema });

const jobSpecs = spec({ fields: { template: podTemplate } });
const volumeClaim: FieldSchema = { fields: { metadata } };

/**
 * The merge keys below `metadata` and `status` in built-in kinds, as in Kubernetes' types
 * (`x-kubernetes-patch-merge-key`).
 */
const kinds: ReadonlyMap<string, Readonly<Record<string, FieldSchema>>> = new Map<
  string,
  Readonly<Record<string, FieldSchema>>
>([
  ['v1/Pod', spec(podSpec)],
  ['v1/PodTemplate', { template: podTemplate }],
  ['v1/ReplicationController', jobSpecs],
  ...['Deployment', 'ReplicaSet', 'DaemonSet'].map((kind) => [`apps/v1/${kind}`, jobSpecs] as const),
  ['apps/v1/StatefulSet', spec({ fields: { template: podTemplate, volumeClaimTemplates: volumeClaim } })],
  ['batch/v1/Job', jobSpecs],
  ...['batch/v1', 'batch/v1beta1'].map(
    (version) =>
      [`${version}/CronJob`, spec({ fields: { jobTemplate: { fields: { metadata, spec: job } } } })] as const,
  ),
  ['v1/Service', spec({ fields: { ports: { mergedBy: ['port', 'protocol'] } } })],
  ['v1/ServiceAccount', { secrets: byName }],
  ...['v1', 'v1beta1'].flatMap((version) => [
    [`admissionregistration.k8s.io/${version}/MutatingWebhookConfiguration`, { webhooks: byName }] as const,
    [`admissionregistration.k8s.io/${version}/ValidatingWebhookConfiguration`, { webhooks: byName }] as const,
    [`storage.k8s.io/${version}/CSINode`, spec({ fields: { drivers: byName } })] as const,
  ]),
]);

/** The API versions whose kinds kustomize knows: those of Kubernetes 1.21. */
const knownVersions = new Set([
  'v1',
  'apps/v1',
  ...['v1', 'v2beta1', 'v2beta2'].map((version) => `autoscaling/${version}`),
  ...[
    'admissionregistration.k8s.io',
    'apiextensions.k8s.io',
    'apiregistration.k8s.io',
    'batch',
    'certificates.k8s.io',
    'coordination.k8s.io',
    'discovery.k8s.io',
    'events.k8s.io',
    'networking.k8s.io',
    'node.k8s.io',
    'policy',
    'rbac.authorization.k8s.io',
    'scheduling.k8s.io',
    'storage.k8s.io',
  ].flatMap((group) => [`${group}/v1`, `${group}/v1beta1`]),
  'extensions/v1beta1',
  'flowcontrol.apiserver.k8s.io/v1beta1',
]);

/** The schema of a kind that kustomize knows; `undefined` for all others, whose lists are replaced as a whole. */
export function mergeSchema(apiVersion: string, kind: string): FieldSchema | undefined {
  if (!knownVersions.has(apiVersion)) return undefined;
  return { fields: { metadata, ...kinds.get(`${apiVersion}/${kind}`) } };
}
