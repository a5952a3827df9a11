import { buildGraph } from '../../../lib/graph/build-graph';
import { codesOf, fluxKustomization, kustomizationFrom, treeOf } from '../tree-of';

type Files = Readonly<Record<string, string>>;

const graphOf = (files: Files) => buildGraph(treeOf(files));
const entriesOf = (files: Files) => graphOf(files).clusters.map(({ entry }) => entry);

const source = (name: string, url: string) =>
  `apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: {name: ${name}, namespace: flux-system}\nspec: {interval: 1m, url: "${url}"}\n`;

describe('a FluxInstance of which only a variable is the path', () => {
  const instance = (path: string) =>
    `apiVersion: fluxcd.controlplane.io/v1\nkind: FluxInstance\nmetadata: {name: flux, namespace: flux-system}\nspec:\n  sync: {kind: GitRepository, url: "https://example.com/fleet.git", path: "${path}"}\n`;
  const stack = source('stack', 'https://example.com/stack.git');
  const cluster = (path: string) => `${stack}${kustomizationFrom('GitRepository', 'stack', path)}`;
  const files: Files = {
    'setup/instance.yaml': instance('${SYNC_PATH}'),
    'clusters/dev/ann/stack.yaml': cluster('./clusters/dev'),
    'clusters/dev/bob/stack.yaml': cluster('./clusters/dev/bob'),
  };

  it('does not start from each folder with a name of one part', () => {
    expect(entriesOf(files)).toEqual(['clusters/dev/ann', 'clusters/dev/bob']);
    expect(entriesOf({ ...files, 'setup/instance.yaml': instance('${ENV}/${NAME}') })).toEqual([
      'clusters/dev/ann',
      'clusters/dev/bob',
    ]);
  });

  it('is the reason for the guess', () => {
    const [guess] = graphOf(files).findings;
    expect(guess).toMatchObject({
      code: 'entry-guessed',
      message: expect.stringContaining(
        'because the path in "setup/instance.yaml" is "${SYNC_PATH}"',
      ) as string,
    });
  });

  it('shows by its address which sources are other repositories, also for entries that someone names', () => {
    expect(codesOf(graphOf(files).findings)).toEqual(['entry-guessed']);
    const named = buildGraph(treeOf(files), { entries: ['clusters/dev/bob'] });
    expect(named.clusters.map(({ nodes }) => nodes.map(({ id }) => id))).toEqual([
      expect.arrayContaining(['Kustomization/flux-system/flux-system', 'Kustomization/flux-system/stack']),
    ]);
    expect(named.findings).toEqual([]);
  });

  it('shows by its address which sources are this repository', () => {
    const self = source('self', 'https://example.com/fleet.git');
    const own = `${self}${kustomizationFrom('GitRepository', 'self', './missing')}${fluxKustomization('more', './setup')}`;
    const graph = graphOf({ ...files, 'clusters/dev/ann/own.yaml': own });
    expect(codesOf(graph.findings)).toEqual(['entry-guessed', 'path-missing']);
  });

  it('shows nothing in examples', () => {
    const { 'setup/instance.yaml': shown = '', ...clusters } = files;
    expect(entriesOf({ ...clusters, 'examples/instance.yaml': shown })).toContain('clusters/dev');
  });

  it('shows no other repositories by an address that is a variable too', () => {
    const unknown = instance('${SYNC_PATH}').replace('https://example.com/fleet.git', '${SYNC_URL}');
    expect(entriesOf({ ...files, 'setup/instance.yaml': unknown })).toContain('clusters/dev');
  });

  it('starts from no folder whose Kustomization has a placeholder in its path', () => {
    const template = { 'clusters/dev/base/stack.yaml': cluster('./clusters/dev/<NAME>') };
    expect(entriesOf({ ...files, ...template })).toEqual(['clusters/dev/ann', 'clusters/dev/bob']);
  });
});
