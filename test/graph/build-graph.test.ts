import { buildGraph } from '../../lib/graph/build-graph';
import { appliedBy, bootstrap, codesOf, configMap, fluxKustomization, graphOf, treeOf } from './tree-of';

describe('buildGraph', () => {
  it('follows Kustomizations from the entry down', () => {
    const { cluster, graph } = graphOf({
      'clusters/prod/apps.yaml': fluxKustomization('apps', './apps', ['wait: true']),
      'apps/web.yaml': fluxKustomization('web', './web', ['targetNamespace: web', 'dependsOn: [{name: db}]']),
      'web/c.yaml': configMap('c'),
    });
    expect(cluster).toMatchObject({
      name: 'prod',
      entry: 'clusters/prod',
      root: 'Kustomization/flux-system/flux-system',
    });
    expect(cluster.nodes.map(({ id, state }) => `${id} ${state}`)).toEqual([
      'Kustomization/flux-system/flux-system entry',
      'Kustomization/flux-system/apps applied',
      'GitRepository/flux-system/flux-system applied',
      'Kustomization/flux-system/web applied',
      'Kustomization/flux-system/db missing',
    ]);
    expect(appliedBy(cluster, 'web')).toEqual(['ConfigMap/web/c']);
    expect(cluster.edges).toContainEqual({
      from: 'Kustomization/flux-system/web',
      to: 'Kustomization/flux-system/db',
      kind: 'depends-on',
      field: 'spec.dependsOn[0]',
      optional: false,
    });
    expect(codesOf(graph.findings)).toEqual([]);
  });

  it('reports once that ResourceSets create objects', () => {
    const set = (name: string) =>
      `apiVersion: fluxcd.controlplane.io/v1\nkind: ResourceSet\nmetadata: { name: ${name}, namespace: default }\nspec: { inputsFrom: [{ kind: ResourceSetInputProvider, name: more }], resources: [{ apiVersion: v1, kind: ConfigMap }] }\n`;
    const told = (...names: string[]) =>
      graphOf(
        Object.fromEntries(names.map((name) => [`clusters/prod/${name}.yaml`, set(name)])),
      ).graph.findings.map(
        ({ message, object, locations: [place] }) => `${message}: ${object?.name} ${place?.file}`,
      );
    const end = 'objects in the cluster; the graph does not show them: a clusters/prod/a.yaml';
    expect(told('a')).toEqual([`ResourceSet "default/a" creates ${end}`]);
    expect(told('a', 'b', 'c')).toEqual([`ResourceSet "default/a" and 2 more create ${end}`]);
  });

  it('evaluates children as their parent patches them', () => {
    const patch = [
      'patches:',
      '- target: {kind: Kustomization}',
      '  patch: |-',
      '    - {op: replace, path: /spec/path, value: ./patched}',
    ];
    const { cluster } = graphOf({
      'clusters/prod/apps.yaml': fluxKustomization('apps', './apps', patch),
      'apps/web.yaml': fluxKustomization('web', './gone'),
      'patched/c.yaml': configMap('c'),
    });
    expect(appliedBy(cluster, 'web')).toEqual(['ConfigMap//c']);
  });

  it('merges the objects of patchesStrategicMerge', () => {
    const patch = [
      'patchesStrategicMerge:',
      '- {apiVersion: v1, kind: ConfigMap, metadata: {name: c}, data: {x: "1"}}',
    ];
    const { cluster } = graphOf({
      'clusters/prod/apps.yaml': fluxKustomization('apps', './apps', patch),
      'apps/c.yaml': configMap('c', { k: 'v' }),
    });
    const node = cluster.nodes.find(({ id }) => id === 'Kustomization/flux-system/apps');
    expect(node?.build?.inventory[0]?.object.data).toEqual({ k: 'v', x: '1' });
  });

  it('evaluates the root again if it patches itself', () => {
    const { cluster } = graphOf({
      'clusters/prod/flux-system/kustomization.yaml':
        'resources: [gotk-sync.yaml]\npatches:\n- target: {kind: Kustomization}\n  patch: "- {op: add, path: /spec/targetNamespace, value: t}"\n',
      'clusters/prod/c.yaml': configMap('c'),
    });
    expect(appliedBy(cluster, 'flux-system')).toContain('ConfigMap/t/c');
  });

  it('substitutes variables from ConfigMaps that another Kustomization applies, in names and paths too', () => {
    const { cluster } = graphOf({
      'clusters/prod/a.yaml': fluxKustomization('a', './a', [
        'postBuild: {substituteFrom: [{kind: ConfigMap, name: vars}, {kind: Secret, name: s, optional: true}], substitute: {own: x}}',
      ]),
      'clusters/prod/z.yaml': fluxKustomization('z', './z', ['targetNamespace: flux-system']),
      'z/vars.yaml': configMap('vars', { env: 'live', own: 'lost' }),
      'a/child.yaml': fluxKustomization('child-${env}', './apps/${env}/${own}'),
      'a/c.yaml': configMap('c-${none:=d}'),
      'apps/live/x/c.yaml': configMap('found'),
    });
    expect(appliedBy(cluster, 'child-live')).toEqual(['ConfigMap//found']);
    expect(appliedBy(cluster, 'a')).toContain('ConfigMap//c-d');
    const variables = cluster.nodes.find(({ id }) => id.endsWith('/a'))?.build?.variables;
    expect(variables?.complete).toBe(true);
    expect(variables?.used.map(({ name, defined, hasDefault }) => [name, defined, hasDefault])).toEqual([
      ['env', true, false],
      ['none', false, true],
      ['own', true, false],
    ]);
  });

  it('knows the names of secret variables, and does not contain their values', () => {
    const { cluster } = graphOf({
      'clusters/prod/s.yaml':
        'apiVersion: v1\nkind: Secret\nmetadata: {name: s, namespace: flux-system}\nstringData: {token: hunter2}\n',
      'clusters/prod/a.yaml': fluxKustomization('a', './a', [
        'postBuild: {substituteFrom: [{kind: Secret, name: s}]}',
      ]),
      'a/c.yaml': configMap('c', { t: '${token}' }),
    });
    const build = cluster.nodes.find(({ id }) => id.endsWith('/a'))?.build;
    expect(build?.variables).toMatchObject({ secret: ['token'], complete: true });
    expect(JSON.stringify(build)).not.toContain('hunter2');
  });

  it('applies the fields of a Flux Kustomization', () => {
    const { cluster } = graphOf({
      'clusters/prod/a.yaml': fluxKustomization('a', '../../a', [
        'namePrefix: p-',
        'nameSuffix: -s',
        'ignoreMissingComponents: true',
        'components: [../part, ../gone]',
        'commonMetadata: {labels: {team: x}, annotations: {a: b}}',
      ]),
      'a/c.yaml': configMap('c'),
      'part/kustomization.yaml':
        'kind: Component\nconfigMapGenerator: [{name: g, options: {disableNameSuffixHash: true}}]\n',
    });
    expect(appliedBy(cluster, 'a')).toEqual(['ConfigMap//p-c-s', 'ConfigMap//p-g-s']);
    const object = cluster.nodes.find(({ id }) => id.endsWith('/a'))?.build?.inventory[0]?.object;
    expect(object?.metadata).toMatchObject({ labels: { team: 'x' }, annotations: { a: 'b' } });
  });

  it('treats sources outside the repository as leaves, and the same address as the repository', () => {
    const source = (name: string, url: string) =>
      `---\napiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: {name: ${name}, namespace: flux-system}\nspec: {url: "${url}"}\n`;
    const from = (name: string) =>
      fluxKustomization(name, './a').replace('    name: flux-system\n', `    name: ${name}\n`);
    const { cluster } = graphOf({
      'clusters/prod/x.yaml':
        source('same', 'https://github.com/acme/fleet') +
        source('other', 'https://github.com/acme/other') +
        from('same') +
        from('other') +
        from('none'),
      'a/c.yaml': configMap('c'),
    });
    const state = (name: string) =>
      cluster.nodes.find(({ id }) => id === `Kustomization/flux-system/${name}`)?.build?.source;
    expect([state('same'), state('other'), state('none')]).toEqual(['repository', 'outside', 'unknown']);
  });

  it('does not know a path with a variable that is replaced with what no file has', () => {
    const text = (more: string[], folder: string) => ({
      'clusters/prod/x.yaml': fluxKustomization('layer', './layer', more),
      'layer/own.yaml': fluxKustomization('own', './apps/${ENV}'),
      [`apps/${folder}/c.yaml`]: configMap('c'),
    });
    const state = (more: string[], folder = 'prod') => {
      const { graph, cluster } = graphOf(text(more, folder));
      const own = cluster.nodes.find(({ id }) => id === 'Kustomization/flux-system/own');
      return [own?.build?.source, ...codesOf(graph.findings)];
    };
    const from = ['postBuild: {substituteFrom: [{kind: ConfigMap, name: settings}]}'];
    expect(state(from)).toEqual(['unknown']);
    expect(state(from, '${ENV}')).toEqual(['repository']);
    expect(state([])).toEqual(['repository', 'path-missing']);
    expect(state(['postBuild: {substitute: {ENV: prod}}'])).toEqual(['repository']);
    expect(state(['postBuild: {substitute: {ENV: dev}}'])).toEqual(['repository', 'path-missing']);
  });

  it('does not follow objects that go to another cluster', () => {
    const { cluster } = graphOf({
      'clusters/prod/a.yaml': fluxKustomization('a', './a', ['kubeConfig: {secretRef: {name: spoke}}']),
      'a/k.yaml': fluxKustomization('inner', './inner'),
    });
    expect(cluster.nodes.find(({ id }) => id.endsWith('/a'))?.build).toMatchObject({
      remoteCluster: 'spoke',
    });
    expect(cluster.nodes.some(({ id }) => id.endsWith('/inner'))).toBe(false);
    expect(cluster.nodes.find(({ id }) => id === 'Secret/flux-system/spoke')?.state).toBe('missing');
  });

  it('lists all owners of an object that is applied twice', () => {
    const { cluster } = graphOf({
      'clusters/prod/a.yaml': fluxKustomization('a', './a') + fluxKustomization('b', './a'),
      'a/r.yaml':
        'apiVersion: source.toolkit.fluxcd.io/v1\nkind: OCIRepository\nmetadata: {name: r, namespace: x}\nspec: {}\n',
    });
    expect(cluster.nodes.find(({ id }) => id === 'OCIRepository/x/r')?.appliedBy).toEqual([
      'Kustomization/flux-system/a',
      'Kustomization/flux-system/b',
    ]);
  });

  it('recognizes cluster-scoped kinds by CRDs in the tree', () => {
    const crd =
      'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: xs.acme.io}\nspec: {group: acme.io, scope: Cluster, names: {kind: X}}\n';
    const { cluster } = graphOf({
      'clusters/prod/a.yaml': fluxKustomization('a', './a', ['targetNamespace: t']),
      'a/x.yaml': `${crd}---\napiVersion: acme.io/v1\nkind: X\nmetadata: {name: x}\n`,
    });
    const inventory = cluster.nodes.find(({ id }) => id.endsWith('/a'))?.build?.inventory ?? [];
    expect(inventory.map(({ identity }) => identity.namespace)).toEqual([undefined, undefined]);
  });

  it('fails with a finding if a path does not exist', () => {
    const { graph } = graphOf({ 'clusters/prod/a.yaml': fluxKustomization('a', './aps') });
    expect(graph.findings).toMatchObject([
      { code: 'path-missing', locations: [{ file: 'clusters/prod/a.yaml', line: 2 }], field: 'spec.path' },
    ]);
  });
});

