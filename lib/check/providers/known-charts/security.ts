import { inFolder, leaving, off, on, type KnownChart } from './known-chart';

/** Certificates, secrets and policies. */
export const securityCharts: readonly KnownChart[] = [
  {
    chart: 'cert-manager',
    provides: ['cert-manager.io', 'acme.cert-manager.io'],
    gate: {
      values: [{ path: 'crds.enabled', since: '1.15' }, { path: 'installCRDs' }],
      byDefault: false,
    },
    guards: ['cert-manager.io', 'acme.cert-manager.io'],
  },
  {
    chart: 'trust-manager',
    provides: ['trust.cert-manager.io'],
    gate: on('crds.enabled'),
    guards: ['trust.cert-manager.io'],
  },
  {
    chart: 'cert-manager-approver-policy',
    provides: ['policy.cert-manager.io'],
    gate: on('crds.enabled'),
    guards: ['policy.cert-manager.io'],
  },
  {
    chart: 'external-secrets',
    provides: ['external-secrets.io', 'generators.external-secrets.io'],
    gate: on('installCRDs'),
    guards: ['external-secrets.io'],
  },
  inFolder('sealed-secrets', 'bitnami.com'),
  inFolder('vault-secrets-operator', 'secrets.hashicorp.com'),
  inFolder('vault-operator', 'vault.banzaicloud.com'),
  { chart: 'secrets-operator', repository: /infisical/, provides: ['secrets.infisical.com'] },
  inFolder('secrets-store-csi-driver', 'secrets-store.csi.x-k8s.io'),
  { chart: 'connect', repository: /1password/, provides: ['onepassword.com'], gate: off('operator.create') },
  inFolder('aws-privateca-issuer', 'awspca.cert-manager.io'),
  inFolder('doppler-kubernetes-operator', 'secrets.doppler.com'),
  {
    chart: 'kyverno',
    provides: ['kyverno.io', 'policies.kyverno.io', 'wgpolicyk8s.io'],
    gate: on('crds.install'),
  },
  inFolder(
    'gatekeeper',
    'templates.gatekeeper.sh',
    'config.gatekeeper.sh',
    'mutations.gatekeeper.sh',
    'externaldata.gatekeeper.sh',
  ),
  { chart: 'kubewarden-crds', provides: ['policies.kubewarden.io'] },
  {
    ...leaving('kubewarden-controller', 'the chart kubewarden-crds', 'policies.kubewarden.io'),
    guards: ['policies.kubewarden.io'],
  },
  {
    chart: 'capsule',
    provides: ['capsule.clastix.io'],
    gate: on('crds.install'),
    guards: ['capsule.clastix.io'],
  },
  { chart: 'policy-controller', repository: /sigstore/, provides: ['policy.sigstore.dev'] },
  { chart: 'rbac-manager', provides: ['rbacmanager.reactiveops.io'], gate: on('installCRDs') },
];
