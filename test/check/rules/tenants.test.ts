import { fluxKustomization } from '../../graph/tree-of';
import { line, lines, object, release, type Files } from '../small-repositories';

const TENANT = 'toolkit.fluxcd.io/tenant';
const account = (namespace: string, name = namespace, label = `, labels: { ${TENANT}: ${namespace} }`) =>
  object('v1', 'ServiceAccount', name, `${namespace}${label}`);
/** A Kustomization of a tenant that acts as an account. */
const team = (namespace: string, as: string, path = `./${namespace}`, ...spec: readonly string[]) =>
  fluxKustomization(namespace, path, [`serviceAccountName: ${as}`, ...spec])
    .replace('namespace: flux-system\nspec', `namespace: ${namespace}\nspec`)
    .replace('    name: flux-system', '    name: flux-system\n    namespace: flux-system');
const role = (kind: string, name: string, namespace: string | undefined, ...rules: readonly string[]) =>
  object(
    'rbac.authorization.k8s.io/v1',
    kind,
    name,
    namespace,
    'rules:',
    ...rules.map((rule) => `  - ${rule}`),
  );
const binding = (
  namespace: string | undefined,
  to: string,
  subject: string,
  name = 'b',
  kind = 'ClusterRole',
) =>
  object(
    'rbac.authorization.k8s.io/v1',
    namespace === undefined ? 'ClusterRoleBinding' : 'RoleBinding',
    name,
    namespace,
    `roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ${kind}, name: ${to} }`,
    `subjects: [{ kind: ServiceAccount, name: ${subject.split('/')[1]}, namespace: ${subject.split('/')[0]} }]`,
  );
const map = (namespace: string, name = 'm') => object('v1', 'ConfigMap', name, namespace);
const READ = '{ apiGroups: [""], resources: [secrets], verbs: [get] }';
const LOOK = '{ apiGroups: [""], resources: [pods], verbs: [get] }';
const BIND = '{ apiGroups: [rbac.authorization.k8s.io], resources: [roles], verbs: [bind] }';

describe('tenant-cluster-role', () => {
  const told = (...parts: readonly string[]) =>
    lines('tenant-cluster-role', {
      'clusters/prod/t.yaml': [team('team', 'team'), account('team'), ...parts].join(''),
      'team/m.yaml': map('team'),
    });

  it('names the binding, the account and the role', () => {
    expect(told(binding(undefined, 'cluster-admin', 'team/team'))).toEqual([
      line(
        'error at clusters/prod/t.yaml:',
        '(ClusterRoleBinding b roleRef) ClusterRoleBinding "b" gives the account "team/team" of a tenant the ClusterRole "cluster-admin" in all namespaces =>',
        'use a RoleBinding in each namespace',
      ),
    ]);
  });

  it('is an info for another repository without the label of a tenant', () => {
    const source = object(
      'source.toolkit.fluxcd.io/v1',
      'GitRepository',
      'team',
      'team',
      'spec: { interval: 1h, url: "https://github.com/acme/team" }',
    );
    const own = team('team', 'team').replace('name: flux-system\n    namespace: flux-system', 'name: team');
    const parts = [
      own,
      account('team', 'team', ''),
      source,
      binding(undefined, 'cluster-admin', 'team/team'),
    ];
    expect(lines('tenant-cluster-role', { 'clusters/prod/t.yaml': parts.join('') })).toEqual([
      line(
        'info at clusters/prod/t.yaml:',
        'gives the account "team/team" of another repository the ClusterRole "cluster-admin"',
        "=> if that repository is a tenant's, use a RoleBinding in each of its namespaces",
      ),
    ]);
  });

  it('lists what is too much', () => {
    const all = role(
      'ClusterRole',
      'all',
      undefined,
      READ,
      '{ apiGroups: [""], resources: [serviceaccounts/token], verbs: [create] }',
    );
    expect(told(all, binding(undefined, 'all', 'team/team'))).toEqual([
      line('in all namespaces: read all secrets, create serviceaccounts/token =>'),
    ]);
  });

  it('needs one right that is too much', () => {
    expect(told(role('ClusterRole', 'all', undefined, READ), binding(undefined, 'all', 'team/team'))).toEqual(
      [line('in all namespaces: read all secrets =>')],
    );
  });

  it.each([
    ['admin', [], 1],
    ['edit', [], 1],
    ['view', [], 0],
    ['edit', [role('ClusterRole', 'edit', undefined, LOOK)], 0],
    ['look', [role('ClusterRole', 'look', undefined, LOOK)], 0],
  ])('judges the role %s', (name, roles, expected) => {
    expect(told(...roles, binding(undefined, name, 'team/team'))).toHaveLength(expected);
  });

  it('takes an account without the label for that of a tenant only if it serves one other repository', () => {
    const of = (url: string, name: string) =>
      object(
        'source.toolkit.fluxcd.io/v1',
        'GitRepository',
        name,
        'team',
        `spec: { interval: 1h, url: "https://example.com/${url}" }`,
      ) +
      fluxKustomization(name, './', ['serviceAccountName: team'])
        .replace('namespace: flux-system\nspec', 'namespace: team\nspec')
        .replace('    name: flux-system', `    name: ${name}`);
    const shared = (...sources: readonly string[]) =>
      lines('tenant-cluster-role', {
        'clusters/prod/t.yaml': [
          ...sources,
          account('team', 'team', ''),
          binding(undefined, 'cluster-admin', 'team/team'),
        ].join(''),
      });
    expect(shared(of('a', 'a'))).toHaveLength(1);
    expect(shared(of('a', 'a'), of('a', 'b'))).toHaveLength(1);
    expect(shared(of('a', 'a'), of('b', 'b'))).toEqual([]);
    const own = fluxKustomization('own', './clusters/prod/own', ['serviceAccountName: team']).replace(
      'namespace: flux-system\nspec',
      'namespace: team\nspec',
    );
    const source = '    name: flux-system\n';
    expect(shared(of('a', 'a'), own.replace(source, `${source}    namespace: flux-system\n`))).toEqual([]);
  });

  it.each([
    ['in one namespace', binding('team', 'cluster-admin', 'team/team')],
    ['of another account', binding(undefined, 'cluster-admin', 'team/other')],
  ])('passes a binding %s', (_, text) => {
    expect(told(text)).toEqual([]);
  });
});

