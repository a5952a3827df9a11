import { nameOf } from '../../findings/object-name';
import type { AppliedObject, GraphNode } from '../../graph/graph';
import { isSuspended } from '../../graph/is-suspended';
import { nodeId } from '../../graph/node-id';
import { groupBy } from '../../plain/group-by';
import { atNode } from '../at-node';
import type { CheckContext } from '../check-context';
import type { ClusterFacts } from '../facts/cluster-facts';
import { isCoreNamespace, isNamespaceMadeOtherwise } from '../facts/namespaces/namespaces-made';
import { listKinds } from '../providers/list-kinds';
import type { Rule, RuleFinding } from '../rule';

/** Up to this many Kustomizations are named one by one. */
const FEW = 4;

/** Objects that may be applied before their namespace is there. */
export const namespaceRace: Rule = {
  code: 'namespace-race',
  *check(context) {
    for (const facts of context.clusters) {
      const races = racesOf(context, facts);
      for (const alike of groupBy(races, ({ maker, isReversed }) => `${maker.id} ${isReversed}`).values())
        yield* alike.length > FEW ? [habit(facts, alike)] : alike.map((race) => problem(facts, race));
    }
  },
};

/** Objects of a Kustomization in a namespace, and the Kustomization that makes it but need not come first. */
interface Race {
  readonly owner: GraphNode;
  readonly namespace: string;
  readonly objects: readonly AppliedObject[];
  readonly maker: GraphNode;
  /** Whether the maker comes only after the objects, so that neither is ever applied. */
  readonly isReversed: boolean;
}

function racesOf(context: CheckContext, facts: ClusterFacts): Race[] {
  return facts.kustomizations
    .filter((owner) => isApplied(owner) && !waitsForMissing(facts, owner))
    .flatMap((owner) => {
      const own = new Set(
        owner.build?.inventory
          .filter(({ identity }) => isCoreNamespace(identity))
          .map(({ identity }) => identity.name),
      );
      const byNamespace = groupBy(owner.build?.inventory ?? [], ({ identity }) => identity.namespace ?? '');
      return [...byNamespace].flatMap(([namespace, objects]) => {
        const makers = makersOf(facts, namespace);
        const [maker] = makers;
        if (!maker || own.has(namespace) || isNamespaceMadeOtherwise(context, facts, namespace)) return [];
        const use = { id: owner.id, at: 'applied' } as const;
        if (makers.some(({ id }) => facts.precedence.follows(use, { id, at: 'applied' }))) return [];
        const isReversed = makers.every(({ id }) => facts.precedence.needs({ id, at: 'applied' }, use));
        return [{ owner, namespace, objects, maker, isReversed }];
      });
    });
}

/** Whether everything that a Kustomization applies is known, and goes to the cluster itself. */
function isApplied({ build, object }: GraphNode): boolean {
  return build?.complete === true && build.remoteCluster === undefined && !isSuspended({ object });
}

/** Whether a Kustomization waits for what is not in sight: it never starts, or the order is unknown. */
function waitsForMissing(facts: ClusterFacts, { id }: GraphNode): boolean {
  return facts.edgesFrom(id, 'depends-on').some(({ to }) => facts.node(to)?.state === 'missing');
}

function makersOf(facts: ClusterFacts, namespace: string): readonly GraphNode[] {
  const id = nodeId({ group: '', kind: 'Namespace', name: namespace });
  return (facts.objects.get(id) ?? []).map(({ owner }) => owner);
}

function problem(facts: ClusterFacts, race: Race): RuleFinding {
  const { owner, namespace, objects, maker, isReversed } = race;
  const [first] = objects;
  const what = `applies ${listKinds(objects)} in the namespace ${JSON.stringify(namespace)}`;
  const found = {
    ...atNode(owner, 'spec.dependsOn'),
    locations: [...(atNode(owner).locations ?? []), ...(first ? [first.location] : [])],
    cluster: facts.cluster.name,
  };
  if (isReversed)
    return {
      ...found,
      severity: 'error',
      message: `${what}, which ${nameOf(maker.identity)} creates, but that one is applied only after it: on a new cluster neither is ever applied`,
      hint: 'move the Namespace to where it is applied first',
    };
  return {
    ...found,
    message: `${what}, but does not wait for ${nameOf(maker.identity)}, which creates it: on a new cluster it fails until the namespace exists, and retries only after each retryInterval`,
    hint: `add ${nameOf(maker.identity)} to spec.dependsOn`,
  };
}

/** If many do not wait, the finding is at the Kustomization that creates the namespaces. */
function habit(facts: ClusterFacts, races: readonly Race[]): RuleFinding {
  const [{ maker, isReversed }] = races as [Race];
  const owners = [...new Set(races.map(({ owner }) => owner))];
  const names = owners.slice(0, FEW).map(({ identity }) => JSON.stringify(identity.name));
  return {
    ...atNode(maker),
    locations: [maker, ...owners].flatMap(({ location }) => location ?? []),
    cluster: facts.cluster.name,
    ...(isReversed && { severity: 'error' as const }),
    message: `${owners.length} Kustomizations apply objects in namespaces that it creates, and do not wait for it (${names.join(', ')}, ...): on a new cluster they fail until the namespaces exist, and retry only after each retryInterval`,
    hint: 'make them depend on it, or create the namespaces before all others',
  };
}
