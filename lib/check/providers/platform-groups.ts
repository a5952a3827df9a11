import { isFluxGroup, OPERATOR_GROUP } from '../../kinds/groups';
import { isKubernetesGroup } from '../../schema/kubernetes-kinds';

/** Suffixes of API groups whose CRDs come with a platform, or with a network without which Flux cannot run. */
const SUFFIXES = [
  'openshift.io',
  'operators.coreos.com',
  'olm.operatorframework.io',
  'cattle.io',
  'gke.io',
  'googleapis.com',
  'google.com',
  'amazonaws.com',
  'k8s.aws',
  'azure.com',
  'vmware.com',
  'harvesterhci.io',
  'kubevirt.io',
  'cluster.x-k8s.io',
  'metal3.io',
  'gardener.cloud',
  'k0sproject.io',
  'k8c.io',
  'talos.dev',
  'projectcalico.org',
  'tigera.io',
  'cilium.io',
  'antrea.io',
  'k8s.ovn.org',
  'cni.cncf.io',
  'crossplane.io',
  'upbound.io',
  'karmada.io',
];

/** Groups that managed clusters and light distributions have, such as Traefik's in k3s. */
const COMMON = new Set([
  'gateway.networking.k8s.io',
  'gateway.networking.x-k8s.io',
  'policy.networking.k8s.io',
  'snapshot.storage.k8s.io',
  'groupsnapshot.storage.k8s.io',
  'metrics.k8s.io',
  'custom.metrics.k8s.io',
  'external.metrics.k8s.io',
  'autoscaling.k8s.io',
  'traefik.io',
  'traefik.containo.us',
]);

/** Whether the CRDs of an API group may be in a cluster without anything that a repository shows. */
export function comesWithCluster(group: string): boolean {
  if (isKubernetesGroup(group) || isFluxGroup(group) || group === OPERATOR_GROUP) return true;
  if (COMMON.has(group) || !group.includes('.')) return true;
  return SUFFIXES.some((suffix) => group === suffix || group.endsWith(`.${suffix}`));
}