describe('tenant-role-escalates', () => {
  const told = (...parts: readonly string[]) =>
    lines('tenant-role-escalates', {
      'clusters/prod/t.yaml': [team('team', 'team'), account('team'), ...parts].join(''),
      'team/m.yaml': map('team'),
    });
  const other = team('rival', 'rival', './team') + account('rival');

  it('lists what lets it give itself more', () => {
    const bind = role('Role', 'r', 'team', BIND, BIND.replace('bind', 'escalate'));
    expect(told(bind, binding('team', 'r', 'team/team', 'b', 'Role'))).toEqual([
      line(
        'at clusters/prod/t.yaml:',
        '(RoleBinding b roleRef) RoleBinding "team/b" gives the account "team/team" of a tenant the Role "r", which lets it give itself more rights: bind roles, escalate roles =>',
        'give the tenant a role without these rights',
      ),
    ]);
  });

  it('says all that is wrong with one role', () => {
    const both = role('Role', 'r', 'flux-system', BIND, READ);
    expect(told(both, binding('flux-system', 'r', 'team/team', 'b', 'Role'))).toEqual([
      line(': bind roles, and lets it read the Secrets of Flux in "flux-system" =>'),
    ]);
  });

  it.each([
    ['of Flux', 'flux-system', [READ], 'Secrets of Flux in "flux-system"'],
    ['of another tenant', 'rival', [READ], 'Secrets of another tenant in "rival"'],
    ['of its own namespace', 'team', [READ], undefined],
    ['of a namespace of nobody', 'shared', [READ], undefined],
    ['of Flux, which it may not read', 'flux-system', [LOOK], undefined],
    ['of another tenant, which it may not read', 'rival', [LOOK], undefined],
  ])('judges the Secrets %s', (_, namespace, rules, words) => {
    const grant = role('Role', 'r', namespace, ...rules) + binding(namespace, 'r', 'team/team', 'b', 'Role');
    expect(told(other, grant)).toEqual(words === undefined ? [] : [line(words)]);
  });

  it.each([
    ['edit', 1],
    ['view', 0],
  ])('judges the role %s of Kubernetes in the namespace of Flux', (name, expected) => {
    expect(told(binding('flux-system', name, 'team/team'))).toHaveLength(expected);
  });

  it('asks the rules of a role before its name', () => {
    expect(
      told(role('ClusterRole', 'edit', undefined, LOOK), binding('flux-system', 'edit', 'team/team')),
    ).toEqual([]);
  });

  it('leaves rights in all namespaces to tenant-cluster-role', () => {
    expect(told(role('ClusterRole', 'r', undefined, READ), binding(undefined, 'r', 'team/team'))).toEqual([]);
  });
});

