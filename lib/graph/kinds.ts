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

/** Cluster-scoped kinds that repositories often contain while their CRDs come with a chart. */
const wellKnownClusterScoped = new Set([
  'admissionregistration.k8s.io/MutatingAdmissionPolicy',
  'admissionregistration.k8s.io/MutatingAdmissionPolicyBinding',
  'admissionregistration.k8s.io/ValidatingAdmissionPolicy',
  'admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding',
  'cert-manager.io/ClusterIssuer',
  'cilium.io/CiliumBGPAdvertisement',
  'cilium.io/CiliumBGPClusterConfig',
  'cilium.io/CiliumBGPPeerConfig',
  'cilium.io/CiliumBGPPeeringPolicy',
  'cilium.io/CiliumClusterwideNetworkPolicy',
  'cilium.io/CiliumL2AnnouncementPolicy',
  'cilium.io/CiliumLoadBalancerIPPool',
  'external-secrets.io/ClusterExternalSecret',
  'external-secrets.io/ClusterPushSecret',
  'external-secrets.io/ClusterSecretStore',
  'gateway.networking.k8s.io/GatewayClass',
  'generators.external-secrets.io/ClusterGenerator',
  'kyverno.io/ClusterPolicy',
  'karpenter.sh/NodePool',
  'karpenter.k8s.aws/EC2NodeClass',
  'networking.k8s.io/IPAddress',
  'networking.k8s.io/ServiceCIDR',
  'nfd.k8s-sigs.io/NodeFeatureRule',
  'resource.k8s.io/DeviceClass',
  'snapshot.storage.k8s.io/VolumeSnapshotClass',
  'storage.k8s.io/VolumeAttributesClass',
]);

/** Whether kustomize takes a kind for cluster-scoped, and so keeps namespaces away from it. */
export function isClusterScopedForKustomize(group: string, kind: string): boolean {
  return clusterScopedForKustomize.has(`${group}/${kind}`);
}

/** Whether the API server is known to take a kind for cluster-scoped, from its name alone. */
export function isClusterScoped(group: string, kind: string): boolean {
  return clusterScopedForKustomize.has(`${group}/${kind}`) || wellKnownClusterScoped.has(`${group}/${kind}`);
}
