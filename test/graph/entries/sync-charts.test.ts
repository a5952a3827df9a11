import { buildGraph } from '../../../lib/graph/build-graph';
import { bootstrapPaths } from '../../../lib/graph/entries/bootstrap-commands';
import { mapOf } from '../../../lib/plain/plain-data';
import { configMap, treeOf } from '../tree-of';

type Files = Readonly<Record<string, string>>;

const pathsIn = (file: string, text: string) =>
  bootstrapPaths(treeOf({ [file]: text })).map(({ path }) => path);
const values =
  'gitRepository:\n  spec: { url: https://git.acme.io/fleet }\nkustomization:\n  spec:\n    path: /clusters/a\n';

describe('the path in values of a chart that starts Flux', () => {
  it.each([
    ['a file of values', 'setup/values.yaml', values, ['clusters/a']],
    ['values without a source', 'setup/values.yaml', values.replace('spec: { url', 'more: { url'), []],
    ['values without a path', 'setup/values.yaml', values.replace('path', 'interval'), []],
    ['an object', 'setup/values.yaml', `apiVersion: acme.io/v1\nkind: Sync\n${values}`, []],
    ['another file', 'setup/values.json', values, []],
    [
      'a command line',
      'a.sh',
      'helm install s flux2-sync --set kustomization.spec.path=./clusters/a\n',
      ['clusters/a'],
    ],
    [
      'a command line in quotes',
      'a.sh',
      `helm install s x --set "instance.sync.path=clusters/a"\n`,
      ['clusters/a'],
    ],
    [
      'a command line with more values',
      'a.sh',
      'helm install s x --set instance.sync.path=clusters/a,b=c\n',
      ['clusters/a'],
    ],
    [
      'a command line of the operator',
      'a.sh',
      'flux-operator install --instance-sync-path=clusters/a\n',
      ['clusters/a'],
    ],
    ['a command line of other values', 'a.sh', 'helm install s x --set sync.path=clusters/a\n', []],
    ['a comment', 'a.sh', '  # helm install s x --set instance.sync.path=clusters/a\n', []],
    [
      'a block of Terraform',
      'a.tf',
      '  set {\n    name  = "instance.sync.path"\n    value = "clusters/a"\n  }\n',
      ['clusters/a'],
    ],
    [
      'a list of Terraform',
      'a.tf',
      '  set = [{ name = "instance.sync.path", value = "clusters/a" }]\n',
      ['clusters/a'],
    ],
    [
      'a block of Terraform with a variable',
      'a.tf',
      '  set {\n    name  = "instance.sync.path"\n    value = "${var.path}"\n  }\n',
      [],
    ],
  ])('is read from %s', (_, file, text, paths) => {
    expect(pathsIn(file, text)).toEqual(paths);
  });
});

describe('a repository that the chart flux2-sync applies', () => {
  const release = (chart: string) =>
    `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: { name: shop, namespace: flux }\nspec: { interval: 1m, chart: { spec: { chart: ${chart}, sourceRef: { kind: GitRepository, name: sync } } } }\n`;
  const files = (chart: string): Files => ({
    'setup/values.yaml': values.replace('clusters/a', 'admin'),
    'admin/shop.yaml': release(chart),
    'charts/shop/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
    'other/map.yaml': configMap('map'),
  });
  const clusters = (chart: string) =>
    buildGraph(treeOf(files(chart))).clusters.map(({ entry, nodes }) => [
      entry,
      ...nodes
        .filter(({ type }) => type === 'kustomization')
        .flatMap(({ object }) => mapOf(object?.spec).sourceRef),
    ]);

  it('starts at the path of the values, from the source of a chart that is here', () => {
    expect(clusters('./charts/shop')).toEqual([['admin', expect.objectContaining({ name: 'sync' })]]);
    expect(clusters('./charts/elsewhere')).toEqual([
      ['admin', expect.objectContaining({ name: 'flux-system' })],
    ]);
  });
});
