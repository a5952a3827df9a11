import { CheckContext } from '../../../../lib/check/check-context';
import { lockDownOf } from '../../../../lib/check/facts/installation/lock-down';
import { buildGraph } from '../../../../lib/graph/build-graph';
import { bootstrap, configMap, fluxKustomization, treeOf } from '../../../graph/tree-of';
import { checkFiles } from '../../rule-pages';

type Files = Readonly<Record<string, string>>;

const FOLDER = 'clusters/prod/flux-system';
const LOCKED = { 'cdk8s-flux.yaml': 'version: 1\ncheck:\n  lockDown: true\n' };
const apps = { 'apps/a.yaml': configMap('a').replace('name: a', 'name: a\n  namespace: default') };

/** The findings about a lock-down, for the files of a repository that was bootstrapped at clusters/prod. */
function lockDown(files: Files): ReturnType<typeof lockDownOf> {
  const tree = treeOf({ ...bootstrap, ...files });
  const [facts] = new CheckContext(tree, buildGraph(tree, {}), {}).clusters;
  return facts && lockDownOf(facts);
}

/** The kustomization that bootstrap keeps, with patches as YAML. */
function withPatches(...patches: string[]): Files {
  const resources = 'resources:\n  - gotk-components.yaml\n  - gotk-sync.yaml\n';
  return { [`${FOLDER}/kustomization.yaml`]: `${resources}patches:\n${patches.join('')}` };
}

function argument(flag: string, target: string): string {
  return `  - target:\n      kind: Deployment\n      name: "${target}"\n    patch: |\n      - op: add\n        path: /spec/template/spec/containers/0/args/-\n        value: ${flag}\n`;
}

function codes(files: Files): string[] {
  return checkFiles(files).map(({ code, object }) => `${code} ${object?.kind}/${object?.name}`);
}

describe('a lock-down', () => {
  it('is not assumed if nothing shows it', () => {
    expect(lockDown({})).toBeUndefined();
    expect(lockDown(withPatches(argument('--concurrent=20', 'kustomize-controller')))).toBeUndefined();
    const off = argument('--no-cross-namespace-refs=false', '.*-controller');
    expect(lockDown(withPatches(off))).toBeUndefined();
  });

  it('is read from the patches of bootstrap, controller by controller', () => {
    const found = lockDown(
      withPatches(
        argument('--no-cross-namespace-refs=true', '(kustomize-controller|helm-controller)'),
        argument('--default-service-account=nobody', 'helm-controller'),
      ),
    );
    expect([...(found?.refusing ?? [])].sort()).toEqual(['helm-controller', 'kustomize-controller']);
    expect([...(found?.accounts ?? [])]).toEqual([['helm-controller', 'nobody']]);
    expect(found?.refusesRemoteBases).toBe(false);
  });

  it('is read from a patch in a separate file, and from a merge of the arguments', () => {
    const patch =
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: kustomize-controller\nspec:\n  template:\n    spec:\n      containers:\n        - name: manager\n          args: [--no-remote-bases=true]\n';
    const files = {
      ...withPatches(
        '  - path: lock.yaml\n    target:\n      kind: Deployment\n      name: kustomize-controller\n',
      ),
      [`${FOLDER}/lock.yaml`]: patch,
    };
    expect(lockDown(files)?.refusesRemoteBases).toBe(true);
  });

  it('is read from the controllers themselves if they are in the tree', () => {
    const deployment =
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: kustomize-controller\n  namespace: flux-system\n  labels:\n    app.kubernetes.io/part-of: flux\nspec:\n  template:\n    spec:\n      containers:\n        - name: manager\n          args:\n            - --default-service-account=default\n';
    const found = lockDown({ [`${FOLDER}/gotk-components.yaml`]: deployment });
    expect([...(found?.accounts ?? [])]).toEqual([['kustomize-controller', 'default']]);
  });

  it('is read from a FluxInstance, with the account that it names', () => {
    const instance =
      'apiVersion: fluxcd.controlplane.io/v1\nkind: FluxInstance\nmetadata:\n  name: flux\n  namespace: flux-system\nspec:\n  distribution:\n    version: 2.x\n  cluster:\n    multitenant: true\n    tenantDefaultServiceAccount: flux\n';
    const found = lockDown({ 'clusters/prod/instance.yaml': instance });
    expect(found?.accounts.get('helm-controller')).toBe('flux');
    expect(found?.refusesRemoteBases).toBe(true);
  });
});

describe('a locked-down object', () => {
  it('may wait for objects in other namespaces', () => {
    const waiting = fluxKustomization('apps', './apps', [
      'serviceAccountName: kustomize-controller',
      'dependsOn:',
      '- name: other',
      '  namespace: elsewhere',
    ]);
    expect(codes({ ...LOCKED, ...apps, 'clusters/prod/apps.yaml': waiting })).not.toContain(
      'cross-namespace-reference Kustomization/apps',
    );
  });

  it('may act as an account that a binding gives rights, including through groups', () => {
    const binding = (kind: string, name: string): string =>
      `---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata:\n  name: b\nroleRef:\n  apiGroup: rbac.authorization.k8s.io\n  kind: ClusterRole\n  name: cluster-admin\nsubjects:\n  - kind: ${kind}\n    name: ${name}\n${kind === 'ServiceAccount' ? '    namespace: flux-system\n' : '    apiGroup: rbac.authorization.k8s.io\n'}`;
    const plain = fluxKustomization('apps', './apps');
    const found = (text: string): string[] =>
      codes({ ...LOCKED, ...apps, 'clusters/prod/apps.yaml': plain + text });
    const missing = 'service-account-missing Kustomization/apps';
    expect(found('')).toContain(missing);
    expect(found(binding('ServiceAccount', 'other'))).toContain(missing);
    expect(found(binding('ServiceAccount', 'default'))).not.toContain(missing);
    expect(found(binding('Group', 'system:serviceaccounts:flux-system'))).not.toContain(missing);
    expect(found(binding('User', 'system:serviceaccount:flux-system:default'))).not.toContain(missing);
  });

  it('may reach another cluster by its kubeconfig', () => {
    const far = fluxKustomization('apps', './apps', ['kubeConfig:', '  secretRef:', '    name: far']);
    expect(codes({ ...LOCKED, ...apps, 'clusters/prod/apps.yaml': far })).not.toContain(
      'service-account-missing Kustomization/apps',
    );
  });

  it('gets no events from other namespaces', () => {
    const alert = (namespace: string): string =>
      `apiVersion: notification.toolkit.fluxcd.io/v1beta3\nkind: Alert\nmetadata:\n  name: all\n  namespace: flux-system\nspec:\n  providerRef:\n    name: slack\n  eventSources:\n    - kind: Kustomization\n      name: '*'\n      namespace: ${namespace}\n`;
    const found = (namespace: string): string[] =>
      codes({ ...LOCKED, 'clusters/prod/alert.yaml': alert(namespace) });
    expect(found('apps')).toContain('cross-namespace-reference Alert/all');
    expect(found('flux-system')).not.toContain('cross-namespace-reference Alert/all');
  });
});
