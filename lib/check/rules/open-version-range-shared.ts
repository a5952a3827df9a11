import type { GraphNode } from '../../graph/graph';
import { mapOf, textOf, valueAt } from '../../plain/plain-data';
import { atNode } from '../at-node';
import type { CheckContext } from '../check-context';
import type { ClusterFacts } from '../facts/cluster-facts';
import { groupBy } from '../../plain/group-by';
import type { Rule } from '../rule';

/** A version that may become any newer one. */
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
    const byPlace = groupBy(openVersions(context), ({ node, range }) =>
      JSON.stringify([node.location?.file, node.location?.line, range]),
    );
    for (const [first, ...more] of byPlace.values()) {
      const clusters = [...new Set([first, ...more].map((open) => open?.cluster))];
      if (!first || clusters.length < 2) continue;
      const what = first.range === '' ? 'no version' : JSON.stringify(first.range);
      yield {
        ...atNode(first.node, first.field),
        message: `${what} installs every new release, including major ones, in ${clusters.length} clusters at once: ${clusters.join(', ')}`,
        hint: 'limit the range, for example 1.x, and set exact versions for the clusters that come last',
      };
    }
  },
};

function openVersions({ clusters }: CheckContext): OpenVersion[] {
  return clusters.flatMap((facts) => facts.nodes.flatMap((node) => openVersion(facts, node)));
}

function openVersion({ cluster }: ClusterFacts, node: GraphNode): OpenVersion[] {
  const spec = mapOf(node.object?.spec);
  const open = (field: string, range: string | undefined): OpenVersion[] =>
    isOpen(range) ? [{ node, cluster: cluster.name, field, range: range ?? '' }] : [];
  switch (node.identity.kind) {
    case 'HelmRelease': {
      const chart = mapOf(valueAt(spec, 'chart', 'spec'));
      // A chart in a Git repository or bucket has the version that stands there.
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

/** Whether a range has no upper end. Without a version Flux takes `*`. */
function isOpen(range: string | undefined): boolean {
  if (range === undefined) return true;
  return range.split('||').some((part) => {
    const text = part.trim();
    return /^(?:\*|[xX]|)$/.test(text) || (/^>=?\s*v?\d/.test(text) && !/<|\s-\s/.test(text));
  });
}
