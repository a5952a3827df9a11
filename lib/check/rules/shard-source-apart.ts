import { HELM_GROUP, SOURCE_GROUP } from '../../kinds/groups';
import { fluxKind } from '../../kinds/flux-kinds';
import type { GraphNode } from '../../graph/graph';
import { mapOf } from '../../plain/plain-data';
import { atNode } from '../at-node';
import { controllersOf, watching, type ControllerInstance } from '../facts/installation/controllers';
import { shardText } from '../facts/installation/shards';
import type { Rule, RuleFinding } from '../rule';

/**
 * A chart, or a GitRepository that includes others, whose source another source-controller has: a source-controller sees the
 * objects of its own shard alone.
 */
export const shardSourceApart: Rule = {
  code: 'shard-source-apart',
  *check({ clusters }) {
    for (const facts of clusters) {
      const instances = controllersOf(facts).get('source-controller') ?? [];
      // If there is only one, an object is out of its reach only if nothing watches it, which another rule reports.
      if (instances.length < 2) continue;
      for (const edge of facts.edges('source')) {
        const from = facts.node(edge.from);
        const to = facts.node(edge.to);
        const found = from?.object && to?.object && apart(from, to, edge.field, instances);
        if (found) yield { ...found, cluster: facts.cluster.name };
      }
    }
  },
};

function apart(
  from: GraphNode,
  to: GraphNode,
  field: string,
  instances: readonly ControllerInstance[],
): RuleFinding | undefined {
  const labels = labelsOfFetched(from);
  if (labels === undefined || fluxKind(to.identity.group, to.identity.kind)?.role !== 'source')
    return undefined;
  const target = mapOf(to.object?.metadata).labels;
  const [fetching, holding] = [watching(instances, labels), watching(instances, target)];
  if (!fetching || !holding || fetching.length === 0 || holding.length === 0) return undefined;
  if (fetching.some((instance) => holding.includes(instance))) return undefined;
  const { kind, name } = to.identity;
  const isRelease = from.identity.group === HELM_GROUP;
  const what = isRelease ? 'the HelmChart that Flux creates for it' : `the ${from.identity.kind}`;
  return {
    ...atNode(from, isRelease ? 'spec.chart' : field),
    message: `${what} has ${shardText(labels, instances)} and goes to ${namesOf(fetching)}, which does not see the ${kind} ${JSON.stringify(name)} of ${namesOf(holding)}`,
    hint: isRelease
      ? `set spec.chart.metadata.labels to the label of the ${kind}: it has ${shardText(target, instances)}`
      : 'put both into one shard',
  };
}

/**
 * The labels of what the source-controller reconciles for an object; nothing if it does not fetch from another source.
 */
function labelsOfFetched({ identity, object }: GraphNode): unknown {
  const { group, kind } = identity;
  if (group === HELM_GROUP) return mapOf(mapOf(mapOf(mapOf(object?.spec).chart).metadata).labels);
  const isFetched = group === SOURCE_GROUP && (kind === 'HelmChart' || kind === 'GitRepository');
  return isFetched ? mapOf(mapOf(object?.metadata).labels) : undefined;
}

function namesOf(instances: readonly ControllerInstance[]): string {
  return instances.map(({ name }) => name).join(', ');
}
