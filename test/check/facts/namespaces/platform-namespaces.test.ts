import {
  namesFolders,
  namespaceFormsIn,
  namespacesIn,
} from '../../../../lib/check/facts/namespaces/namespaces-in-scripts';
import {
  isMicrok8sNamespace,
  isPlatformNamespace,
} from '../../../../lib/check/facts/namespaces/platform-namespaces';

describe('isPlatformNamespace', () => {
  it.each([
    ...['default', 'kube-system', 'kube-public', 'kube-node-lease', 'kube-flannel'],
    ...[
      'openshift',
      'openshift-monitoring',
      'openshift-user-workload-monitoring',
      'open-cluster-management-hub',
    ],
    ...[
      'aks-istio-ingress',
      'app-routing-system',
      'azure-arc',
      'gatekeeper-system',
      'calico-system',
      'tigera-operator',
    ],
    ...['amazon-cloudwatch', 'amazon-guardduty', 'aws-observability', 'eks-auth'],
    ...['gke-managed-system', 'gmp-public', 'gmp-system', 'config-management-system', 'cnrm-system', 'asm-system', 'anthos-identity-service'], // prettier-ignore
    ...[
      'resource-group-system',
      'configconnector-operator-system',
      'config-management-monitoring',
      'dapr-system',
    ],
    ...['cattle-system', 'fleet-local', 'fleet-default', 'local-path-storage', 'harvester-system'],
    ...[
      'vmware-system-csi',
      'tkg-system',
      'tkg-system-public',
      'tanzu-system-ingress',
      'multicluster-engine',
    ],
  ])('knows %s', (name) => expect(isPlatformNamespace(name)).toBe(true));

  it.each([
    'shop',
    'my-openshift',
    'monitoring',
    'kube',
    'aks',
    'default-2',
    ...['kube-sytem', 'kube-systm', 'kube-pubilc', 'kube-node-leases'],
    'gmp',
    'fleet',
    'eks',
    'flux-apps',
    ...['default', 'kube-x', 'openshift-x', 'aks-x', 'eks-x', 'gke-x', 'cattle-x', 'tanzu-x'].map(
      (name) => `my-${name}`,
    ),
    ...['openshift', 'calico-system', 'aws-auth', 'gmp-system', 'fleet-local', 'tkg-system'].map(
      (name) => `${name}s`,
    ),
  ])('treats %s as one that somebody creates', (name) => expect(isPlatformNamespace(name)).toBe(false));
});

describe('isMicrok8sNamespace', () => {
  it.each([
    ['ingress', true],
    ['metallb-system', true],
    ['my-ingress', false],
    ['ingress-nginx', false],
  ])('%s: %s', (name, expected) => expect(isMicrok8sNamespace(name)).toBe(expected));
});

