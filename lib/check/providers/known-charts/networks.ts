import { inFolder, kinds, leaving, off, on, type KnownChart } from './known-chart';

const ISTIO = ['networking.istio.io', 'security.istio.io', 'telemetry.istio.io', 'extensions.istio.io'];
const LINKERD = ['linkerd.io', 'policy.linkerd.io', 'workload.linkerd.io'];

/** Networks. */
export const networkCharts: readonly KnownChart[] = [
  inFolder('traefik', 'traefik.io', 'traefik.containo.us', 'hub.traefik.io'),
  { chart: 'traefik-crds', provides: ['traefik.io'] },
  inFolder(
    'nginx-ingress',
    'k8s.nginx.org',
    'appprotect.f5.com',
    'appprotectdos.f5.com',
    'externaldns.nginx.org',
  ),
  inFolder('nginx-gateway-fabric', 'gateway.nginx.org'),
  { ...inFolder('kong', 'configuration.konghq.com'), repository: /konghq/ },
  { chart: 'base', repository: /istio/, provides: ISTIO },
  { chart: 'istio-base', provides: ISTIO },
  leaving('istiod', 'the chart base', ...ISTIO),
  { chart: 'linkerd-crds', provides: LINKERD },
  leaving('linkerd-control-plane', 'the chart linkerd-crds', ...LINKERD),
  { chart: 'tetragon', provides: kinds('cilium.io', 'TracingPolicy', 'TracingPolicyNamespaced') },
  { chart: 'metallb', provides: ['metallb.io'], gate: on('crds.enabled'), guards: ['metallb.io'] },
  inFolder('gateway-helm', 'gateway.envoyproxy.io', 'gateway.networking.k8s.io'),
  { chart: 'gateway-crds-helm', provides: ['gateway.envoyproxy.io'], gate: off('crds.envoyGateway.enabled') },
  { chart: 'kgateway-crds', provides: ['gateway.kgateway.dev'] },
  leaving('kgateway', 'the chart kgateway-crds', 'gateway.kgateway.dev'),
  {
    chart: 'external-dns',
    repository: /bitnami/,
    provides: ['externaldns.k8s.io'],
    gate: off('crd.create'),
  },
  inFolder('external-dns', 'externaldns.k8s.io'),
  { chart: 'tailscale-operator', provides: ['tailscale.com'], gate: on('installCRDs') },
  {
    ...inFolder('aws-load-balancer-controller', 'elbv2.k8s.aws'),
    guards: ['elbv2.k8s.aws'],
  },
  { chart: 'contour', provides: ['projectcontour.io'], gate: on('contour.manageCRDs') },
  {
    ...inFolder('kubernetes-ingress', 'core.haproxy.org', 'ingress.v1.haproxy.org', 'ingress.v3.haproxy.org'),
    repository: /haproxy/,
  },
  inFolder('apisix-ingress-controller', 'apisix.apache.org'),
  { ...inFolder('apisix', 'apisix.apache.org'), gate: off('ingress-controller.enabled') },
  { chart: 'consul', repository: /hashicorp/, provides: ['consul.hashicorp.com'] },
  inFolder('gloo', 'gloo.solo.io', 'gateway.solo.io', 'enterprise.gloo.solo.io'),
  leaving('emissary-ingress', 'the manifest emissary-crds.yaml of its release', 'getambassador.io'),
  inFolder('kuma', 'kuma.io'),
  inFolder('dapr', 'dapr.io'),
];
