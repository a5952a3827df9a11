import type { ClusterFacts } from '../check/facts/cluster-facts';
import { listOf, mapOf, textOf, valueAt } from '../plain/plain-data';
import { apiGroup, type ManifestObject } from '../tree/manifest';
import type { FieldChange } from './change';
import { changedFields, changedWithin } from './changed-fields';
import type { ChangedObject, ClassifyContext } from './classifier';
import { customImmutableFields } from './custom-immutable-fields';
import { isEncrypted } from './compare/secret-entries';
import { quantity } from './compare/same-meaning';
import { defaultClassOf, storageClassesOf } from './storage-classes';

/** A field that the API server refuses to change once an object exists. */
interface ImmutableField {
  readonly field: string;
  /**
   * Fields inside it that may change.
   *
   * @default - none
   */
  readonly except?: readonly string[];
  /**
   * Which changes are refused.
   *
   * @default - all
   */
  readonly refuses?: (
    change: FieldChange,
    before: ManifestObject,
    after: ManifestObject,
    cluster: ClusterFacts | undefined,
  ) => boolean;
  /**
   * The API server's default if the field is missing, by the end of the path.
   *
   * @default - nothing
   */
  readonly defaults?: Readonly<Record<string, unknown>>;
}

const isSet = ({ before }: FieldChange) => before !== undefined;
const areSet = ({ before, after }: FieldChange) => before !== undefined && after !== undefined;
/** A new ciphertext is not necessarily a new value. */
const isImmutable = ({ path }: FieldChange, before: ManifestObject, after: ManifestObject) =>
  before.immutable === true && (path === 'immutable' || !isEncrypted(after));
const selector: readonly ImmutableField[] = [{ field: 'spec.selector' }];
const roleRef: readonly ImmutableField[] = [
  { field: 'roleRef', defaults: { apiGroup: 'rbac.authorization.k8s.io' } },
];
const claimDefaults = { volumeMode: 'Filesystem' };

/** For a suspended Job, the fields that decide where its pods run may change. */
const SCHEDULING = [
  ...['nodeSelector', 'tolerations', 'schedulingGates', 'affinity.nodeAffinity'].map(
    (field) => `spec.template.spec.${field}`,
  ),
  'spec.template.metadata.labels',
  'spec.template.metadata.annotations',
];

/**
 * The changes that the API server refuses, by kind. From the functions `Validate...Update` of Kubernetes 1.34
 * (pkg/apis) and of its apiextensions-apiserver. A field is not listed if the answer depends on the cluster.
 */
const KINDS: Readonly<Record<string, readonly ImmutableField[]>> = {
  'apps/Deployment': selector,
  'apps/ReplicaSet': selector,
  'apps/DaemonSet': selector,
  'apps/StatefulSet': [
    {
      field: 'spec',
      except: [
        'replicas',
        'ordinals',
        'template',
        'updateStrategy',
        'revisionHistoryLimit',
        'persistentVolumeClaimRetentionPolicy',
        'minReadySeconds',
      ].map((field) => `spec.${field}`),
      defaults: {
        podManagementPolicy: 'OrderedReady',
        serviceName: '',
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        ...claimDefaults,
      },
    },
  ],
  'batch/Job': [
    { field: 'spec.template', refuses: ({ path }, before) => !isSchedulingOfSuspended(path, before) },
    { field: 'spec.selector' },
    { field: 'spec.completionMode', defaults: { completionMode: 'NonIndexed' } },
    {
      field: 'spec.completions',
      refuses: (_, __, after) => mapOf(after.spec).completionMode !== 'Indexed',
      defaults: { completions: 1 },
    },
    ...['podFailurePolicy', 'successPolicy', 'backoffLimitPerIndex', 'managedBy'].map((field) => ({
      field: `spec.${field}`,
    })),
  ],
  '/PersistentVolumeClaim': [
    {
      field: 'spec',
      except: [
        'spec.volumeName',
        'spec.storageClassName',
        'spec.volumeAttributesClassName',
        'spec.resources.requests.storage',
      ],
      defaults: claimDefaults,
    },
    { field: 'spec.volumeName', refuses: isSet },
    {
      field: 'spec.storageClassName',
      refuses: (change, _, __, cluster) => isSet(change) || defaultClassOf(cluster) !== change.after,
    },
    { field: 'spec.resources.requests.storage', refuses: refusesSize },
  ],
  '/PersistentVolume': [
    {
      field: 'spec',
      except: [
        'capacity',
        'accessModes',
        'claimRef',
        'persistentVolumeReclaimPolicy',
        'storageClassName',
        'mountOptions',
        'nodeAffinity',
        'volumeAttributesClassName',
        'csi.controllerExpandSecretRef',
      ].map((field) => `spec.${field}`),
      defaults: claimDefaults,
    },
    { field: 'spec.nodeAffinity', refuses: (_, before) => mapOf(before.spec).nodeAffinity !== undefined },
    { field: 'spec.csi.controllerExpandSecretRef', refuses: isSet },
  ],
  '/Service': [
    { field: 'spec.clusterIP', refuses: refusesAddress },
    { field: 'spec.clusterIPs', refuses: refusesAddress },
    {
      field: 'spec.loadBalancerClass',
      refuses: (change, before, after) => isSet(change) && areBalancers([before, after]),
    },
    {
      field: 'spec.healthCheckNodePort',
      refuses: (change, before, after) => areSet(change) && areBalancers([before, after]),
    },
  ],
  '/ConfigMap': ['data', 'binaryData', 'immutable'].map((field) => ({ field, refuses: isImmutable })),
  '/Secret': [
    { field: 'type', defaults: { type: 'Opaque' } },
    ...['data', 'stringData', 'immutable'].map((field) => ({ field, refuses: isImmutable })),
  ],
  '/Pod': [
    {
      field: 'spec',
      except: ['spec.activeDeadlineSeconds', 'spec.tolerations', 'spec.schedulingGates'],
      refuses: ({ path }) => !/^spec\.(?:initContainers|containers)\[[^\]]+\]\.image$/.test(path),
      defaults: { restartPolicy: 'Always', dnsPolicy: 'ClusterFirst', terminationGracePeriodSeconds: 30 },
    },
  ],
  'rbac.authorization.k8s.io/RoleBinding': roleRef,
  'rbac.authorization.k8s.io/ClusterRoleBinding': roleRef,
  'storage.k8s.io/StorageClass': [
    { field: 'provisioner' },
    { field: 'parameters' },
    { field: 'reclaimPolicy', defaults: { reclaimPolicy: 'Delete' } },
    { field: 'volumeBindingMode', defaults: { volumeBindingMode: 'Immediate' } },
  ],
  'storage.k8s.io/VolumeAttributesClass': [{ field: 'driverName' }, { field: 'parameters' }],
  'storage.k8s.io/CSIDriver': [
    { field: 'spec.attachRequired', defaults: { attachRequired: true } },
    { field: 'spec.volumeLifecycleModes', refuses: areSet },
  ],
  'networking.k8s.io/IngressClass': [{ field: 'spec.controller' }],
  'networking.k8s.io/IPAddress': [{ field: 'spec.parentRef' }],
  'scheduling.k8s.io/PriorityClass': [
    { field: 'value' },
    { field: 'preemptionPolicy', defaults: { preemptionPolicy: 'PreemptLowerPriority' } },
  ],
  'node.k8s.io/RuntimeClass': [{ field: 'handler' }],
  'discovery.k8s.io/EndpointSlice': [{ field: 'addressType' }],
  'certificates.k8s.io/CertificateSigningRequest': [{ field: 'spec' }],
  'resource.k8s.io/ResourceClaim': [{ field: 'spec' }],
  'resource.k8s.io/ResourceClaimTemplate': [{ field: 'spec' }],
  'apiextensions.k8s.io/CustomResourceDefinition': [
    ...['scope', 'group', 'names.kind', 'names.plural'].map((field) => ({ field: `spec.${field}` })),
    // The version in which objects are stored stays in status.storedVersions until someone migrates them.
    {
      field: 'spec.versions',
      refuses: ({ before, after }) => after === undefined && mapOf(before).storage === true,
    },
  ],
};

