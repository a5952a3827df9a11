import type { ClusterGraph, GraphEdge, GraphNode } from '../graph/graph';
import { groupBy } from '../plain/group-by';
import type { CheckContext } from './check-context';
import type { ClusterFacts } from './facts/cluster-facts';
import { isMadeInCluster } from './facts/generated-in-cluster';
import { possibleOrigin } from './facts/hidden-parts';
import { missingTarget } from './facts/missing-reference';
import { mayMakeNamesake, namesake } from './rules/dependency-cross-kind';

/**
 * By object, the missing ones for which it waits and which something that the repository does not show may bring. The rules
 * about dependencies report those as less than an error, or not at all.
 */
export function unseenDependencies(
  context: CheckContext,
  { name }: Pick<ClusterGraph, 'name'>,
): ReadonlyMap<string, ReadonlySet<string>> {
  const facts = context.clusters.find(({ cluster }) => cluster.name === name);
  const unseen = (facts?.edges('depends-on') ?? []).filter((edge) => facts && isUnseen(context, facts, edge));
  const byNode = [...groupBy(unseen, ({ from }) => from)];
  return new Map(byNode.map(([from, edges]) => [from, new Set(edges.map(({ to }) => to))]));
}

function isUnseen(context: CheckContext, facts: ClusterFacts, { from, to, field }: GraphEdge): boolean {
  const [source, target] = [facts.node(from), facts.node(to)];
  if (!source || target?.state !== 'missing') return false;
  const { identity } = target;
  if (isMadeInCluster(facts, identity.kind)) return true;
  const other = namesake(facts, identity);
  if (!other) {
    const words = { verb: 'waits for', consequence: '' };
    return missingTarget(context, facts, { source, field, identity, ...words }).severity !== undefined;
  }
  const isThis = ({ node }: { readonly node: GraphNode }) => node === source || node === other;
  return mayMakeNamesake(facts, other) || possibleOrigin(facts, identity, isThis) !== undefined;
}
