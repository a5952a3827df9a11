import type { GraphNode } from '../../graph/graph';
import { mapOf, textOf, valueAt } from '../../plain/plain-data';
import { allowedClusters } from '../../config/rollout-policy';
import { atNode } from '../at-node';
import type { CheckContext } from '../check-context';
import type { ClusterFacts } from '../facts/cluster-facts';
import { groupBy } from '../../plain/group-by';
import { isOpenRange } from '../facts/images/version-movers';
import type { Rule } from '../rule';

/** A version that may become any newer version. */
interface OpenVersion {
  readonly node: GraphNode;
  readonly cluster: string;
  readonly field: string;
  readonly range: string;
}

/** A range without an upper end that several clusters share. */
export const openVersionRangeShared: Rule = {
  code: 'open-version-range-shared',
  *check(context) {
    // Without a policy, two clusters are already too many.
    const allowed = allowedClusters(context.policy, context.clusters.length) ?? 1;
    const byPlace = groupBy(openVersions(context), ({ node, range }) =>
      JSON.stringify([node.location?.file, node.location?.line, range]),
    );
    for (const [first, ...more] of byPlace.values()) {
      const clusters = [...new Set([first, ...more].flatMap((open) => open?.cluster ?? []))];
      if (!first || clusters.length <= allowed) continue;
      const what = first.range === '' ? 'no version' : JSON.stringify(first.range);
      yield {
        ...atNode(first.node, first.field),
        cluster: clusters,
        message: `${what} installs every new release, including major ones, in ${clusters.length} clusters at once: ${clusters.join(', ')}`,
        hint: 'limit the range, for example 1.x, and set exact versions for the clusters that come last',
      };
    }
  },
};

function openVersions({ clusters }: CheckContext): OpenVersion[] {
  return clusters.flatMap((facts) =>
    facts.nodes.filter((node) => !facts.isRefused(node)).flatMap((node) => openVersion(facts, node)),
  );
}

function openVersion({ cluster }: ClusterFacts, node: GraphNode): OpenVersion[] {
  const spec = mapOf(node.object?.spec);
  const open = (field: string, range: string | undefined): OpenVersion[] =>
    isOpenRange(range) ? [{ node, cluster: cluster.name, field, range: range ?? '' }] : [];
  switch (node.identity.kind) {
    case 'HelmRelease': {
      const chart = mapOf(valueAt(spec, 'chart', 'spec'));
      // A chart in a Git repository or bucket has the version in its files.
      const isCharts = mapOf(chart.sourceRef).kind === 'HelmRepository';
      return isCharts ? open('spec.chart.spec.version', textOf(chart.version)) : [];
    }
    case 'OCIRepository':
    case 'GitRepository': {
      const range = textOf(mapOf(spec.ref).semver);
      return range === undefined ? [] : open('spec.ref.semver', range);
    }
    default:
      return [];
  }
}