/** The changed fields of an object that the API server refuses to change. */
export function immutableChanges(changed: ChangedObject, { head }: ClassifyContext = {}): FieldChange[] {
  const { before, after, replaces } = changed;
  if (replaces) return [];
  const { apiVersion, kind } = after.object;
  const custom = customImmutableFields(head, after.object).map((field) => ({ field, refuses: areSet }));
  const known = [...(KINDS[`${apiGroup(apiVersion)}/${kind}`] ?? []), ...custom];
  const refused = known.flatMap(({ field, except, refuses, defaults = {} }: ImmutableField) => {
    const fields = except ? changedWithin(changed, field, except) : changedFields(changed, field);
    return fields.filter(
      (change) =>
        !isDefault(change, defaults) && (refuses?.(change, before.object, after.object, head) ?? true),
    );
  });
  return changed.fields.filter((change) => refused.includes(change));
}

/** Whether one side writes out what the other side leaves to the API server's default. */
function isDefault(
  { path, before, after }: FieldChange,
  defaults: Readonly<Record<string, unknown>>,
): boolean {
  const name = /[^.\]]*$/.exec(path)?.[0] ?? '';
  if (!Object.hasOwn(defaults, name)) return false;
  return (before ?? defaults[name]) === (after ?? defaults[name]);
}

function isSchedulingOfSuspended(path: string, before: ManifestObject): boolean {
  return mapOf(before.spec).suspend === true && SCHEDULING.some((field) => path.startsWith(field));
}

/** A claim never shrinks, and grows only if its class allows that. */
function refusesSize(
  { before, after }: FieldChange,
  _: ManifestObject,
  { spec }: ManifestObject,
  cluster: ClusterFacts | undefined,
): boolean {
  if ((quantity(after) ?? Infinity) < (quantity(before) ?? 0)) return true;
  const name = textOf(mapOf(spec).storageClassName) ?? defaultClassOf(cluster);
  const storageClass = name === undefined ? undefined : storageClassesOf(cluster)?.get(name);
  return storageClass !== undefined && storageClass.allowVolumeExpansion !== true;
}

/** An address that the cluster assigned stays if the field is removed; a given address cannot change to another one. */
function refusesAddress(_: FieldChange, before: ManifestObject, after: ManifestObject): boolean {
  if ([before, after].some(({ spec }) => mapOf(spec).type === 'ExternalName')) return false;
  const [known, found] = [addressOf(before), addressOf(after)];
  if (found === undefined || known === found) return false;
  return known !== undefined || found === 'None';
}

function addressOf({ spec }: ManifestObject): unknown {
  const address = mapOf(spec).clusterIP ?? listOf(valueAt(spec, 'clusterIPs'))[0];
  return address === '' ? undefined : address;
}

function areBalancers(sides: readonly ManifestObject[]): boolean {
  return sides.every(({ spec }) => mapOf(spec).type === 'LoadBalancer');
}