describe('tenant-reaches-out', () => {
  const told = (files: Files) => lines('tenant-reaches-out', files);
  const applying = (
    applied: string,
    spec: readonly string[] = [],
    ...bindings: readonly string[]
  ): Files => ({
    'clusters/prod/t.yaml': [
      team('team', 'team', './team', ...spec),
      account('team'),
      ...(bindings.length === 0 ? [binding('team', 'edit', 'team/team')] : bindings),
    ].join(''),
    'team/m.yaml': applied,
  });

  it('names the object, and where the account has rights', () => {
    const two = [binding('team', 'edit', 'team/team'), binding('blue', 'edit', 'team/team', 'c')];
    expect(told(applying(map('shop'), [], ...two))).toEqual([
      line(
        'at team/m.yaml:4, clusters/prod/t.yaml:',
        '(ConfigMap m metadata.namespace) Kustomization "team/team" cannot apply ConfigMap "shop/m" in the namespace "shop": the ServiceAccount "team/team" has rights only in team, blue',
        '=> apply it with a Kustomization of the platform',
      ),
    ]);
  });

  it('counts the objects of each namespace', () => {
    const role = object('rbac.authorization.k8s.io/v1', 'ClusterRole', 'r', undefined, 'rules: []');
    const found = told(applying(map('shop') + map('shop', 'n') + map('shop', 'o') + map('blue') + role));
    expect(found).toEqual([
      line('cannot apply ConfigMap "shop/m" and 2 more in the namespace "shop":'),
      line('cannot apply ConfigMap "blue/m" in the namespace "blue":'),
      line('(ClusterRole r ) Kustomization "team/team" cannot apply ClusterRole "r" in no namespace:'),
    ]);
    expect(told(applying(map('shop') + map('shop', 'n')))).toEqual([line('"shop/m" and 1 more in')]);
  });

  it.each([
    ['its own objects', applying(map('team')), 0],
    ['its own Namespace', applying(object('v1', 'Namespace', 'team')), 0],
    ['another Namespace', applying(object('v1', 'Namespace', 'shop')), 1],
    [
      'an object without a namespace that is called like its own',
      applying(object('acme.io/v1', 'Cluster', 'team')),
      1,
    ],
    [
      'what a binding of another namespace allows',
      applying(
        map('shop'),
        [],
        binding('team', 'edit', 'team/team'),
        binding('shop', 'edit', 'team/team', 'c'),
      ),
      0,
    ],
    ['what no binding speaks of', applying(map('shop'), [], binding('team', 'edit', 'team/other')), 0],
    [
      'what a binding of all namespaces allows',
      applying(
        map('shop'),
        [],
        binding('team', 'edit', 'team/team'),
        binding(undefined, 'view', 'team/team', 'c'),
      ),
      0,
    ],
    ['what goes to another cluster', applying(map('shop'), ['kubeConfig: { secretRef: { name: eu } }']), 0],
  ])('judges %s', (_, files, expected) => {
    expect(told(files)).toHaveLength(expected);
  });

  it('reports targetNamespace once, instead of all that it places', () => {
    expect(told(applying(map('x') + map('y', 'z'), ['targetNamespace: shop']))).toEqual([
      line(
        '(Kustomization team spec.targetNamespace) the namespace "shop" is not the tenant\'s: the ServiceAccount "team/team" has rights only in team',
      ),
    ]);
    expect(told(applying(map('x'), ['targetNamespace: team']))).toEqual([]);
    const role = object('rbac.authorization.k8s.io/v1', 'ClusterRole', 'r', undefined, 'rules: []');
    expect(told(applying(map('x') + role, ['targetNamespace: team']))).toEqual([line('(ClusterRole r )')]);
  });

  it('reports where a HelmRelease puts its objects and its state', () => {
    const chart = (more: string) => release('web', 'team', 'web', '  serviceAccountName: team', `  ${more}`);
    const files = (more: string) => ({
      'clusters/prod/r.yaml': chart(more) + account('team') + binding('team', 'edit', 'team/team'),
    });
    expect(told(files('targetNamespace: shop'))).toEqual([line('(HelmRelease web spec.targetNamespace)')]);
    expect(told(files('storageNamespace: shop'))).toEqual([line('(HelmRelease web spec.storageNamespace)')]);
    expect(told(files('storageNamespace: team'))).toEqual([]);
  });

  it('knows the accounts of the controllers, which bootstrap binds', () => {
    const files = (namespace: string, name: string): Files => ({
      'clusters/prod/t.yaml':
        team(namespace, name, './x').replace(/^ {2}name: flux-system$/m, '  name: mine') +
        binding(namespace, 'edit', `${namespace}/${name}`),
      'x/m.yaml': map('shop'),
    });
    expect(told(files('flux-system', 'kustomize-controller'))).toEqual([]);
    expect(told(files('flux-system', 'applier'))).toHaveLength(1);
    expect(told(files('team', 'kustomize-controller'))).toHaveLength(1);
    expect(told(files('flux-system', 'controller-of-all'))).toHaveLength(1);
  });
});
