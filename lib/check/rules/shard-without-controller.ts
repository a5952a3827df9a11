import { atNode } from '../at-node';
import { shardText, watchedNodes, type WatchedNode } from '../facts/shards';
import { firstNames } from '../../plain/first-names';
import { mapOf } from '../../plain/plain-data';
import { SHARD_KEY, SHARDED_COMPONENTS } from '../../kinds/sharding';
import type { Rule, RuleFinding } from '../rule';

/** A Flux object in a shard that has no controller of its own. */
export const shardWithoutController: Rule = {
  code: 'shard-without-controller',
  *check({ clusters }) {
    for (const facts of clusters)
      for (const watched of watchedNodes(facts)) {
        const found = watched.watchedBy.length === 0 ? unwatched(watched) : unsharded(watched);
        if (found) yield { ...found, cluster: facts.cluster.name };
      }
  },
};

function unwatched({ node, component, instances }: WatchedNode): RuleFinding {
  const watched = instances.map(({ name, selector }) => `${name} (${selector})`);
  return {
    ...atNode(node, 'metadata.labels'),
    message: `no ${component} watches it, so Flux never reconciles it: it has ${shardText(mapOf(node.object?.metadata).labels, instances)}; there are ${firstNames(watched, 5)}`,
    hint: `use the label of a shard that has a ${component}, or install one: "cdk8s-flux bootstrap --shard" prints its kustomization; for a FluxInstance, list the shard in spec.sharding.shards`,
  };
}

/** The label says a shard, and only a controller that watches everything reconciles the object. */
function unsharded({ node, component, watchedBy }: WatchedNode): RuleFinding | undefined {
  const label = mapOf(mapOf(node.object?.metadata).labels)[SHARD_KEY];
  const isSharded = SHARDED_COMPONENTS.some((name) => name === component);
  if (label === undefined || !isSharded || watchedBy.some(({ selector }) => selector !== ''))
    return undefined;
  return {
    ...atNode(node, 'metadata.labels'),
    severity: 'warning',
    message: `the shard ${JSON.stringify(label)} has no ${component}; the one that watches all objects reconciles it`,
    hint: 'install the controllers of the shard, or remove the label',
  };
}
