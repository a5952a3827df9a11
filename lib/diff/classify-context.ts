import { ClusterFacts } from '../check/facts/cluster-facts';
import { clusterConfig } from '../config/check-config';
import type { ClusterGraph } from '../graph/graph';
import type { ClassifyContext, Decryptor } from './classifier';
import type { RepositorySide } from './repository-side';
import type { ClusterPair } from './structure/pair-clusters';

/** What classifiers may ask of a cluster. The settings are those of the base, so that a change cannot loosen its own. */
export function classifyContext(
  base: RepositorySide,
  head: RepositorySide,
  pair: ClusterPair,
  decrypt?: Decryptor,
): ClassifyContext {
  const settings = base.project.check;
  const facts = ({ tree }: RepositorySide, cluster: ClusterGraph) =>
    new ClusterFacts(tree, cluster, clusterConfig(settings, [cluster.name, cluster.entry]));
  return {
    ...(pair.base && { base: facts(base, pair.base) }),
    ...(pair.head && { head: facts(head, pair.head) }),
    ...(decrypt && { decrypt }),
  };
}
