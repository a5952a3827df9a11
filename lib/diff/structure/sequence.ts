import { wavesOfSteps } from '../../graph/order/compute-order';
import type { ClusterGraph, GraphNode } from '../../graph/graph';
import { qualifiedName } from '../../findings/object-name';
import { compareText } from '../../plain/compare-text';
import type { Change } from '../change';
import { compareWaves } from '../compare-waves';
import type { ClusterComparison } from './cluster-comparison';

/** How many changed Kustomizations are ordered: reports show fewer. */
const MAX_ORDERED = 100;

/** When Flux applies the changes of a cluster. */
export class Sequence {
  private readonly waves: ReadonlyMap<string, number>;
  private formerWaves?: ReadonlyMap<string, number>;
  private headNames?: ReadonlySet<string>;

  constructor(private readonly comparison: ClusterComparison) {
    this.waves = wavesOf(comparison.head.cluster);
  }

  /** A change with the wave of its owner. */
  placed(change: Change): Change {
    const wave = change.owner === undefined ? undefined : this.waveOf(change.owner);
    return wave === undefined ? change : { ...change, wave };
  }

  /** Chains of the Kustomizations that apply changes: each applies its own only after the one before. */
  chains(changes: readonly Change[]): string[][] {
    const nodes = this.ownersOf(changes);
    const earlier = this.earlierOf(nodes);
    return chainsOf(
      nodes.map(({ id }) => id),
      reduced(earlier),
    ).map((chain) => chain.map((id) => nameIn(nodes, id)));
  }

  private waveOf(owner: string): number | undefined {
    const wave = this.waves.get(owner);
    if (wave !== undefined || this.headHas(owner)) return wave;
    this.formerWaves ??= wavesOf(this.comparison.base.cluster);
    return this.formerWaves.get(owner);
  }

  private headHas(owner: string): boolean {
    this.headNames ??= new Set(
      [...this.comparison.head.kustomizations.values()].map(({ identity }) => qualifiedName(identity)),
    );
    return this.headNames.has(owner);
  }

  private ownersOf(changes: readonly Change[]): GraphNode[] {
    const names = new Set(changes.flatMap(({ owner, formerOwner }) => [owner, formerOwner]));
    const waveOf = ({ identity }: GraphNode) => this.waves.get(qualifiedName(identity));
    const nodes = [...this.comparison.head.kustomizations.values()].filter(
      (node) => names.has(qualifiedName(node.identity)) && waveOf(node) !== undefined,
    );
    return nodes
      .sort((a, b) => compareWaves(waveOf(a), waveOf(b)) || compareText(a.id, b.id))
      .slice(0, MAX_ORDERED);
  }

  /**
   * What comes before each: what it waits for, and the parent that creates it. An existing Kustomization may apply the
   * change before it learns that it now waits for something else.
   */
  private earlierOf(nodes: readonly GraphNode[]): Map<string, Set<string>> {
    const { comparison } = this;
    const { base, waits } = comparison;
    const earlier = new Map<string, Set<string>>();
    for (const { id, appliedBy } of nodes) {
      const isNew = !base.kustomizations.has(id);
      const before = nodes.filter(
        (other) =>
          other.id !== id &&
          waits.follows(id, other.id) &&
          (isNew || comparison.formerWaits.follows(id, other.id)),
      );
      const parents = isNew ? nodes.filter((other) => appliedBy[0] === other.id && other.id !== id) : [];
      earlier.set(id, new Set([...before, ...parents].map((other) => other.id)));
    }
    return earlier;
  }
}

/** The waves of Kustomizations, by namespace and name. */
function wavesOf(cluster: ClusterGraph): ReadonlyMap<string, number> {
  const waves = wavesOfSteps(cluster);
  return new Map(
    cluster.nodes.flatMap(({ id, type, identity }) => {
      const wave = type === 'kustomization' ? waves.get(id) : undefined;
      return wave === undefined ? [] : [[qualifiedName(identity), wave] as const];
    }),
  );
}

function nameIn(nodes: readonly GraphNode[], id: string): string {
  const node = nodes.find((one) => one.id === id);
  return node ? qualifiedName(node.identity) : id;
}

/** The pairs that do not follow from others. */
function reduced(earlier: ReadonlyMap<string, ReadonlySet<string>>): ReadonlyMap<string, readonly string[]> {
  const reached = new Map([...earlier.keys()].map((id) => [id, allBefore(id, earlier)]));
  return new Map(
    [...earlier].map(([id, before]) => [
      id,
      [...before].filter(
        (one) => ![...before].some((other) => other !== one && reached.get(other)?.has(one)),
      ),
    ]),
  );
}

function allBefore(id: string, earlier: ReadonlyMap<string, ReadonlySet<string>>): ReadonlySet<string> {
  const found = new Set(earlier.get(id));
  // The set grows while it is walked.
  for (const one of found) for (const other of earlier.get(one) ?? []) found.add(other);
  return found;
}

/** Chains that contain each pair once, beginning with what comes first. */
function chainsOf(ids: readonly string[], before: ReadonlyMap<string, readonly string[]>): string[][] {
  const next = new Map<string, string[]>(ids.map((id) => [id, []]));
  for (const id of ids) for (const one of before.get(id) ?? []) next.get(one)?.push(id);
  return ids.flatMap((start) => {
    const chains: string[][] = [];
    for (
      let follower = next.get(start)?.shift();
      follower !== undefined;
      follower = next.get(start)?.shift()
    ) {
      const chain = [start];
      for (let at: string | undefined = follower; at !== undefined; at = next.get(at)?.shift())
        chain.push(at);
      chains.push(chain);
    }
    return chains;
  });
}