describe('namespacesIn', () => {
  it.each([
    ['kubectl', 'kubectl create namespace shop', ['shop']],
    ['kubectl with its short word and flags', 'kubectl --context a create ns --save-config "shop"', ['shop']],
    ['oc', 'oc new-project shop --display-name=x', ['shop']],
    [
      'a manifest in a script',
      'cat <<E | kubectl apply -f -\nkind: Namespace\nmetadata:\n  name: shop\nE',
      ['shop'],
    ],
    ['JSON', '{"kind": "Namespace", "metadata": {"name": "shop"}}', ['shop']],
    ['Terraform', 'resource "kubernetes_namespace" "a" {\n metadata {\n  name = "shop"\n }\n}', ['shop']],
    ['OpenTofu', 'resource "kubernetes_namespace_v1" "a" {\n metadata {\n  name = "shop"\n }\n}', ['shop']],
    ['Pulumi', 'new k8s.core.v1.Namespace("shop")', ['shop']],
    ['helm', 'helm upgrade -i a b --namespace shop --create-namespace', ['shop']],
    ['helm with a short flag', 'helm install a b --create-namespace -n shop', ['shop']],
    ['a release of Terraform', 'namespace = "shop"\n  create_namespace = true', ['shop']],
    ['a release of Ansible', 'release_namespace: shop\ncreate_namespace: true', ['shop']],
    ['a release of Pulumi', 'namespace: "shop", createNamespace: true', ['shop']],
    ['settings as text', '{"namespace": "shop", "createNamespace": "true"}', ['shop']],
    ['a helmfile', 'releases:\n  - name: a\n    namespace: shop\n', ['shop']],
    ['a tenant of Flux', 'flux create tenant x --with-namespace=shop', ['shop']],
    ['a task of Ansible', 'name: shop\n    api_version: v1\n    kind: Namespace', ['shop']],
    ['a task of Ansible without a version', 'name: "shop"\n    kind: Namespace', ['shop']],
    ['a manifest in Terraform', 'kind = "Namespace"\n metadata = {\n  name = "shop"\n }', ['shop']],
  ])('reads %s', (_, text, names) => expect(namespacesIn(text)).toEqual(names));

  it.each([
    ['helm without the flag', 'helm install a b -n shop'],
    [
      'a helmfile that makes none',
      'helmDefaults:\n  createNamespace: false\nreleases:\n  - namespace: shop\n',
    ],
    ['what only looks at a namespace', 'kubectl get pods --namespace shop'],
    ['a name that is computed from nothing', 'kubectl create namespace shop-${ENV}'],
    ['another program', 'create names for the shop'],
    ['a task about something else', 'name: shop\n    api_version: v1\n    kind: NamespaceOther'],
  ])('ignores %s', (_, text) => expect(namespacesIn(text)).not.toContain('shop'));

  it.each([
    ['a loop', 'for ns in shop web; do kubectl create namespace "$ns"; done'],
    [
      'a list in Terraform',
      'for_each = toset(["shop"])\nresource "kubernetes_namespace" "a" {\n name = each.key\n}',
    ],
    ['a loop and flags', 'for ns in shop; do kubectl create  ns  -a  --b  ${ns}; done'],
    ['a template of a command', 'names: [shop]\nrun: kubectl create namespaces "{{ item }}"'],
    ['a list of Pulumi', '["shop"].map((name) => new k8s.core.v1.Namespace(name, {}))'],
    ['a variable of OpenTofu', 'names = "shop"\nresource "kubernetes_namespace_v1" "a" {\n name=var.name\n}'],
    ['a template', 'names: [shop]\nkind: Namespace\nmetadata:\n  name: {{ item }}'],
  ])('reads every word of a file with %s', (_, text) => expect(namespacesIn(text)).toContain('shop'));
});

describe('namespaceFormsIn', () => {
  it.each([
    ['a variable in it', 'kubectl create namespace team-${TEAM}', [['team-', '']]],
    ['two variables', 'kubectl create ns "$A-of-$B"', [['', '-of-', '']]],
    ['a variable that holds it', 'export NS=team-${TEAM}\nkubectl create namespace ${NS}', [['team-', '']]],
    ['a variable with a name of its own', 'NS=shop; kubectl create namespace $NS', []],
    ['a variable that nothing sets', 'kubectl create namespace "$NS"', []],
    ['variables alone', 'kubectl create namespace "$A-$B"', []],
    ['no variable', 'kubectl create namespace shop', []],
    ['another object', 'kubectl create configmap team-${TEAM}', []],
  ])('reads a name with %s', (_, text, forms) => expect(namespaceFormsIn(text)).toEqual(forms));
});

describe('namesFolders', () => {
  it.each([
    ['kubectl create namespace "$(basename $dir)"', true],
    ['kubectl create ns "${dir##*/}"', true],
    ['name=$(basename $dir); kubectl create ns $name', true],
    ['kubectl create ns "$name"', false],
    ['basename $dir; kubectl create ns shop', false],
  ])('%s: %s', (text, expected) => expect(namesFolders(text)).toBe(expected));
});
