import { buildGraph } from '../../../lib/graph/build-graph';
import { bootstrap, configMap, listing, treeOf } from '../tree-of';

type Files = Readonly<Record<string, string>>;

const entriesOf = (files: Files) => buildGraph(treeOf(files)).clusters.map(({ entry }) => entry);

/** A ResourceSet that creates a source and a Kustomization of a path. */
const resourceSet = (path: string, kind = 'ResourceSet', group = 'fluxcd.controlplane.io') =>
  [
    `apiVersion: ${group}/v1`,
    `kind: ${kind}`,
    'metadata: { name: flux-config, namespace: flux-system }',
    'spec:',
    '  resources:',
    '    - apiVersion: source.toolkit.fluxcd.io/v1',
    '      kind: GitRepository',
    '      metadata: { name: flux-system, namespace: flux-system }',
    '      spec: { interval: 1m, url: "https://example.com/fleet.git" }',
    '    - apiVersion: kustomize.toolkit.fluxcd.io/v1',
    '      kind: Kustomization',
    '      metadata: { name: flux-system, namespace: flux-system }',
    `      spec: { interval: 1h, prune: true, path: "${path}", decryption: { provider: sops }, sourceRef: { kind: GitRepository, name: flux-system } }`,
    '',
  ].join('\n');

describe('a ResourceSet with a Kustomization', () => {
  const files = (set: string, list = '../../base/flux.yaml'): Files => ({
    'flux/base/flux.yaml': set,
    'flux/clusters/home/kustomization.yaml': listing(list, 'map.yaml'),
    'flux/clusters/home/other.yaml': configMap('b'),
    'flux/clusters/home/map.yaml': configMap('a'),
  });

  it('shows where Flux starts if the path applies the ResourceSet', () => {
    const graph = buildGraph(treeOf(files(resourceSet('flux/clusters/home'))));
    expect(graph.clusters.map(({ entry }) => entry)).toEqual(['flux/clusters/home']);
    expect(graph.findings.map(({ code }) => code)).not.toContain('entry-guessed');
    const [{ root, nodes } = { root: '', nodes: [] }] = graph.clusters;
    const start = nodes.find(({ id }) => id === root);
    expect(start?.location).toMatchObject({ file: 'flux/base/flux.yaml' });
    expect(start?.object?.spec).toMatchObject({ decryption: { provider: 'sops' } });
  });

  it.each([
    ['the path does not apply it', files(resourceSet('flux/clusters/home'), 'other.yaml')],
    ['the path does not exist', files(resourceSet('flux/clusters/other'))],
    ['the operator fills in the path', files(resourceSet('flux/clusters/<< inputs.name >>'))],
    ['Flux fills in the path', files(resourceSet('flux/clusters/${NAME}'))],
    ['the path is the root', files(resourceSet('./'))],
    ['it is of another kind', files(`# no ResourceSet\n${resourceSet('flux/clusters/home', 'FluxReport')}`)],
    ['it is of another group', files(resourceSet('flux/clusters/home', 'ResourceSet', 'example.com'))],
  ])('shows nothing if %s', (_, tree) => {
    expect(entriesOf(tree)).toEqual([]);
  });

  it('does not count beside what bootstrap wrote', () => {
    const both = { ...files(resourceSet('flux/clusters/home')), ...bootstrap };
    expect(entriesOf(both)).toEqual(['clusters/prod']);
  });

  it('is no sync if its resources have no kind', () => {
    const blank =
      'apiVersion: fluxcd.controlplane.io/v1\nkind: ResourceSet\nspec:\n  resources: [{ apiVersion: kustomize.toolkit.fluxcd.io/v1 }, text]\n';
    expect(entriesOf(files(blank))).toEqual([]);
  });
});

describe('a ResourceSet that creates a FluxInstance', () => {
  const set = (path: string) => `apiVersion: fluxcd.controlplane.io/v1
kind: ResourceSet
metadata: { name: flux, namespace: flux-system }
spec:
  inputs: [{ name: eu }]
  resources:
    - apiVersion: fluxcd.controlplane.io/v1
      kind: FluxInstance
      metadata: { name: flux, namespace: flux-system }
      spec: { sync: { kind: OCIRepository, url: "oci://registry.example.com/fleet", path: "${path}" } }
`;

  it('says where Flux starts', () => {
    const files = (path: string) => ({
      'flux/set.yaml': set(path),
      'a/eu/x.yaml': configMap('x'),
      'b/y.yaml': configMap('y'),
    });
    const entries = (path: string) => buildGraph(treeOf(files(path))).clusters.map(({ entry }) => entry);
    expect(entries('a/<< inputs.name >>')).toEqual(['a/eu']);
    expect(entries('a/<< inputs.none >>')).not.toContain('a/eu');
  });
});
