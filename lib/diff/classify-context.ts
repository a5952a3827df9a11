import { isDeepStrictEqual } from 'node:util';
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
  const facts = ({ tree, report }: RepositorySide, cluster: ClusterGraph) => {
    const own = clusterConfig(settings, [cluster.name, cluster.entry]);
    // The check has gathered much of what classifiers ask.
    const known = report.clusters.find((one) => one.cluster === cluster);
    return known && isDeepStrictEqual(known.settings, own) ? known : new ClusterFacts(tree, cluster, own);
  };
  return {
    ...(pair.base && { base: facts(base, pair.base) }),
    ...(pair.head && { head: facts(head, pair.head) }),
    ...(decrypt && { decrypt }),
  };
}
