import type { ObjectIdentity } from '../../../findings/finding';
import { nodeId } from '../../../graph/node-id';
import { once } from '../../../plain/once';
import type { CheckContext } from '../../check-context';
import type { ClusterFacts } from '../cluster-facts';
import { isStartGuessed } from './guessed-start';

/**
 * A cluster that applies an object which another one lacks, if both may be one: we only assume where Flux starts, and
 * no Kustomization is in both. Clusters of several environments have Kustomizations of the same names.
 */
export function otherPartOfCluster(
  context: CheckContext,
  facts: ClusterFacts,
  identity: ObjectIdentity,
): ClusterFacts | undefined {
  if (!isStartGuessed(context)) return undefined;
  const id = nodeId(identity);
  return context.clusters.find(
    (other) => other !== facts && other.node(id)?.object !== undefined && !haveNamesakes(facts, other),
  );
}

function haveNamesakes(a: ClusterFacts, b: ClusterFacts): boolean {
  return [...startedKustomizations(a)].some((id) => startedKustomizations(b).has(id));
}

/** The Kustomizations of a cluster without its root, which gets its name from the source. */
const startedKustomizations = once(
  ({ cluster, kustomizations }: ClusterFacts): ReadonlySet<string> =>
    new Set(kustomizations.map(({ id }) => id).filter((id) => id !== cluster.root)),
);
