import { didYouMean } from '../../findings/nearest-name';
import { nameOf } from '../../findings/object-name';
import { nodeId } from '../../graph/node-id';
import { sourceOf } from '../../graph/entries/entry';
import type { GraphNode } from '../../graph/graph';
import { groupBy } from '../../plain/group-by';
import { once } from '../../plain/once';
import { mapOf, textOf, type PlainMap } from '../../plain/plain-data';
import { atNode } from '../at-node';
import type { ClusterFacts } from '../facts/cluster-facts';
import { lastPart } from '../facts/releases/release-chart';
import type { Rule, RuleFinding } from '../rule';

/** A chart of a HelmRepository with a name that Flux refuses, that no chart there has, or that is in the address already. */
export const chartNameInvalid: Rule = {
  code: 'chart-name-invalid',
  *check({ clusters }) {
    for (const facts of clusters) for (const node of facts.nodes) yield* problemOf(facts, node);
  },
};

/** What source-controller takes for the name of a chart. */
const CHART_NAME = /^[-a-z0-9]+(?:(?:\/\.?|\.)[-a-z0-9]+)*(?:\/\.?|\.)?$/;
/** Repositories that serve the charts of others, with the others' names in front. */
const VIRTUAL = /artifactory|jfrog|nexus|virtual|proxy|mirror|cache|\/chartrepo\/?$/i;

function* problemOf(facts: ClusterFacts, node: GraphNode): Iterable<RuleFinding> {
  const { spec, field } = chartOfNode(node);
  const chart = textOf(spec.chart);
  if (chart === undefined || chart.includes('${') || mapOf(spec.sourceRef).kind !== 'HelmRepository') return;
  if (!CHART_NAME.test(chart)) {
    yield {
      ...atNode(node, field),
      message: `source-controller refuses the chart name ${JSON.stringify(chart)}: a name may have only lowercase letters, digits, "-", "." and "/"`,
      hint: 'use the name that the chart has in its repository',
    };
    return;
  }
  const source = sourceOf(spec.sourceRef, node.identity.namespace ?? '');
  const repository = mapOf(facts.node(nodeId(source))?.object?.spec);
  const parent = folderAround(chart, repository);
  if (parent !== undefined && chartsOf(facts).get(nodeId(source))?.size === 1)
    yield {
      ...atNode(node, field),
      severity: 'warning',
      message: `Flux adds the name of the chart to the url of ${nameOf(source)}, so it pulls ${JSON.stringify(`${parent}/${chart}/${chart}`)}`,
      hint: `set spec.url of the HelmRepository to ${JSON.stringify(parent)}, unless the registry really has the name twice`,
    };
  if (!repeatsRepository(chart, source.name, repository)) return;
  yield {
    ...atNode(node, field),
    message: `${nameOf(source)} has no chart ${JSON.stringify(chart)}: Flux takes the part before the slash for a part of the name`,
    hint: didYouMean(lastPart(chart)),
  };
}

/** The settings of the chart of a HelmRelease or HelmChart, and the field with its name. */
function chartOfNode({ identity: { kind }, object }: GraphNode): {
  readonly spec: PlainMap;
  readonly field: string;
} {
  const spec = mapOf(object?.spec);
  if (kind === 'HelmChart') return { spec, field: 'spec.chart' };
  return kind === 'HelmRelease'
    ? { spec: mapOf(mapOf(spec.chart).spec), field: 'spec.chart.spec.chart' }
    : { spec: {}, field: '' };
}

/** The names of the charts that are taken from each source. */
const chartsOf = once(({ nodes }: ClusterFacts): ReadonlyMap<string, ReadonlySet<unknown>> => {
  const used = nodes.flatMap((node) => {
    const { spec } = chartOfNode(node);
    const id = nodeId(sourceOf(spec.sourceRef, node.identity.namespace ?? ''));
    return spec.chart === undefined ? [] : [{ id, chart: spec.chart }];
  });
  const bySource = groupBy(used, ({ id }) => id);
  return new Map([...bySource].map(([id, ones]) => [id, new Set(ones.map(({ chart }) => chart))]));
});

/** Folders of a registry that hold charts. */
const CHART_FOLDER = /\/(?:helm|(?:[\w.]+-)*charts?(?:-[\w.]+)*)$/i;

/** The address of a folder with charts, if the url of an OCI repository is that of one chart in it. */
function folderAround(chart: string, { type, url }: PlainMap): string | undefined {
  const address = (textOf(url) ?? '').replace(/\/$/, '');
  if (type !== 'oci' || address.includes('${') || !address.endsWith(`/${chart}`)) return undefined;
  const parent = address.slice(0, -chart.length - 1);
  return CHART_FOLDER.test(parent) ? parent : undefined;
}

/** Whether the part before the slash is the repository itself, as in a command of Helm, and no folder in it. */
function repeatsRepository(chart: string, name: string, { type, url }: PlainMap): boolean {
  const [first = '', rest, more] = chart.split('/');
  const address = textOf(url);
  if (!rest || more !== undefined || address === undefined || type === 'oci') return false;
  if (!/^https?:\/\/[^$]+$/.test(address) || VIRTUAL.test(`${name} ${address}`)) return false;
  return first.length > 2 && (name === first || address.toLowerCase().includes(first));
}
