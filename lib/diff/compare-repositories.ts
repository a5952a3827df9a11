import type { Graph } from '../graph/graph';
import { compareText } from '../plain/compare-text';
import type { Diff } from './change';
import { compareCluster, type ComparedCluster } from './compare-cluster';
import { classifyContext } from './classify-context';
import type { ClassifyContext, Decryptor } from './classifier';
import { compareFindings } from './compare-findings';
import { maskDiff } from './mask-diff';
import type { RepositorySide } from './repository-side';
import { policyChanges } from './policy-changes';
import { pairClusters, type ClusterPair } from './structure/pair-clusters';
import { addedCluster, removedCluster } from './whole-cluster';

/** What is compared. */
export interface CompareOptions {
  /**
   * The name of the only cluster to compare: the head's, or the base's where the head does not have it.
   *
   * @default - all clusters
   */
  readonly cluster?: string;
  /**
   * Opens what sops encrypted, so that values are compared and not their ciphertexts.
   *
   * @default - nothing is opened
   */
  readonly decrypt?: Decryptor;
}

/**
 * Tells what a change of a repository does in its clusters: what Flux will do to reach the head from the base. Both sides
 * are what files ask for; what a cluster really holds is not looked at.
 */
export function compareRepositories(
  base: RepositorySide,
  head: RepositorySide,
  { cluster, decrypt }: CompareOptions = {},
): Diff {
  // Folders stand for clusters only where neither side says where Flux starts.
  const isLoose = [base, head].every(({ report }) => report.graph.clusters.length === 0);
  const [before, after] = [base, head].map(({ report }) => (isLoose ? report.seen : report.graph));
  const pairs = pairClusters(before as Graph, after as Graph).filter(
    (pair) => cluster === undefined || (pair.head ?? pair.base)?.name === cluster,
  );
  const compared = pairs
    .map((pair) => comparePair(pair, classifyContext(base, head, pair, decrypt)))
    .sort((a, b) => compareText(a.diff.name, b.diff.name));
  const diff: Diff = {
    base: base.side,
    head: head.side,
    clusters: compared.map(({ diff }) => diff).filter(({ changes }) => changes.length > 0),
    policy: policyChanges(base.project, head.project),
    clusterCount: pairs.length,
    findings: compareFindings(base.report.findings, head.report.findings),
    uncompared: compared.flatMap(({ uncompared }) => uncompared),
  };
  return maskDiff(diff, [base.report.masker, head.report.masker]);
}

function comparePair({ base, head }: ClusterPair, context: ClassifyContext): ComparedCluster {
  if (base && head) return compareCluster({ base, head }, context);
  if (head) return { diff: addedCluster(head), uncompared: [] };
  return base
    ? { diff: removedCluster(base), uncompared: [] }
    : { diff: { name: '', changes: [], impact: { changed: [], waiting: [] } }, uncompared: [] };
}
