import type { FluxComponent } from '../../kinds/components';
import type { ClusterFacts } from '../facts/cluster-facts';
import type { ControllerInstance } from '../facts/installation/controllers';
import { keysOf, watchedNodes, type WatchedNode } from '../facts/installation/shards';
import { SHARD_KEY } from '../../kinds/sharding';
import type { Rule, RuleFinding } from '../rule';

/** Several instances of a controller that reconcile the same objects. */
export const shardWatchedTwice: Rule = {
  code: 'shard-watched-twice',
  *check({ clusters }) {
    for (const facts of clusters) yield* fightsIn(facts);
  },
};

/** The instances that watch the same objects, and which objects. */
interface Fight {
  readonly component: FluxComponent;
  readonly instances: readonly ControllerInstance[];
  readonly nodes: WatchedNode['node'][];
}

/** One finding for each set of instances, because the problem comes from how they are started. */
function* fightsIn(facts: ClusterFacts): Generator<RuleFinding> {
  const fights = new Map<string, Fight>();
  for (const { node, component, watchedBy } of watchedNodes(facts)) {
    if (watchedBy.length < 2) continue;
    const key = watchedBy.map(({ name }) => name).join(' ');
    const fight = fights.get(key) ?? { component, instances: watchedBy, nodes: [] };
    fight.nodes.push(node);
    fights.set(key, fight);
  }
  for (const fight of fights.values()) yield { ...findingOf(fight), cluster: facts.cluster.name };
}

function findingOf({ component, instances, nodes }: Fight): RuleFinding {
  const names = instances.map(({ name }) => name).join(' and ');
  const [first, ...others] = nodes;
  const { kind = '', namespace = '', name = '' } = first?.identity ?? {};
  const more = others.length > 0 ? ` and ${others.length} more` : '';
  const key = instances.flatMap(({ selector }) => keysOf(selector))[0] ?? SHARD_KEY;
  const open = instances.find(({ selector }) => selector === '');
  return {
    locations: [(open ?? instances[0])?.location ?? []].flat(),
    message: `${names} reconcile the same objects: ${kind} ${JSON.stringify(`${namespace}/${name}`)}${more}`,
    hint: open
      ? `start ${open.name} with --watch-label-selector=!${key}: "cdk8s-flux bootstrap --kustomization" prints the patch`
      : `give each ${component} a --watch-label-selector that matches no object of another one`,
  };
}
