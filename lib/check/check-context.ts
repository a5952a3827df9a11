import type { Graph } from '../graph/graph';
import type { Tree } from '../tree/tree';
import { clusterConfig, type CheckConfig } from '../config/check-config';
import { ClusterFacts } from './cluster-facts';

/** What rules look at. */
export class CheckContext {
  /** The clusters, with what rules often ask of them. */
  readonly clusters: readonly ClusterFacts[];

  /**
   * @param tree - the files of the repository
   * @param graph - what Flux does with them
   * @param settings - what `cdk8s-flux.yaml` says of the checks
   */
  constructor(
    readonly tree: Tree,
    readonly graph: Graph,
    readonly settings: CheckConfig,
  ) {
    this.clusters = graph.clusters.map(
      (cluster) =>
        new ClusterFacts(tree, graph, cluster, clusterConfig(settings, [cluster.name, cluster.entry])),
    );
  }
}
