import type { ClusterGraph, Graph } from '../../graph/graph';
import { identityKey } from './identity-key';

/** A cluster on both sides, or on one of them. */
export interface ClusterPair {
  /** The cluster in the base. */
  readonly base?: ClusterGraph;
  /** The cluster in the head. */
  readonly head?: ClusterGraph;
}

/**
 * Finds the clusters of the base among those of the head: by the entry path, by the name, then, for an entry path that was
 * renamed, by the root Kustomization and what it leads to.
 */
export function pairClusters(base: Graph, head: Graph): ClusterPair[] {
  const pairing = new Pairing(base.clusters, head.clusters);
  pairing.pairBy(({ entry }) => entry);
  pairing.pairBy(({ name }) => name);
  pairing.pairByContent();
  return pairing.pairs();
}

/** The base with the names that its clusters have in the head, so that both can be compared by name. */
export function withNamesOf(base: Graph, head: Graph): Graph {
  const names = new Map(pairClusters(base, head).map((pair) => [pair.base, pair.head?.name]));
  return {
    ...base,
    clusters: base.clusters.map((cluster) => ({ ...cluster, name: names.get(cluster) ?? cluster.name })),
  };
}

class Pairing {
  private readonly found = new Map<ClusterGraph, ClusterGraph>();
  private readonly taken = new Set<ClusterGraph>();

  constructor(
    private readonly base: readonly ClusterGraph[],
    private readonly head: readonly ClusterGraph[],
  ) {}

  pairBy(keyOf: (cluster: ClusterGraph) => string): void {
    const free = new Map(this.freeHeads().map((cluster) => [keyOf(cluster), cluster]));
    for (const cluster of this.freeBases()) {
      const other = free.get(keyOf(cluster));
      if (other) this.pair(cluster, other);
    }
  }

  /** The two must apply mostly the same objects, otherwise they are different clusters. */
  pairByContent(): void {
    const heads = this.freeHeads();
    if (heads.length === 0) return;
    const contents = new Map(heads.map((cluster) => [cluster, contentOf(cluster)]));
    for (const cluster of this.freeBases()) {
      const own = contentOf(cluster);
      const rated = [...contents]
        .filter(([other]) => !this.taken.has(other) && other.root === cluster.root)
        .map(([other, content]) => ({ other, share: shareOf(own, content) }))
        .filter(({ share }) => share > 0.5)
        .sort((a, b) => b.share - a.share);
      const [best] = rated;
      if (best) this.pair(cluster, best.other);
    }
  }

  pairs(): ClusterPair[] {
    const kept = this.base.map((base) => ({ base, head: this.found.get(base) }));
    return [...kept, ...this.freeHeads().map((head) => ({ head }))];
  }

  private pair(base: ClusterGraph, head: ClusterGraph): void {
    this.found.set(base, head);
    this.taken.add(head);
  }

  private freeBases(): ClusterGraph[] {
    return this.base.filter((cluster) => !this.found.has(cluster));
  }

  private freeHeads(): ClusterGraph[] {
    return this.head.filter((cluster) => !this.taken.has(cluster));
  }
}

/** What a cluster applies, without the objects that bootstrap gives every cluster. */
function contentOf({ nodes, root, syncSource }: ClusterGraph): ReadonlySet<string> {
  const content = new Set(
    nodes.flatMap(({ build }) => (build?.inventory ?? []).map(({ identity }) => identityKey(identity))),
  );
  const rootNode = nodes.find(({ id }) => id === root);
  for (const own of [rootNode?.identity, syncSource]) if (own) content.delete(identityKey(own));
  return content;
}

/** The share of both sets that they have in common, from 0 to 1. */
function shareOf(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const common = [...a].filter((key) => b.has(key)).length;
  return common === 0 ? 0 : common / (a.size + b.size - common);
}
