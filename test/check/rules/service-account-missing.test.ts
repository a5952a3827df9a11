import { checkTree } from '../../../lib/check/check-tree';
import { bootstrap, configMap, fluxKustomization, treeOf } from '../../graph/tree-of';
import { line, lines, object, release, resourceSet, type Files } from '../small-repositories';
import { deployment, instance } from './flux-installations';

const locked = { lockDown: true };

describe('service-account-missing', () => {
  const told = (files: Files, settings: { lockDown?: boolean } = locked) =>
    lines('service-account-missing', files, settings);
  const team = (...spec: readonly string[]) => ({
    'clusters/prod/team.yaml': fluxKustomization('team', './team', spec).replace(
      'namespace: flux-system\nspec',
      'namespace: team\nspec',
    ),
  });
  const binding = (subject: string, kind = 'RoleBinding') =>
    object(
      'rbac.authorization.k8s.io/v1',
      kind,
      'b',
      kind === 'RoleBinding' ? 'team' : undefined,
      'roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: edit }',
      `subjects: [{ kind: ServiceAccount, ${subject} }]`,
    );

  it('finds a Kustomization of a tenant and one of the platform', () => {
    expect(told(team())).toEqual([
      line(
        '(Kustomization team spec)',
        'acts as the ServiceAccount "team/default", which has no rights',
        '=> set spec.serviceAccountName to an account in "team"',
      ),
    ]);
    expect(told({ 'clusters/prod/a.yaml': fluxKustomization('a', './a') })).toEqual([
      line(
        'acts as the ServiceAccount "flux-system/default"',
        '=> set spec.serviceAccountName: kustomize-controller, the account',
      ),
    ]);
    expect(told({ 'clusters/prod/a.yaml': release('web', 'flux-system', 'web') })).toEqual([
      line('=> set spec.serviceAccountName: helm-controller'),
    ]);
  });

  it.each([
    ['an account is named', team('serviceAccountName: team')],
    [
      'a binding gives its account rights',
      { ...team(), 'clusters/prod/b.yaml': binding('name: default, namespace: team') },
    ],
    ['it goes to another cluster', team('kubeConfig: { secretRef: { name: eu } }')],
    ['there is the root alone', {}],
  ])('accepts it if %s', (_, files) => {
    expect(told(files)).toEqual([]);
  });

  const unseenBindings = { 'clusters/prod/r.yaml': release('tenants', 'flux-system', 'tenants') };

  it.each<[string, Files]>([
    ['a file that no build reads binds it', { 'by-hand/b.yaml': binding('name: default, namespace: team') }],
    ['a chart may set up namespaces', unseenBindings],
  ])('is an info if %s', (_, files) => {
    const ofTeam = (more: Files) =>
      told({ ...team(), ...more }).filter((text) => text.includes('"team/default"'));
    expect(ofTeam({})).toEqual([line('which has no rights')]);
    expect(ofTeam(files)).toEqual([
      expect.stringMatching(/^info .*; a chart, a policy or a file that no build reads may bind it/),
    ]);
  });

  it('is an error in the namespace of Flux, whatever may bind accounts', () => {
    const files = { 'clusters/prod/a.yaml': fluxKustomization('a', './a'), ...unseenBindings };
    expect(told(files).filter((text) => text.includes('Kustomization a'))).toEqual([
      line('which has no rights'),
    ]);
  });

  it('names an account of the namespace that has rights', () => {
    const account = object('v1', 'ServiceAccount', 'deployer', 'team');
    const files = (subject: string) => ({
      ...team(),
      'clusters/prod/b.yaml': binding(subject) + account + object('v1', 'ServiceAccount', 'a', 'team'),
    });
    expect(told(files('name: deployer, namespace: team'))).toEqual([
      line('=> set spec.serviceAccountName: deployer, an account in "team" with rights'),
    ]);
    expect(told(files('name: deployer, namespace: other'))).toEqual([
      line('=> set spec.serviceAccountName to an account in "team"'),
    ]);
  });

  it.each([
    ['a repository of the platform', 'flux-system', 'platform', 'warning'],
    ['a repository of the team', 'flux-system', 'team', 'warning'],
    ['a repository of something else', 'flux-system', 'other-app', 'error'],
    ['a repository that the team applies itself', 'team', 'platform', 'error'],
  ])('is only a warning if %s may have the binding', (_, namespace, name, severity) => {
    const source = object(
      'source.toolkit.fluxcd.io/v1',
      'GitRepository',
      name,
      namespace,
      `spec: { interval: 1h, url: "https://example.com/${name}" }`,
    );
    const applying = fluxKustomization(name, './x', ['serviceAccountName: kustomize-controller'])
      .replace('namespace: flux-system\nspec', `namespace: ${namespace}\nspec`)
      .replace('    name: flux-system', `    name: ${name}`);
    const words =
      severity === 'warning'
        ? `to which no binding in this repository refers; Kustomization "flux-system/${name}" applies another repository`
        : 'because no binding refers to it';
    expect(told({ ...team(), 'clusters/prod/p.yaml': source + applying })).toEqual([
      line(`${severity} at clusters/prod/team.yaml`, '(Kustomization team spec)', words),
    ]);
  });

  describe('if an account is named', () => {
    const open = { lockDown: false };
    const platform = (name: string) => ({
      'clusters/prod/a.yaml': fluxKustomization('a', './a', [`serviceAccountName: ${name}`]),
      'clusters/prod/account.yaml': object('v1', 'ServiceAccount', 'deployer', 'flux-system'),
    });
    const warning = line(
      'warning at clusters/prod/a.yaml:14 (Kustomization a spec.serviceAccountName)',
      'acts as the ServiceAccount "flux-system/deployer", to which no binding in this repository refers, so it may not apply anything',
      '=> set spec.serviceAccountName: kustomize-controller',
    );
    const bound = (subject: string) => binding(subject, 'ClusterRoleBinding');

    it('warns of one of the platform without a binding, with or without a lock-down', () => {
      expect(told(platform('deployer'))).toEqual([warning]);
      expect(told(platform('deployer'), open)).toEqual([warning]);
      const other = { 'clusters/prod/b.yaml': bound('name: other, namespace: flux-system') };
      expect(told({ ...platform('deployer'), ...other }, open)).toEqual([warning]);
    });

    it('warns of one of a tenant only if the files give another one rights', () => {
      const other = team('serviceAccountName: team')['clusters/prod/team.yaml'].replaceAll('team', 'other');
      const files = { ...team('serviceAccountName: team'), 'clusters/prod/other.yaml': other };
      const rights = (name: string) => ({
        'clusters/prod/b.yaml': binding(`name: ${name}, namespace: ${name}`, 'ClusterRoleBinding'),
      });
      expect(told(files, open)).toEqual([]);
      expect(told({ ...files, ...rights('nobody') }, open)).toEqual([]);
      expect(told({ ...files, ...rights('other') }, open)).toEqual([
        line('warning at clusters/prod/team.yaml', 'the ServiceAccount "team/team"'),
      ]);
    });

    it('is an info of one of a tenant in the files if they give no account rights', () => {
      const account = { 'clusters/prod/account.yaml': object('v1', 'ServiceAccount', 'team', 'team') };
      const info = line('info', '"team/team"', 'the same for every account that Flux acts as');
      expect(told({ ...team('serviceAccountName: team'), ...account }, open)).toEqual([info]);
      const web = release('web', 'team', 'web').replace('spec:', 'spec:\n  serviceAccountName: team');
      expect(told({ 'clusters/prod/web.yaml': web, ...account }, open)).toEqual([info]);
      expect(told({ 'clusters/prod/web.yaml': web }, open)).toEqual([]);
      const rights = { 'clusters/prod/b.yaml': binding('name: team, namespace: team') };
      expect(told({ 'clusters/prod/web.yaml': web, ...account, ...rights }, open)).toEqual([]);
    });

    const mention = (text: string) => ({ 'README.md': text });
    const values = 'spec:\n  values: { accounts: [deployer] }\n';
    const chart = release('rights', 'flux-system', 'rights').replace('spec:\n', values);
    const generator = resourceSet(
      'resources: [{ apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding }]',
    );
    const ownChart = release('web', 'flux-system', './charts/web').replace(
      'kind: HelmRepository, name: charts',
      'kind: GitRepository, name: flux-system',
    );
    const chartFiles = (kind: string) => ({
      'charts/web/Chart.yaml': 'name: web',
      'charts/web/templates/b.yaml': `kind: ${kind}\nmetadata: { name: {{ .Release.Name }} }`,
    });
    const text = (data: string) => object('v1', 'ConfigMap', 'm', 'flux-system', `data: { ${data} }`);
    const policy = (rule: string) =>
      object('kyverno.io/v1', 'ClusterPolicy', 'p', undefined, `spec: { rules: [{ ${rule} }] }`);
    it.each([
      ['a binding', { 'clusters/prod/b.yaml': bound('name: deployer, namespace: flux-system') }],
      ['a chart', { 'clusters/prod/c.yaml': chart }],
      ['a ResourceSet', { 'clusters/prod/r.yaml': generator }],
      ['a command', mention('kubectl create clusterrolebinding d --serviceaccount=flux-system:deployer')],
      ['a command of OpenShift', mention('oc adm policy add-cluster-role-to-user edit -z deployer')],
      ['another one', mention('oc policy add-role-to-user edit -z deployer')],
      [
        'a custom resource',
        {
          'clusters/prod/t.yaml': object(
            'capsule.clastix.io/v1beta2',
            'Tenant',
            'oil',
            undefined,
            'spec: { owners: [{ kind: ServiceAccount, name: "system:serviceaccount:flux-system:deployer" }] }',
          ),
        },
      ],
      ['a chart about rights', { 'clusters/prod/c.yaml': release('tenants', 'flux-system', 'tenants') }],
      ['a chart of this repository', { 'clusters/prod/c.yaml': ownChart, ...chartFiles('RoleBinding') }],
      [
        'values in a ConfigMap',
        {
          'clusters/prod/c.yaml': chart.replace(
            '{ accounts: [deployer] }',
            '{}\n  valuesFrom: [{ kind: ConfigMap, name: m }]',
          ),
          'clusters/prod/m.yaml': text('values.yaml: "accounts: [deployer]"'),
        },
      ],
      ['a script', { 'clusters/prod/m.yaml': text('run: kubectl create rolebinding d -n a deployer') }],
      ['a file that someone applies', { 'rbac/b.yaml': binding('name: deployer, namespace: flux-system') }],
      [
        'a list that someone applies',
        {
          'rbac/b.yaml':
            'kind: List\nitems: [{ kind: RoleBinding, metadata: { namespace: flux-system }, subjects: [{ kind: ServiceAccount, name: deployer }] }]',
        },
      ],
      [
        'a file for all accounts of the namespace',
        {
          'rbac/b.yaml':
            'kind: RoleBinding\nsubjects: [{ kind: Group, name: "system:serviceaccounts:flux-system" }]',
        },
      ],
      ['a file with a variable', { 'rbac/b.yaml': binding('name: "${TENANT}"') }],
      [
        'a file without namespaces',
        { 'rbac/b.yaml': 'kind: RoleBinding\nsubjects: [{ kind: ServiceAccount, name: deployer }]' },
      ],
      [
        'an encrypted binding',
        { 'clusters/prod/b.yaml': binding('name: "ENC[AES256_GCM,data:a]"', 'ClusterRoleBinding') },
      ],
      [
        'a binding of a variable',
        { 'clusters/prod/b.yaml': binding('name: "${ACCOUNT}"', 'ClusterRoleBinding') },
      ],
      [
        'a custom resource for all accounts of the namespace',
        {
          'clusters/prod/t.yaml': object(
            'capsule.clastix.io/v1beta2',
            'Tenant',
            'oil',
            undefined,
            'spec: { owners: [{ kind: Group, name: "system:serviceaccounts:flux-system" }] }',
          ),
        },
      ],
      ['a module of Terraform', { 'main.tf': 'module "t" { service_account = "deployer" }' }],
      ['a chart of a platform', { 'clusters/prod/c.yaml': release('a', 'flux-system', 'shop-base') }],
      ['an encrypted object', { 'clusters/prod/b.yaml': object('v1', '"ENC[AES256_GCM,data:a]"', 'x') }],
      ['a policy', { 'clusters/prod/p.yaml': policy('generate: { kind: RoleBinding }') }],
      [
        'a namespace above',
        { 'clusters/prod/n.yaml': object('hnc.x-k8s.io/v1alpha2', 'SubnamespaceAnchor', 'n', 'x') },
      ],
      ['Terraform', { 'main.tf': 'resource "kubernetes_cluster_role_binding_v1" "d" { name = "deployer" }' }],
      ['flux create tenant', mention('flux create tenant deployer --with-namespace=flux-system')],
    ])('accepts what %s may give rights', (_, files: Files) => {
      expect(told({ ...platform('deployer'), ...files }, open)).toEqual([]);
    });

    it.each([
      ['a chart without bindings', { 'clusters/prod/c.yaml': ownChart, ...chartFiles('Service') }],
      ['a policy for bindings', { 'clusters/prod/p.yaml': policy('match: { kinds: [RoleBinding] }') }],
      [
        'values in a ConfigMap for others',
        {
          'clusters/prod/c.yaml': chart
            .replace('values: { accounts: [deployer] }', 'valuesFrom: [{ kind: ConfigMap, name: m }]')
            .replace('rights', 'web')
            .replace('chart: rights', 'chart: web'),
          'clusters/prod/m.yaml': text('values.yaml: "a: b"'),
        },
      ],
      ['a module of Terraform for something else', { 'main.tf': 'module "t" { name = "deployer" }' }],
      ['a page about accounts', mention('The service_account deployer applies it.')],
      ['a script that binds nothing', { 'clusters/prod/m.yaml': text('run: echo deployer') }],
      ['a file for another name', { 'rbac/b.yaml': binding('name: other, namespace: flux-system') }],
      ['a file for another one', { 'rbac/b.yaml': binding('name: deployer, namespace: team') }],
    ])('is not excused by %s', (_, files: Files) => {
      expect(told({ ...platform('deployer'), ...files }, open)).toEqual([warning]);
    });

    it('is an info if neither the account nor any binding is in the repository', () => {
      const { 'clusters/prod/account.yaml': account, ...files } = platform('deployer');
      expect(account).toContain('ServiceAccount');
      expect(told(files, open)).toEqual([line('info', 'so both may come from elsewhere')]);
    });

    it('accepts that of something suspended', () => {
      const files = { 'clusters/prod/a.yaml': platform('deployer\n  suspend: true')['clusters/prod/a.yaml'] };
      expect(told({ ...platform('deployer'), ...files }, open)).toEqual([]);
    });

    it('is not excused by a page that only mentions it', () => {
      expect(told({ ...platform('deployer'), ...mention('The deployer applies it.') }, open)).toHaveLength(1);
      const command = mention('kubectl create clusterrolebinding d --serviceaccount=flux-system:other');
      expect(told({ ...platform('deployer'), ...command }, open)).toHaveLength(1);
    });

    it.each(['kustomize-controller', 'flux-operator', 'flux-applier', '${ACCOUNT}'])('accepts %s', (name) => {
      expect(told(platform(name), open)).toEqual([]);
    });

    it('is an info if another repository may bind it, but not one that acts as it', () => {
      const more = (name: string, ...spec: string[]) =>
        object(
          'source.toolkit.fluxcd.io/v1',
          'GitRepository',
          name,
          'flux-system',
          `spec: { interval: 1h, url: "https://example.com/${name}" }`,
        ) + fluxKustomization(name, './x', spec).replace('    name: flux-system', `    name: ${name}`);
      const files = { ...platform('deployer'), 'clusters/prod/p.yaml': more('platform') };
      expect(told(files, open)).toEqual([
        line('info', 'Kustomization "flux-system/platform" applies another repository'),
      ]);
      expect(
        told({ 'clusters/prod/p.yaml': more('platform', 'serviceAccountName: deployer') }, open),
      ).toEqual([line('info at clusters/prod/p.yaml', 'so both may come from elsewhere')]);
    });

    it('is a warning if only the repository of a tenant might bind it', () => {
      const source = object(
        'source.toolkit.fluxcd.io/v1',
        'GitRepository',
        'platform',
        'team',
        'spec: { interval: 1h, url: "https://example.com/platform" }',
      );
      const tenant = fluxKustomization('platform', './x')
        .replace('namespace: flux-system\nspec', 'namespace: team\nspec')
        .replace('    name: flux-system', '    name: platform');
      expect(told({ ...platform('deployer'), 'clusters/prod/p.yaml': source + tenant }, open)).toEqual([
        warning,
      ]);
    });

    it('accepts that of the root', () => {
      const sync = 'clusters/prod/flux-system/gotk-sync.yaml';
      const text = (bootstrap[sync] ?? '').replace(
        'prune: true',
        'prune: true\n  serviceAccountName: deployer',
      );
      expect(text).toContain('deployer');
      expect(told({ [sync]: text }, open)).toEqual([]);
    });

    it('is an info if the path from which Flux starts is a guess', () => {
      const { findings } = checkTree(
        treeOf({
          'clusters/prod/a.yaml': fluxKustomization('a', './a', ['serviceAccountName: deployer']),
          'a/a.yaml': configMap('a'),
        }),
      );
      expect(
        findings.flatMap(({ code, severity, message }) =>
          code === 'service-account-missing' ? [`${severity}: ${message}`] : [],
        ),
      ).toEqual([expect.stringMatching(/^info: .*; someone may apply one by hand$/)]);
    });
  });

  it('fails with a binding of another account', () => {
    expect(told({ ...team(), 'clusters/prod/b.yaml': binding('name: other, namespace: team') })).toHaveLength(
      1,
    );
    expect(told(team(), { lockDown: false })).toEqual([]);
  });

  it('uses the controllers that have a default account, and the root if a file shows everything', () => {
    const account = (name: string): Files => ({
      'clusters/prod/flux-system/gotk-components.yaml': deployment(name, '--default-service-account=nobody'),
    });
    const both = { ...team(), 'clusters/prod/r.yaml': release('web', 'team', 'web') };
    expect(told({ ...both, ...account('helm-controller') }, {})).toEqual([
      line('(HelmRelease web spec)', '"team/nobody"'),
    ]);
    expect(told({ ...both, ...account('kustomize-controller') }, {})).toEqual([
      line('(Kustomization flux-system spec)', '"flux-system/nobody"'),
      line('(Kustomization team spec)', '"team/nobody"'),
    ]);
    const refusing = deployment('kustomize-controller', '--no-cross-namespace-refs=true');
    expect(told({ ...both, 'clusters/prod/flux-system/gotk-components.yaml': refusing }, {})).toEqual([]);
    const operator = {
      'clusters/prod/i.yaml': instance('cluster: { multitenant: true, tenantDefaultServiceAccount: nobody }'),
    };
    expect(told({ ...team(), ...operator }, {})).toEqual([line('(Kustomization team spec)')]);
  });
});
