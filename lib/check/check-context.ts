import type { Graph } from '../graph/graph';
import type { Tree } from '../tree/tree';
import { clusterConfig, type CheckConfig } from '../config/check-config';
import type { RolloutPolicy } from '../config/rollout-policy';
import { ClusterFacts } from './facts/cluster-facts';

/** How much of the repository a context shows. */
export interface ContextOptions {
  /**
   * Whether the graph has some of the repository's clusters only, so that what no cluster uses cannot be told.
   *
   * @default false
   */
  readonly partial?: boolean;
  /**
   * Whether the graph's clusters are folders that something elsewhere may apply, with variables that are not known.
   *
   * @default false
   */
  readonly isLoose?: boolean;
  /**
   * How far one change may reach.
   *
   * @default - no limits
   */
  readonly policy?: RolloutPolicy;
}

/** What rules look at. */
export class CheckContext {
  /** The clusters, with what rules often ask of them. */
  readonly clusters: readonly ClusterFacts[];

  /**
   * @param tree - the files of the repository
   * @param graph - what Flux does with them
   * @param settings - what `cdk8s-flux.yaml` says of the checks
   * @param options - how much of the repository that is
   */
  constructor(
    readonly tree: Tree,
    readonly graph: Graph,
    readonly settings: CheckConfig,
    readonly options: ContextOptions = {},
  ) {
    this.clusters = graph.clusters.map(
      (cluster) => new ClusterFacts(tree, cluster, clusterConfig(settings, [cluster.name, cluster.entry])),
    );
  }
  /** How far one change may reach. */
  get policy(): RolloutPolicy {
    return this.options.policy ?? {};
  }
}
