import { isMisspelling } from '../../../findings/nearest-name';

/** Namespaces that every cluster has; add-ons and distributions make others that begin like these. */
const BUILT_IN = ['default', 'kube-system', 'kube-public', 'kube-node-lease'];

/** Namespaces that platforms and their add-ons create and own, so that users only put objects into them. */
const PLATFORM = [
  // OpenShift, MicroShift and their operators: https://docs.redhat.com/en/documentation/openshift_container_platform
  /^(?:openshift|openshift-.+|open-cluster-management(?:-.+)?|multicluster-engine)$/,
  // AKS and Azure Arc: https://learn.microsoft.com/azure/aks
  /^(?:aks-.+|app-routing-system|azure-.+|gatekeeper-system|calico-system|tigera-operator|dapr-system)$/,
  // EKS: https://docs.aws.amazon.com/eks/latest/userguide
  /^(?:amazon-.+|aws-(?:observability|auth|secrets-manager)|eks-.+)$/,
  // GKE and Anthos: https://cloud.google.com/kubernetes-engine/docs
  /^(?:gke-.+|gmp-(?:system|public)|config-management-(?:system|monitoring)|cnrm-system|configconnector-operator-system|resource-group-system|asm-system|anthos-.+)$/,
  // Rancher, k3s and Harvester: https://ranchermanager.docs.rancher.com
  /^(?:cattle-.+|fleet-(?:default|local)|local-path-storage|harvester-.+)$/,
  // Tanzu, and clusters of Cluster API: https://techdocs.broadcom.com
  /^(?:tanzu-.+|tkg-system(?:-.+)?|vmware-system-.+)$/,
];

/** Namespaces of MicroK8s add-ons, whose names anyone could choose: https://microk8s.io/docs/addons */
const MICROK8S =
  /^(?:ingress|container-registry|observability|openebs|metallb-system|gpu-operator-resources)$/;

/** Whether an add-on of MicroK8s makes a namespace. */
export function isMicrok8sNamespace(name: string): boolean {
  return MICROK8S.test(name);
}

/** Whether a namespace is in a cluster without anybody's doing. */
export function isPlatformNamespace(name: string): boolean {
  if (name.startsWith('kube-')) return !BUILT_IN.some((one) => isMisspelling(name, one));
  return BUILT_IN.includes(name) || PLATFORM.some((names) => names.test(name));
}
