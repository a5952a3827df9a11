import { isSuspended } from '../../graph/is-suspended';
import { nameOf } from '../../findings/object-name';
import type { ObjectIdentity } from '../../findings/finding';
import type { GraphEdge } from '../../graph/graph';
import { mapOf, textOf, valueAt } from '../../plain/plain-data';
import { groupBy } from '../../plain/group-by';
import { once } from '../../plain/once';
import { atNode } from '../at-node';
import type { CheckContext } from '../check-context';
import type { ClusterFacts, OwnedObject } from '../facts/cluster-facts';
import { programTexts } from '../facts/files/program-texts';
import type { Rule, RuleFinding } from '../rule';

/** A Kustomization that needs variables from a Secret which exists only after the Kustomization was applied. */
export const variableSourceLate: Rule = {
  code: 'variable-source-late',
  *check(context) {
    for (const facts of context.clusters)
      for (const edge of facts.edges('substitute-from')) yield* problemOf(context, facts, edge);
  },
};

function* problemOf(context: CheckContext, facts: ClusterFacts, edge: GraphEdge): Iterable<RuleFinding> {
  const [node, target] = [facts.node(edge.from), facts.node(edge.to)];
  if (
    !node ||
    isSuspended(node) ||
    edge.optional ||
    target?.state !== 'missing' ||
    target.identity.kind !== 'Secret'
  )
    return;
  const makers = secretMakers(facts).get(keyOf(target.identity)) ?? [];
  const [maker] = makers;
  const { name } = target.identity;
  // A Secret that is also made by hand is there in time.
  if (!maker || makers.some(({ owner }) => !comesAfter(facts, owner.id, node.id)) || isByHand(context, name))
    return;
  yield {
    ...atNode(node, edge.field),
    cluster: facts.cluster.name,
    message: `${nameOf(maker.identity)} creates ${nameOf(target.identity)}, but Flux applies it only after it has read the Secret; in a new cluster, neither ever happens`,
    hint: `move the ${maker.identity.kind} to another Kustomization, on which this one depends, or set optional: true`,
  };
}

/** Objects of which a controller makes a Secret, by the Secret. */
const secretMakers = once((facts: ClusterFacts): ReadonlyMap<string, readonly OwnedObject[]> =>
  groupBy([...facts.objects.values()].flat().filter(isMaker), ({ identity: { namespace, name }, object }) => {
    const target = textOf(mapOf(mapOf(object.spec).target).name);
    const template = textOf(valueAt(object.spec, 'template', 'metadata', 'name'));
    return keyOf({ namespace, name: target ?? template ?? name });
  }),
);

/** Whether an object makes a Secret; with other policies, an ExternalSecret only adds to one that something else makes. */
function isMaker({ identity: { kind }, object }: OwnedObject): boolean {
  const policy = textOf(valueAt(object.spec, 'target', 'creationPolicy')) ?? 'Owner';
  return kind === 'SealedSecret' || (kind === 'ExternalSecret' && ['Owner', 'Orphan'].includes(policy));
}

function keyOf({ namespace, name }: Pick<ObjectIdentity, 'namespace' | 'name'>): string {
  return `${namespace}/${name}`;
}

/** Whether a Kustomization is the other one, or is applied by it alone or after it. */
function comesAfter(facts: ClusterFacts, id: string, first: string): boolean {
  const seen = new Set([id]);
  for (const one of seen) {
    if (one === first) return true;
    const owners = facts.node(one)?.appliedBy ?? [];
    if (owners[0] !== undefined && owners.length === 1) seen.add(owners[0]);
    for (const { to } of facts.edgesFrom(one, 'depends-on')) seen.add(to);
  }
  return false;
}

function isByHand(context: CheckContext, name: string): boolean {
  return programTexts(context).some(({ text }) => text.includes(name));
}
