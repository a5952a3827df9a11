import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pictureFiles } from '../../lib/app/pictures';
import { dependencyMissing } from '../../lib/check/rules/dependency-missing';
import { findProject } from '../../lib/config/project';
import { buildPicture } from '../../lib/draw/build-picture';
import { renderPicture } from '../../lib/draw/render-picture';
import { isSealed, sealed } from '../../lib/draw/seal';
import { buildGraph } from '../../lib/graph/build-graph';
import type { Graph } from '../../lib/graph/graph';
import { Masker } from '../../lib/mask/masker';
import { loadTree } from '../../lib/tree/load-tree';
import type { Tree } from '../../lib/tree/tree';
import { fluxKustomization, treeOf } from '../graph/tree-of';

const ROOT = join(__dirname, '..', '..');

function stateWith(name: string) {
  const tree = treeOf({ 'clusters/home/apps.yaml': fluxKustomization(name, './apps') });
  return { tree, graph: buildGraph(tree, { entries: ['clusters/home'] }) };
}

function pictureOf({ tree, graph }: { readonly tree: Tree; readonly graph: Graph }) {
  return buildPicture(graph, { findings: [], masker: Masker.of(graph, tree) });
}

const state = stateWith('apps');
const picture = pictureOf(state);

describe('the seal of a drawing', () => {
  const drawn = sealed('<svg>mine</svg>', picture, 'svg');

  it('shows what was drawn, and that it is unchanged', () => {
    expect(drawn).toMatch(/^<svg>mine<\/svg>\n<!-- cdk8s-flux drawing [0-9a-f]{64} -->\n$/);
    expect(isSealed(drawn, picture, 'svg')).toBe(true);
  });

  it('is broken by another picture, another format and every change of the file', () => {
    const other = pictureOf(stateWith('others'));
    expect(isSealed(drawn, other, 'svg')).toBe(false);
    expect(isSealed(drawn, picture, 'html')).toBe(false);
    expect(isSealed(drawn.replace('mine', 'mime'), picture, 'svg')).toBe(false);
    expect(isSealed(`${drawn}\n`, picture, 'svg')).toBe(false);
    expect(isSealed('<svg>mine</svg>\n', picture, 'svg')).toBe(false);
  });

  it('is left out of formats that are drawn quickly', () => {
    expect(sealed('flowchart LR\n', picture, 'mermaid')).toBe('flowchart LR\n');
    expect(isSealed('flowchart LR\n', picture, 'mermaid')).toBe(false);
  });
});

describe('the pictures of a project', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'cdk8s-flux-seal-'));
    writeFileSync(join(folder, 'cdk8s-flux.yaml'), 'version: 1\nroot: .\npictures: [{ file: graph.svg }]\n');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const planned = () => pictureFiles(findProject(folder), state, 'out')[0]?.bytes.toString('utf8') ?? '';

  it('are not drawn again if they exist', () => {
    const there = sealed('<svg>drawn before</svg>', picture, 'svg');
    writeFileSync(join(folder, 'graph.svg'), there);
    expect(planned()).toBe(there);
  });

  it('are drawn if the file is missing or was changed', () => {
    const drawn = planned();
    expect(drawn).toContain('Kustomization');
    expect(isSealed(drawn, picture, 'svg')).toBe(true);
    writeFileSync(join(folder, 'graph.svg'), drawn.replace('Kustomization', 'kustomization'));
    expect(planned()).toBe(drawn);
  });

  it('share what the rules about references find', () => {
    const pictures = ['a.svg', 'b.svg', 'c.html'].map((file) => `{ file: ${file} }`).join(', ');
    writeFileSync(join(folder, 'cdk8s-flux.yaml'), `version: 1\nroot: .\npictures: [${pictures}]\n`);
    const check = jest.spyOn(dependencyMissing, 'check');
    expect(pictureFiles(findProject(folder), state, 'out')).toHaveLength(3);
    expect(check).toHaveBeenCalledTimes(1);
    check.mockRestore();
  });
});

it('the committed picture of this repository is up to date', () => {
  const tree = loadTree(ROOT, { except: (path) => !path.startsWith('cluster-resources') }).tree;
  const { clusters, findings } = buildGraph(tree, { entries: ['cluster-resources/flux'] });
  const named = { clusters: clusters.map((cluster) => ({ ...cluster, name: 'anton' })), findings };
  const drawn = renderPicture(pictureOf({ tree, graph: named }), 'svg').trimEnd();
  const committed = readFileSync(join(ROOT, 'docs', 'cluster.svg'), 'utf8');
  expect(committed.replace(/<!-- cdk8s-flux drawing .* -->\n$/, '').trimEnd()).toBe(drawn);
});
