import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProject } from '../../lib/config/project';
import { buildPicture } from '../../lib/draw/build-picture';
import { renderPicture } from '../../lib/draw/render-picture';
import { buildGraph } from '../../lib/graph/build-graph';
import { computeOrder } from '../../lib/graph/order/compute-order';
import { formatOrder } from '../../lib/graph/order/format-order';
import { loadTree } from '../../lib/tree/load-tree';

const ROOT = join(__dirname, '..', '..');
const GOLDEN = join(__dirname, 'golden');
const EXAMPLES = join(ROOT, 'examples');

/** The systems of the articles, and this project's own. */
const systems: [name: string, folder: string][] = [
  ...readdirSync(EXAMPLES)
    .filter((name) => existsSync(join(EXAMPLES, name, 'cdk8s.yaml')))
    .map((name): [string, string] => [name, join(EXAMPLES, name)]),
  ['main', ROOT],
];

/** Whether this run updates snapshots (`npm run test:update`), and so these files too. */
function isUpdate(): boolean {
  const { snapshotState } = expect.getState() as { snapshotState?: { _updateSnapshot?: string } };
  return snapshotState?._updateSnapshot === 'all';
}

function compare(path: string, text: string): void {
  const file = join(GOLDEN, path);
  if (isUpdate()) {
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, text);
  }
  const committed = existsSync(file)
    ? readFileSync(file, 'utf8')
    : 'missing: npx jest test/draw/golden -u makes it';
  expect(text).toBe(committed);
}

describe.each(systems)('the system %s', (name, folder) => {
  const graph = buildGraph(loadTree(folder).tree, { entries: findProject(folder).entries });
  const picture = buildPicture(graph);

  it('has the order that is committed', () => {
    compare(
      `${name}/order.txt`,
      graph.clusters.map((cluster) => formatOrder(computeOrder(graph, cluster))).join('\n'),
    );
  });

  it.each(['mermaid', 'dot', 'json', 'svg'] as const)(
    'has the picture that is committed, as %s',
    (format) => {
      const ending = format === 'mermaid' ? 'mmd' : format;
      compare(`${name}/graph.${ending}`, renderPicture(picture, format));
    },
  );

  it('has no findings, loops or missing objects', () => {
    expect(picture.findings).toEqual([]);
    const troubles = picture.clusters.flatMap(({ nodes }) => nodes.filter(({ trouble }) => trouble));
    expect(troubles.map(({ id }) => id)).toEqual(
      // Another repository applies it, so it is missing here, and what waits for it never starts.
      name === 'cross-namespace'
        ? ['Kustomization/flux-system/app-config', 'Kustomization/security-system/vault-secrets']
        : [],
    );
  });
});

it('docs/cluster.md shows the picture of this project as it is', () => {
  const chart = /<!-- cdk8s-flux:graph -->\n\n```mermaid\n([^]*?)```\n/.exec(
    readFileSync(join(ROOT, 'docs/cluster.md'), 'utf8'),
  );
  const graph = buildGraph(loadTree(ROOT).tree, { entries: findProject(ROOT).entries });
  const drawn = renderPicture(buildPicture(graph), 'mermaid');
  // Synth uses the cluster's name in the code; from files alone, the cluster has the name of its folder.
  expect(chart?.[1]?.replace('cluster anton', 'cluster flux')).toBe(drawn);
});
