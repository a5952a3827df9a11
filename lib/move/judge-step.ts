import { firstNames } from '../plain/first-names';
import type { Change } from '../diff/change';
import { compareCluster } from '../diff/compare-cluster';
import { isDestructive } from '../diff/change-groups';
import { groupChanges } from '../diff/report/group-changes';
import { inClusters, subjectOf } from '../diff/report/words';
import { pairClusters } from '../diff/structure/pair-clusters';
import type { ClusterGraph, Graph } from '../graph/graph';
import { findOrderCycles } from '../graph/order/compute-order';

/** What a commit would do. */
export interface Judgement {
  /** What must not happen: a line each; empty where the commit is safe. */
  readonly problems: readonly string[];
  /** All else that Flux does: a line each. */
  readonly effects: readonly string[];
}

/** Evaluates a commit as Flux does: what it deletes, what it breaks, and what else it changes. */
export function judgeStep(before: Graph, after: Graph): Judgement {
  const pairs = pairClusters(before, after);
  const diffs = pairs.flatMap(({ base, head }) =>
    base && head ? [compareCluster({ base, head }).diff] : [],
  );
  const lost = pairs.flatMap(({ base, head }) =>
    base && !head ? [`cluster ${base.name} would no longer be found`] : [],
  );
  const groups = groupChanges({ clusters: diffs, policy: [] });
  const lineOf = (group: (typeof groups)[number]): string =>
    `${group.change.class}: ${subjectOf(group)} ${inClusters(group.clusters.length)}${firstNames(group.clusters)}: ${group.change.message}`;
  return {
    problems: [
      ...lost,
      ...groups.filter(({ change }) => isUnsafe(change)).map(lineOf),
      ...pairs.flatMap(({ base, head }) => (base && head ? newTroubles(base, head) : [])),
      ...newErrors(before, after),
    ],
    effects: groups.filter(({ change }) => !isUnsafe(change)).map(lineOf),
  };
}

/** Whether something would be lost, or left behind. */
function isUnsafe({ class: name, deletesFirst }: Change): boolean {
  return isDestructive(name) || name === 'refused' || name === 'orphaned' || deletesFirst === true;
}

/** New references to missing objects, and new loops of waiting. */
function newTroubles(before: ClusterGraph, after: ClusterGraph): string[] {
  const [missing, loops] = [missingIn(before), loopsIn(before)];
  return [
    ...missingIn(after)
      .filter((id) => !missing.includes(id))
      .map((id) => `an object in cluster ${after.name} refers to ${id}, which nothing applies any more`),
    ...loopsIn(after)
      .filter((loop) => !loops.includes(loop))
      .map((loop) => `a dependency loop in cluster ${after.name}: ${loop}`),
  ];
}

function missingIn({ nodes }: ClusterGraph): string[] {
  return nodes.flatMap(({ id, state }) => (state === 'missing' ? [id] : []));
}

function loopsIn(cluster: ClusterGraph): string[] {
  return findOrderCycles(cluster).map(({ nodes }) => nodes.join(' -> '));
}

function newErrors(before: Graph, after: Graph): string[] {
  const known = new Set(before.findings.map(({ code, message }) => JSON.stringify([code, message])));
  return after.findings
    .filter(
      ({ severity, code, message }) => severity === 'error' && !known.has(JSON.stringify([code, message])),
    )
    .map(
      ({ code, message, locations: [place] }) =>
        `${code}${place?.file ? ` at ${place.file}` : ''}: ${message}`,
    );
}
