import type { PictureCluster, PictureNode } from './picture';

/**
 * The Kustomization in whose card each node of a cluster is shown: the one that applies it, or else the one that holds
 * what refers to it or makes it. Kustomizations have cards of their own, and so has what nothing refers to.
 *
 * @returns indexes among the nodes, -1 for a card of its own
 */
export function holdersOf({ nodes, edges }: PictureCluster): number[] {
  const indexes = new Map(nodes.map(({ id }, index) => [id, index]));
  const users = new Map<string, string>();
  for (const edge of edges) {
    if (!users.has(edge.to)) users.set(edge.to, edge.from);
  }
  const holderOf = (node: PictureNode): number => {
    const seen = new Set<string>();
    for (let current: PictureNode | undefined = node; current;) {
      const index = indexes.get(current.id) ?? -1;
      if (current.type === 'kustomization') return index;
      if (seen.size === seen.add(current.id).size) return -1;
      const next: string | undefined =
        current.appliedBy.find((id) => indexes.has(id)) ?? users.get(current.id);
      current = next === undefined ? undefined : nodes[indexes.get(next) ?? -1];
    }
    return -1;
  };
  return nodes.map((node) => (node.type === 'kustomization' ? -1 : holderOf(node)));
}
