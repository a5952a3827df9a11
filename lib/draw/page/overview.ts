import { pluralOf } from '../count-kinds';
import type { PageData, PageNode } from '../page-data';
import { listOf } from './blocks';
import { button, byId, make, plural } from './elements';

/** What is counted for a cluster. */
const COUNTED = new Set(['kustomization', 'helm-release', 'source', 'operator']);
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** What the overview leads to. */
export interface OverviewActs {
  readonly open: (cluster: number) => void;
  readonly go: (node: number) => void;
}

/** The clusters, and in which of their Kustomizations they differ. What is the same everywhere is shown once. */
export function showOverview(data: PageData, acts: OverviewActs): void {
  const cards = data.clusters.map((_, index) => clusterCard(data, index, acts));
  byId('overview').replaceChildren(
    make('h2', 'offscreen', 'Clusters'),
    make('div', 'clusters', ...cards),
    ...comparison(data, acts),
  );
}

function clusterCard(
  { clusters, nodes, findings }: PageData,
  index: number,
  acts: OverviewActs,
): HTMLElement {
  const own = nodes.filter(({ cluster }) => cluster === index);
  const { name = '', entry = '' } = clusters[index] ?? {};
  const numbers = new Set(own.flatMap((node) => node.findings));
  const badges = ['error', 'warning', 'info'].flatMap((severity) => {
    const count = [...numbers].filter((number) => findings[number]?.severity === severity).length;
    return count === 0
      ? []
      : [make('span', `badge ${severity}`, plural(count, severity === 'info' ? 'note' : severity))];
  });
  const changed = own.filter(({ change }) => change !== '').length;
  if (changed > 0) badges.push(make('span', 'badge changed', plural(changed, 'changed object')));
  const waves = new Set(own.filter(({ holder }) => holder < 0).map(({ wave }) => wave)).size;
  return button(
    'cluster-card',
    () => acts.open(index),
    make('strong', '', name),
    make('small', '', entry),
    make(
      'span',
      'counts',
      ...[plural(waves, 'wave'), ...countsOf(own)].map((words) => make('span', '', words)),
    ),
    make('span', 'badges', ...badges),
  );
}

function countsOf(nodes: readonly PageNode[]): string[] {
  const counts = new Map<string, number>();
  for (const { type, kind } of nodes) if (COUNTED.has(type)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].map(([kind, count]) => `${count} ${count === 1 ? kind : pluralOf(kind)}`);
}

/** A row of the comparison: an object with its node in each cluster; -1 if a cluster does not have it. */
interface Row {
  readonly node: PageNode;
  readonly cells: readonly number[];
  /** Whether it is in all clusters, and whether it is the same in all that have it. */
  readonly isEverywhere: boolean;
  readonly isSame: boolean;
}

function comparison(data: PageData, acts: OverviewActs): (Node | string)[] {
  const rows = rowsOf(data);
  const different = rows.filter(({ isSame }) => !isSame);
  const some = rows.filter(({ isSame, isEverywhere }) => isSame && !isEverywhere);
  const same = rows.filter(({ isSame, isEverywhere }) => isSame && isEverywhere);
  const entries = same.map(({ node, cells }) => button('entry', () => acts.go(cells[0] ?? 0), node.name));
  const equal = listOf('The same in all clusters', entries, entries.length <= 40);
  if (equal instanceof Element) equal.classList.add('columns');
  return [
    ...(different.length === 0
      ? []
      : [
          make('h2', '', `${plural(different.length, 'Kustomization')} with differences`),
          make('p', 'about', 'Clusters with the same letter apply the same objects.'),
          make('div', 'scroller', tableOf(data, different, acts)),
        ]),
    ...(some.length === 0
      ? []
      : [
          make(
            'h2',
            '',
            `${plural(some.length, 'Kustomization')} in only some clusters, without differences`,
          ),
          make('div', 'scroller', tableOf(data, some, acts)),
        ]),
    equal,
  ];
}

function rowsOf({ clusters, nodes }: PageData): Row[] {
  const rows = new Map<string, number[]>();
  nodes.forEach(({ id, cluster, type }, index) => {
    if (type !== 'kustomization') return;
    const cells = rows.get(id) ?? clusters.map(() => -1);
    rows.set(id, cells);
    cells[cluster] = index;
  });
  return [...rows.values()].map((cells) => {
    const found = cells.filter((cell) => cell >= 0);
    const isSame = new Set(found.map((cell) => nodes[cell]?.version)).size === 1;
    const isEverywhere = found.length === clusters.length;
    return { node: nodes[found[0] ?? 0] as PageNode, cells, isEverywhere, isSame };
  });
}

function tableOf({ clusters, nodes }: PageData, rows: readonly Row[], acts: OverviewActs): HTMLElement {
  const head = make(
    'tr',
    '',
    make('td', ''),
    ...clusters.map(({ name }, index) =>
      heading(
        button('entry', () => acts.open(index), name),
        'col',
      ),
    ),
  );
  const lines = rows.map(({ node, cells }) => {
    const columns = cells.map((cell) => {
      const { version = -1, change = '' } = nodes[cell] ?? {};
      if (cell < 0) return make('td', 'none', '–');
      const letter = LETTERS[version] ?? String(version + 1);
      const to = button(`version v${version % 6} ${change}`, () => acts.go(cell), letter);
      to.setAttribute(
        'aria-label',
        `${node.name} in ${clusters[nodes[cell]?.cluster ?? 0]?.name}: version ${letter}${change && `, ${change}`}`,
      );
      return make('td', '', to);
    });
    return make('tr', '', heading(node.name, 'row'), ...columns);
  });
  return make('table', '', make('thead', '', head), make('tbody', '', ...lines));
}

function heading(content: Node | string, scope: 'row' | 'col'): HTMLElement {
  const made = make('th', '', content);
  made.scope = scope;
  return made;
}
