import type { ClusterGraph } from '../graph/graph';
import { groupBy } from '../plain/group-by';
import type { CheckContext } from './check-context';
import { mayBeBrought, missingDependencies } from './facts/missing-dependencies';

/**
 * By object, the missing ones for which it waits and which something that the repository does not show may bring. The rules
 * about dependencies report those as less than an error, or not at all.
 */
export function unseenDependencies(
  context: CheckContext,
  { name }: Pick<ClusterGraph, 'name'>,
): ReadonlyMap<string, ReadonlySet<string>> {
  const unseen = missingDependencies(context).filter(
    (missing) => missing.facts.cluster.name === name && mayBeBrought(missing),
  );
  const byNode = [...groupBy(unseen, ({ edge }) => edge.from)];
  return new Map(byNode.map(([from, all]) => [from, new Set(all.map(({ edge }) => edge.to))]));
}