describe('entries', () => {
  it('are FluxInstances with a sync, also in values of their chart', () => {
    const instance = (kind: string, spec: string) =>
      `apiVersion: ${kind === 'FluxInstance' ? 'fluxcd.controlplane.io/v1' : 'helm.toolkit.fluxcd.io/v2'}\nkind: ${kind}\nmetadata: {name: flux, namespace: flux-system}\nspec:\n${spec}`;
    const sync = (indent: string, path: string) =>
      `${indent}sync:\n${indent}  kind: OCIRepository\n${indent}  url: oci://x/y\n${indent}  path: ${path}\n`;
    const graph = buildGraph(
      treeOf({
        'a/i.yaml': instance('FluxInstance', sync('  ', 'clusters/one')),
        'a/r.yaml': instance('HelmRelease', `  values:\n    instance:\n${sync('      ', 'clusters/two')}`),
        'clusters/one/c.yaml': configMap('c'),
        'clusters/two/c.yaml': configMap('c'),
      }),
    );
    expect(graph.clusters.map(({ name, syncSource }) => [name, syncSource.kind])).toEqual([
      ['one', 'OCIRepository'],
      ['two', 'OCIRepository'],
    ]);
  });

  it('can be named by the user', () => {
    const tree = treeOf({ ...bootstrap, 'other/c.yaml': configMap('c') });
    expect(buildGraph(tree, { entries: ['./other/'] }).clusters.map(({ entry }) => entry)).toEqual(['other']);
    expect(codesOf(buildGraph(tree, { entries: ['nowhere'] }).findings)).toContain('entry-missing');
  });

  it('are Kustomizations that contain themselves, otherwise the topmost folders with Kustomizations', () => {
    const own = buildGraph(
      treeOf({ 'kubernetes/flux/config/cluster.yaml': fluxKustomization('cluster', './kubernetes/flux') }),
    );
    expect(own.clusters.map(({ entry }) => entry)).toEqual(['kubernetes/flux']);
    const guessed = buildGraph(
      treeOf({
        'clusters/a/x.yaml': fluxKustomization('apps', './apps'),
        'apps/y.yaml': fluxKustomization('web', './web'),
      }),
    );
    expect(guessed.clusters.map(({ entry }) => entry)).toEqual(['clusters/a']);
    expect(codesOf(guessed.findings)).toContain('entry-guessed');
  });

  it('are the folders that mirror the paths of what they apply', () => {
    const { clusters } = buildGraph(
      treeOf({
        'out/flux/apps/web.yaml': fluxKustomization('web', './out/apps/web', ['dependsOn: [{name: crds}]']),
        'out/flux/crds.yaml': fluxKustomization('crds', './out/crds'),
        'out/flux/base/db.yaml': fluxKustomization('db', './out/base/db'),
        'out/apps/web/c.yaml': configMap('c'),
      }),
    );
    expect(clusters.map(({ entry }) => entry)).toEqual(['out/flux']);
    const alone = buildGraph(treeOf({ 'prod/apps/web.yaml': fluxKustomization('web', './apps/web') }));
    expect(alone.clusters.map(({ entry }) => entry)).toEqual(['prod']);
  });

  it('are missing from a repository without Flux', () => {
    const graph = buildGraph(treeOf({ 'a.yaml': configMap('c') }));
    expect([graph.clusters, codesOf(graph.findings)]).toEqual([[], ['entry-not-found']]);
  });
});
