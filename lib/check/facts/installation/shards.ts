import type { FluxComponent } from '../../../kinds/components';
import { SHARD_KEY } from '../../../kinds/sharding';
import { fluxKind } from '../../../kinds/flux-kinds';
import { mapOf } from '../../../plain/plain-data';
import type { GraphNode } from '../../../graph/graph';
import type { ClusterFacts } from '../cluster-facts';
import { controllersOf, watching, type ControllerInstance } from './controllers';
import { asText } from '../../../plain/as-text';

/** A Flux object and the controllers of its component that watch it. */
export interface WatchedNode {
  readonly node: GraphNode;
  readonly component: FluxComponent;
  /** All instances of the component in the cluster. */
  readonly instances: readonly ControllerInstance[];
  readonly watchedBy: readonly ControllerInstance[];
}

/** The Flux objects of a cluster whose controllers its files show. */
export function* watchedNodes(facts: ClusterFacts): Generator<WatchedNode> {
  const controllers = controllersOf(facts);
  if (controllers.size === 0) return;
  for (const node of facts.nodes) {
    const { identity, object } = node;
    const component = fluxKind(identity.group, identity.kind)?.controller;
    const instances = component && controllers.get(component);
    if (!object || !instances || identity.kind === 'ExternalArtifact') continue;
    const { labels } = mapOf(object.metadata);
    const watchedBy = isSettled(labels) ? watching(instances, labels) : undefined;
    if (watchedBy) yield { node, component, instances, watchedBy };
  }
}

/** Whether no value of the labels still contains a variable. */
function isSettled(labels: unknown): boolean {
  return !Object.values(mapOf(labels)).some((value) => typeof value === 'string' && value.includes('${'));
}

/** The label of a shard that an object has, as text: `sharding.fluxcd.io/key=shard1`. */
export function shardText(labels: unknown, instances: readonly ControllerInstance[]): string {
  const known = mapOf(labels);
  const keys = [SHARD_KEY, ...instances.flatMap(({ selector }) => keysOf(selector))];
  const key = keys.find((name) => Object.hasOwn(known, name));
  return key === undefined ? 'no label of a shard' : `the label ${key}=${asText(known[key])}`;
}

/** The labels of the shards of a selector. */
export function keysOf(selector: string): string[] {
  return selector.split(',').flatMap((part) => /^!?\s*([^\s=!]+)/.exec(part.trim())?.[1] ?? []);
}
