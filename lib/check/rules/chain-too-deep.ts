import { DEFAULT_CHAIN_DEPTH } from '../../config/check-config';
import { atNode } from '../at-node';
import type { ClusterFacts } from '../facts/cluster-facts';
import type { Rule } from '../rule';

/** A long chain of dependencies. */
export const chainTooDeep: Rule = {
  code: 'chain-too-deep',
  *check({ clusters, settings }) {
    const most = settings.chainDepth ?? DEFAULT_CHAIN_DEPTH;
    for (const cluster of clusters) {
      // Looking for loops takes long, and most clusters have no such chain at all.
      if (![...cluster.chainLengths.values()].some((length) => length >= most)) continue;
      const chain = longestChain(cluster);
      const last = cluster.node(chain.at(-1) ?? '');
      if (!last || chain.length <= most) continue;
      const names = chain.map((id) => cluster.node(id)?.identity.name ?? id);
      yield {
        ...atNode(last, 'spec.dependsOn'),
        message: `a chain of ${chain.length} rolls out changes slowly, because each waits for the one before: ${names.join(' -> ')}`,
        hint: `remove dependencies that are not needed, or set check.chainDepth in cdk8s-flux.yaml to more than ${most}`,
      };
    }
  },
};

/** The longest chain of a cluster, beginning with what starts first. A loop, which never starts, is not a chain. */
function longestChain(cluster: ClusterFacts): readonly string[] {
  const { nodes, chainLengths, cycles } = cluster;
  if (cycles.length > 0) return [];
  const length = (id: string) => chainLengths.get(id) ?? 0;
  let current = nodes.reduce<string | undefined>(
    (best, { id }) => (best === undefined || length(id) > length(best) ? id : best),
    undefined,
  );
  const chain: string[] = [];
  while (current !== undefined) {
    chain.unshift(current);
    const wanted: number = length(current) - 1;
    current = cluster.edgesFrom(current, 'depends-on').find(({ to }) => length(to) === wanted)?.to;
  }
  return chain;
}
