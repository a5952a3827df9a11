import type { Finding } from '../../findings/finding';
import type { GraphNode } from '../../graph/graph';
import { addToGroup } from '../../plain/group-by';
import { once } from '../../plain/once';
import type { CheckContext } from '../check-context';
import type { RuleFinding } from '../rule';

/** In which clusters findings are true, where that is known: a file may be wrong in one of the clusters that apply it. */
export class ClusterNotes {
  private readonly clusters = new Map<string, string[]>();

  constructor(private readonly context: CheckContext) {
    for (const { name, findings } of context.graph.clusters)
      for (const { fingerprint } of findings) addToGroup(this.clusters, fingerprint, name);
  }

  /** Notes the clusters of a rule's finding, and gives the finding back. */
  note(found: Finding, { cluster, node }: Pick<RuleFinding, 'cluster' | 'node'>): Finding {
    const names = cluster ?? (node && clusterNames(this.context).get(node)) ?? [];
    for (const name of [names].flat()) addToGroup(this.clusters, found.fingerprint, name);
    return found;
  }

  /** Whether a finding is true in a cluster. */
  holds({ fingerprint }: Finding, cluster: string): boolean {
    return this.clusters.get(fingerprint)?.includes(cluster) ?? true;
  }
}

/** The clusters of nodes. */
const clusterNames = once(
  ({ graph }: CheckContext): ReadonlyMap<GraphNode, string> =>
    new Map(graph.clusters.flatMap(({ name, nodes }) => nodes.map((node) => [node, name] as const))),
);
