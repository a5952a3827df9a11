import type { PageData } from '../page-data';
import { changeBlock, findingBlock, listOf, nodeEntry } from './blocks';
import { button, make } from './elements';

const SEVERITIES = ['error', 'warning', 'info'] as const;

/** How many findings of a severity are listed before the reader asks for more. */
const LISTED = 200;

/** All findings, the worst first. */
export function findingsList({ nodes, findings }: PageData, go: (node: number) => void): (Node | string)[] {
  const owners = new Map<number, number>();
  nodes.forEach((node, index) => {
    for (const finding of node.findings) if (!owners.has(finding)) owners.set(finding, index);
  });
  const sections = SEVERITIES.map((severity) => {
    const blocks = findings.flatMap((finding, index) => {
      if (finding.severity !== severity || index >= LISTED * SEVERITIES.length) return [];
      const owner = owners.get(index);
      const block = findingBlock(finding);
      return [owner === undefined ? block : button('entry', () => go(owner), block)];
    });
    return listOf(
      { error: 'Errors', warning: 'Warnings', info: 'Notes' }[severity],
      blocks,
      severity !== 'info' || blocks.length <= 12,
    );
  });
  return [make('h2', '', 'Findings'), ...sections];
}

/** All that a change does by its class, or else all that is marked. */
export function changesList(data: PageData, go: (node: number) => void): (Node | string)[] {
  const { nodes, changes } = data;
  const names = [...new Set(changes.map(({ name }) => name))];
  const classes = names.map((name) => {
    const blocks = changes.flatMap((change) => {
      if (change.name !== name) return [];
      const [node] = change.nodes;
      const block = changeBlock(change);
      return [node === undefined ? block : button('entry', () => go(node), block)];
    });
    return listOf(name, blocks);
  });
  const marked = changes.length > 0 ? [] : (['removed', 'changed', 'added'] as const);
  const lists = marked.map((what) => {
    const found = nodes.flatMap(({ change }, index) => (change === what ? [index] : []));
    return listOf(
      what,
      found.map((index) => nodeEntry(data, index, go, { cluster: -1 })),
    );
  });
  return [make('h2', '', 'Changes'), ...classes, ...lists];
}
