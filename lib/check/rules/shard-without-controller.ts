import { atNode } from '../at-node';
import { shardText, watchedNodes, type WatchedNode } from '../facts/installation/shards';
import type { ClusterFacts } from '../facts/cluster-facts';
import { firstNames } from '../../plain/first-names';
import { mapOf } from '../../plain/plain-data';
import { SHARD_KEY, SHARDED_COMPONENTS } from '../../kinds/sharding';
import type { Rule, RuleFinding } from '../rule';

/** Flux objects in a shard that has no controller of its own: one finding for each shard and controller. */
export const shardWithoutController: Rule = {
  code: 'shard-without-controller',
  *check({ clusters }) {
    for (const facts of clusters) yield* lackingIn(facts);
  },
};

/** The first object of a shard without a controller, and the number of other ones. */
interface Lack {
  readonly first: WatchedNode;
  more: number;
}

function* lackingIn(facts: ClusterFacts): Generator<RuleFinding> {
  const lacks = new Map<string, Lack>();
  for (const watched of watchedNodes(facts)) {
    if (!isLacking(watched)) continue;
    const { component, instances, node } = watched;
    const key = `${component} ${shardText(mapOf(node.object?.metadata).labels, instances)}`;
    const known = lacks.get(key);
    if (known) known.more += 1;
    else lacks.set(key, { first: watched, more: 0 });
  }
  for (const { first, more } of lacks.values()) {
    const found = first.watchedBy.length === 0 ? unwatched(first, more) : unsharded(first, more);
    yield { ...found, ...atNode(first.node, 'metadata.labels'), cluster: facts.cluster.name };
  }
}

/** Whether nothing reconciles an object with the label of a shard, or only a controller that reconciles everything. */
function isLacking({ node, component, watchedBy }: WatchedNode): boolean {
  if (watchedBy.length === 0) return true;
  const isSharded = SHARDED_COMPONENTS.some((name) => name === component);
  return isSharded && shardOf(node) !== undefined && watchedBy.every(({ selector }) => selector === '');
}

function shardOf({ object }: WatchedNode['node']): unknown {
  return mapOf(mapOf(object?.metadata).labels)[SHARD_KEY];
}

function unwatched({ node, component, instances }: WatchedNode, more: number): RuleFinding {
  const watched = instances.map(({ name, selector }) => `${name} (${selector})`);
  return {
    locations: [],
    message: `no ${component} watches it${others(more)}, so Flux never reconciles ${more > 0 ? 'them' : 'it'}: it has ${shardText(mapOf(node.object?.metadata).labels, instances)}; there are ${firstNames(watched, 5)}`,
    hint: `use the label of a shard that has a ${component}, or install one: "cdk8s-flux bootstrap --shard" prints its kustomization; for a FluxInstance, list the shard in spec.sharding.shards`,
  };
}

function unsharded({ node, component }: WatchedNode, more: number): RuleFinding {
  return {
    locations: [],
    severity: 'warning',
    message: `the shard ${JSON.stringify(shardOf(node))} has no ${component}; the one that watches all objects reconciles it${others(more)}`,
    hint: 'install the controllers of the shard, or remove the label',
  };
}

function others(more: number): string {
  return more === 0 ? '' : ` and ${more} more`;
}
