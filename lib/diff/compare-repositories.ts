import { buildGraph } from '../graph/build-graph';
import type { ClusterGraph, Graph } from '../graph/graph';
import { compareText } from '../plain/compare-text';
import { isBelow } from '../tree/path';
import type { Diff } from './change';
import { compareCluster, type ComparedCluster } from './compare-cluster';
import { classifyContext } from './classify-context';
import type { ClassifyContext, Decryptor } from './classifier';
import { byCause } from '../findings/causes';
import { compareFindings } from './compare-findings';
import { ofLooseFolder } from './loose-folder';
import { maskDiff } from './mask-diff';
import type { RepositorySide } from './repository-side';
import { guardRollout } from './rollout-guard';
import { policyChanges } from './policy-changes';
import { pairClusters, type ClusterPair } from './structure/pair-clusters';
import { addedCluster, addedFolder, removedCluster, removedFolder } from './whole-cluster';

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
  // Folders take the place of clusters only if neither side says where Flux starts.
  const isLoose = [base, head].every(({ report }) => report.graph.clusters.length === 0);
  const folders = isLoose ? [...base.report.folders, ...head.report.folders] : [];
  const [before, after] = [base, head].map((side) =>
    isLoose ? folderGraph(side, folders) : side.report.graph,
  );
  const pairs = pairClusters(before as Graph, after as Graph).filter(
    (pair) => cluster === undefined || (pair.head ?? pair.base)?.name === cluster,
  );
  const compared = pairs
    .map((pair) => comparePair(pair, classifyContext(base, head, pair, decrypt), isLoose))
    .sort((a, b) => compareText(a.diff.name, b.diff.name));
  const findings = compareFindings(base.report.findings, head.report.findings);
  const diffs = compared.map(({ diff }) => diff);
  const guarded = isLoose ? [] : guardRollout(diffs, pairs.length, { base, head });
  const diff: Diff = {
    base: base.side,
    head: head.side,
    clusters: diffs.filter(({ changes }) => changes.length > 0),
    policy: policyChanges(base.project, head.project),
    clusterCount: pairs.length,
    findings: { new: byCause([...guarded, ...findings.new]), gone: byCause(findings.gone) },
    uncompared: compared.flatMap(({ uncompared }) => uncompared),
  };
  return maskDiff(diff, [base.report.masker, head.report.masker]);
}

function comparePair(
  { base, head }: ClusterPair,
  context: ClassifyContext,
  isLoose: boolean,
): ComparedCluster {
  if (base && head) {
    const compared = compareCluster({ base, head }, context);
    return isLoose ? { ...compared, diff: ofLooseFolder(compared.diff, head) } : compared;
  }
  const [added, removed] = isLoose ? [addedFolder, removedFolder] : [addedCluster, removedCluster];
  const diff = head ? added(head) : removed(base as ClusterGraph);
  return { diff, uncompared: [] };
}

/** The contents of folders on one side. If only one side uses a folder by itself, it counts on both. */
function folderGraph({ tree, report }: RepositorySide, folders: readonly string[]): Graph {
  const own = new Set(report.folders);
  const there = [...new Set(folders)].filter((folder) =>
    tree.files.some(({ path }) => isBelow(path, folder)),
  );
  return there.length === own.size && there.every((folder) => own.has(folder))
    ? report.seen
    : buildGraph(tree, { entries: there });
}
