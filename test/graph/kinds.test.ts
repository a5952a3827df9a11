import { isClusterScoped } from '../../lib/graph/kinds';

it.each([
  ['', 'Namespace', true],
  ['', 'ConfigMap', false],
  ['storage.k8s.io', 'StorageClass', true],
  ['trust.cert-manager.io', 'Bundle', true],
  ['cert-manager.io', 'Bundle', false],
  ['kyverno.io', 'Policy', false],
  ['kyverno.io', 'GlobalContextEntry', true],
  ['projectcalico.org', 'GlobalNetworkPolicy', true],
  ['crd.projectcalico.org', 'IPPool', true],
  ['projectcalico.org', 'NetworkPolicy', false],
  ['constraints.gatekeeper.sh', 'K8sRequiredLabels', true],
  ['config.gatekeeper.sh', 'Config', false],
  ['example.com', 'constructor', false],
])('takes %s/%s for cluster-scoped: %s', (group, kind, expected) => {
  expect(isClusterScoped(group, kind)).toBe(expected);
});
