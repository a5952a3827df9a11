import { fluxKind, fluxKindNamed } from '../kinds/flux-kinds';
import { KUSTOMIZE_GROUP } from '../kinds/groups';
import { apiGroup } from '../tree/manifest';
import type { NodeType } from './graph';

/** The group of nodes to which a Flux kind belongs; `undefined` for all other kinds. */
export function fluxNodeType(group: string, kind: string): NodeType | undefined {
  return fluxKind(group, kind)?.role;
}

/** The API group of a kind, as fields name kinds of Flux without their group; empty for other kinds. */
export function groupOfKind(kind: string): string {
  return fluxKindNamed(kind)?.group ?? '';
}

/** Whether an object is a Flux Kustomization (not a kustomization file). */
export function isFluxKustomization(object: {
  readonly apiVersion?: unknown;
  readonly kind?: unknown;
}): boolean {
  return (
    object.kind === 'Kustomization' &&
    typeof object.apiVersion === 'string' &&
    apiGroup(object.apiVersion) === KUSTOMIZE_GROUP
  );
}

/**
 * Kinds that kustomize knows to be cluster-scoped; it gives a namespace to every other kind, even to cluster-scoped
 * ones of operators.
 */
const clusterScopedForKustomize = new Set([
  'admissionregistration.k8s.io/MutatingWebhookConfiguration',
  'admissionregistration.k8s.io/ValidatingWebhookConfiguration',
  'apiextensions.k8s.io/CustomResourceDefinition',
  'apiregistration.k8s.io/APIService',
  'certificates.k8s.io/CertificateSigningRequest',
  '/ComponentStatus',
  '/Namespace',
  '/Node',
  '/PersistentVolume',
  'flowcontrol.apiserver.k8s.io/FlowSchema',
  'flowcontrol.apiserver.k8s.io/PriorityLevelConfiguration',
  'networking.k8s.io/IngressClass',
  'node.k8s.io/RuntimeClass',
  'policy/PodSecurityPolicy',
  'rbac.authorization.k8s.io/ClusterRole',
  'rbac.authorization.k8s.io/ClusterRoleBinding',
  'scheduling.k8s.io/PriorityClass',
  'storage.k8s.io/CSIDriver',
  'storage.k8s.io/CSINode',
  'storage.k8s.io/StorageClass',
  'storage.k8s.io/VolumeAttachment',
]);

/** Kinds of Calico, which it serves in two groups. */
const CALICO =
  'BGPConfiguration BGPFilter BGPPeer FelixConfiguration GlobalNetworkPolicy GlobalNetworkSet HostEndpoint IPPool KubeControllersConfiguration';

/** Cluster-scoped kinds that repositories often contain while their CRDs come with a chart, by group. */
const wellKnown: Readonly<Record<string, string>> = {
  'admissionregistration.k8s.io':
    'MutatingAdmissionPolicy MutatingAdmissionPolicyBinding ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding',
  'apiextensions.crossplane.io': 'CompositeResourceDefinition Composition',
  'capsule.clastix.io': 'CapsuleConfiguration Tenant',
  'cdi.kubevirt.io': 'CDI',
  'cert-manager.io': 'ClusterIssuer',
  'cilium.io':
    'CiliumBGPAdvertisement CiliumBGPClusterConfig CiliumBGPPeerConfig CiliumBGPPeeringPolicy CiliumCIDRGroup CiliumClusterwideEnvoyConfig CiliumClusterwideNetworkPolicy CiliumEgressGatewayPolicy CiliumL2AnnouncementPolicy CiliumLoadBalancerIPPool',
  'crd.projectcalico.org': CALICO,
  'deviceplugin.intel.com': 'GpuDevicePlugin',
  'external-secrets.io': 'ClusterExternalSecret ClusterPushSecret ClusterSecretStore',
  'gateway.networking.k8s.io': 'GatewayClass',
  'generators.external-secrets.io': 'ClusterGenerator',
  'groupsnapshot.storage.k8s.io': 'VolumeGroupSnapshotClass',
  'karpenter.k8s.aws': 'EC2NodeClass',
  'karpenter.sh': 'NodePool',
  'keda.sh': 'ClusterTriggerAuthentication',
  'kueue.x-k8s.io': 'AdmissionCheck ClusterQueue ResourceFlavor WorkloadPriorityClass',
  'kyverno.io': 'ClusterCleanupPolicy ClusterPolicy GlobalContextEntry',
  'mutations.gatekeeper.sh': 'Assign AssignImage AssignMetadata ModifySet',
  'networking.k8s.io': 'IPAddress ServiceCIDR',
  'nfd.k8s-sigs.io': 'NodeFeatureRule',
  'nvidia.com': 'ClusterPolicy NVIDIADriver',
  'operator.tigera.io': 'APIServer Goldmane Installation Whisker',
  'piraeus.io': 'LinstorCluster LinstorNodeConnection LinstorSatelliteConfiguration',
  'pkg.crossplane.io': 'Configuration DeploymentRuntimeConfig Function Provider',
  'policies.kyverno.io':
    'DeletingPolicy GeneratingPolicy ImageValidatingPolicy MutatingPolicy ValidatingPolicy',
  'policy.networking.k8s.io': 'AdminNetworkPolicy BaselineAdminNetworkPolicy',
  'postgresql.cnpg.io': 'ClusterImageCatalog',
  'projectcalico.org': CALICO,
  'resource.k8s.io': 'DeviceClass',
  'snapshot.storage.k8s.io': 'VolumeSnapshotClass',
  'spire.spiffe.io': 'ClusterFederatedTrustDomain ClusterSPIFFEID ClusterStaticEntry',
  'storage.k8s.io': 'VolumeAttributesClass',
  'tailscale.com': 'Connector DNSConfig ProxyClass ProxyGroup Recorder',
  'templates.gatekeeper.sh': 'ConstraintTemplate',
  'trust.cert-manager.io': 'Bundle',
};

/** The group in which Gatekeeper serves what templates define: all are cluster-scoped. */
const CONSTRAINTS_GROUP = 'constraints.gatekeeper.sh';

const wellKnownClusterScoped = new Set(
  Object.entries(wellKnown).flatMap(([group, kinds]) => kinds.split(' ').map((kind) => `${group}/${kind}`)),
);

/** Whether kustomize takes a kind for cluster-scoped, and so keeps namespaces away from it. */
export function isClusterScopedForKustomize(group: string, kind: string): boolean {
  return clusterScopedForKustomize.has(`${group}/${kind}`);
}

/** Whether the API server is known to take a kind for cluster-scoped, from its name alone. */
export function isClusterScoped(group: string, kind: string): boolean {
  return (
    group === CONSTRAINTS_GROUP ||
    clusterScopedForKustomize.has(`${group}/${kind}`) ||
    wellKnownClusterScoped.has(`${group}/${kind}`)
  );
}
