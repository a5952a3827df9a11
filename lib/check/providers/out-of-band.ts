import type { Tree } from '../../tree/tree';
import type { ClusterFacts } from '../cluster-facts';
import type { ApiProvider } from './api-providers';
import { findBootstrapped, type Bootstrapped } from './helmfiles';
import { knownChart } from './known-charts';
import { groupsOfManifests } from './known-manifests';
import { chartOf } from './release-chart';

/** Tells which CRDs are in a cluster before Flux starts: as the configuration says, or a bootstrap in the repository. */
export class OutOfBand {
  private readonly bootstrapped: Bootstrapped;
  private readonly groups: ReadonlySet<string>;

  constructor(tree: Tree) {
    this.bootstrapped = findBootstrapped(tree);
    const { releases, manifests } = this.bootstrapped;
    this.groups = new Set([
      ...manifests.flatMap(groupsOfManifests),
      ...[...releases].flatMap((name) => knownChart(name)?.provides ?? []),
    ]);
  }

  /** Whether a kind is known to the cluster before Flux starts. */
  has(facts: ClusterFacts, group: string, kind: string): boolean {
    const said = facts.settings.providedGroups ?? [];
    return [...said, ...this.groups].some((api) => api === group || api === `${group}/${kind}`);
  }

  /** Whether a provider was already run before Flux took it over. */
  isBootstrapped(facts: ClusterFacts, { node }: Pick<ApiProvider, 'node'>): boolean {
    const { releases } = this.bootstrapped;
    if (node.type !== 'helm-release' || releases.size === 0) return false;
    return releases.has(node.identity.name) || releases.has(chartOf(facts, node)?.name ?? '');
  }
}
