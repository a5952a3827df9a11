/** Repositories that publish their CRDs as manifests, and the groups that these define. */
const knownRepositories: readonly (readonly [RegExp, readonly string[]])[] = [
  [/gateway-api/, ['gateway.networking.k8s.io']],
  [/external-secrets/, ['external-secrets.io', 'generators.external-secrets.io']],
  [/(?:cert-manager|jetstack)\/cert-manager|cert-manager\.crds/, ['cert-manager.io', 'acme.cert-manager.io']],
  [/prometheus-operator|kube-prometheus-stack|prometheus-community/, ['monitoring.coreos.com']],
  [/external-snapshotter/, ['snapshot.storage.k8s.io', 'groupsnapshot.storage.k8s.io']],
  [/cloudnative-pg/, ['postgresql.cnpg.io']],
  [/rook\/rook|rook-ceph/, ['ceph.rook.io', 'objectbucket.io']],
  [/traefik/, ['traefik.io', 'traefik.containo.us']],
  [/kyverno/, ['kyverno.io', 'policies.kyverno.io']],
  // The folder of the load tester has no CRDs.
  [/^(?!.*\/tester(?:[/?]|$)).*flagger/, ['flagger.app']],
  [/grafana-operator/, ['grafana.integreatly.org']],
  [/dragonfly-operator/, ['dragonflydb.io']],
  [/volsync/, ['volsync.backube']],
  [/node-feature-discovery/, ['nfd.k8s-sigs.io']],
  [/multus|network-plumbing|k8snetworkplumbingwg/i, ['k8s.cni.cncf.io']],
  [/metallb/, ['metallb.io']],
  [/cilium/, ['cilium.io']],
  [/istio/, ['networking.istio.io', 'security.istio.io', 'telemetry.istio.io', 'extensions.istio.io']],
  [/external-dns/, ['externaldns.k8s.io']],
  [/keda/, ['keda.sh', 'eventing.keda.sh']],
  [/longhorn/, ['longhorn.io']],
  [/velero/, ['velero.io']],
  [/karpenter/, ['karpenter.sh', 'karpenter.k8s.aws']],
  [/tekton/, ['tekton.dev', 'triggers.tekton.dev', 'operator.tekton.dev']],
  [/knative/, ['serving.knative.dev', 'eventing.knative.dev', 'operator.knative.dev']],
  [/system-upgrade-controller/, ['upgrade.cattle.io']],
  [/argo-rollouts|argo-cd|argo-workflows|argo-events/, ['argoproj.io']],
  [/envoyproxy\/gateway|envoy-gateway/, ['gateway.envoyproxy.io', 'gateway.networking.k8s.io']],
];

/**
 * The API groups whose CRDs manifests of another repository are likely to hold, from their address alone: that of a
 * file or folder, or of a repository followed by a path in it.
 */
export function groupsOfManifests(address: string): string[] {
  // Files of CRDs are often named by group and plural: monitoring.coreos.com_probes.yaml.
  const named = [...address.matchAll(/(?<![a-z0-9.-])([a-z0-9-]+(?:\.[a-z0-9-]+)+)_[a-z0-9]+\.ya?ml/g)].map(
    ([, group]) => group ?? '',
  );
  const known = knownRepositories
    .filter(([pattern]) => pattern.test(address))
    .flatMap(([, groups]) => groups);
  return [...new Set([...named, ...known])];
}
