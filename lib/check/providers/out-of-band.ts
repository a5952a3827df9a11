import type { GraphNode } from '../../graph/graph';
import { directoryOf } from '../../tree/path';
import type { Tree } from '../../tree/tree';
import type { CheckContext } from '../check-context';
import type { ClusterFacts } from '../facts/cluster-facts';
import { once } from '../../plain/once';
import type { ApiProvider } from './api-providers';
import { findBootstrapped, type Bootstrapped } from './bootstrapped';
import { knownChart } from './known-charts/find-chart';
import { groupsOfManifests } from './known-manifests';
import { chartOf } from '../facts/releases/release-chart';

/** Which CRDs of a repository are there before Flux starts. Found once for each context. */
export const outOfBand = once((context: CheckContext) => new OutOfBand(context.tree, context.clusters));

/**
 * Tells which CRDs are in a cluster before Flux starts, according to the configuration or to a bootstrap in the
 * repository.
 */
class OutOfBand {
  private readonly bootstrapped: Bootstrapped;
  private readonly groups: ReadonlySet<string>;

  constructor(tree: Tree, clusters: readonly ClusterFacts[]) {
    const built = new Set(clusters.flatMap(({ kustomizations }) => kustomizations.flatMap(readsOf)));
    this.bootstrapped = findBootstrapped(tree, (path) => built.has(path) || built.has(directoryOf(path)));
    const { releases, manifests } = this.bootstrapped;
    this.groups = new Set([
      ...manifests.flatMap(groupsOfManifests),
      ...[...releases].flatMap((name) => knownChart(name)?.provides ?? []),
    ]);
  }

  /** Whether the repository shows that something is installed before Flux starts. */
  get hasBootstrap(): boolean {
    return this.bootstrapped.releases.size + this.bootstrapped.manifests.length > 0;
  }

  /** Whether the cluster knows a kind before Flux starts. */
  has(facts: ClusterFacts, group: string, kind: string): boolean {
    const said = facts.settings.providedGroups ?? [];
    return [...said, ...this.groups].some((api) => api === group || api === `${group}/${kind}`);
  }

  /** Whether a provider was already running before Flux adopted it. */
  isBootstrapped(facts: ClusterFacts, { node }: Pick<ApiProvider, 'node'>): boolean {
    const { releases } = this.bootstrapped;
    if (node.type !== 'helm-release' || releases.size === 0) return false;
    return releases.has(node.identity.name) || releases.has(chartOf(facts, node)?.name ?? '');
  }
}

function readsOf({ build }: GraphNode): readonly string[] {
  return build?.reads ?? [];
}
