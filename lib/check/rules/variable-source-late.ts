import { isSuspended } from '../../graph/is-suspended';
import { nameOf } from '../../findings/object-name';
import type { ObjectIdentity } from '../../findings/finding';
import type { GraphNode } from '../../graph/graph';
import { nodeId } from '../../graph/node-id';
import { SYNC_FILE } from '../../kinds/names';
import { mapOf, textOf, valueAt } from '../../plain/plain-data';
import { groupBy } from '../../plain/group-by';
import { once } from '../../plain/once';
import { directoryOf, joinPath } from '../../tree/path';
import { optsOutOfSubstitution } from '../../tree/substitution';
import { atNode } from '../at-node';
import type { CheckContext } from '../check-context';
import type { ClusterFacts, OwnedObject } from '../facts/cluster-facts';
import { isAppliedByProgram } from '../facts/files/applied-by-programs';
import { programTexts } from '../facts/files/program-texts';
import { isMadeUnseen } from '../facts/missing/unseen-config';
import type { Rule, RuleFinding } from '../rule';

/** A Kustomization that needs variables from an object which exists only after the Kustomization was applied. */
export const variableSourceLate: Rule = {
  code: 'variable-source-late',
  *check(context) {
    for (const facts of context.clusters)
      for (const { from, to, field, optional } of facts.edges('substitute-from')) {
        const [node, target] = [facts.node(from), facts.node(to)];
        if (!node || !target || optional || isSuspended(node)) continue;
        const use = { context, facts, node, target };
        const problem = target.state === 'missing' ? ofMadeSecret(use) : ofAppliedObject(use);
        if (problem) yield { ...atNode(node, field), cluster: facts.cluster.name, ...problem };
      }
  },
};

/** A Kustomization that takes variables from a ConfigMap or Secret. */
interface VariableUse {
  readonly context: CheckContext;
  readonly facts: ClusterFacts;
  readonly node: GraphNode;
  readonly target: GraphNode;
}

type Problem = Pick<RuleFinding, 'severity' | 'message' | 'hint'>;

/** What is wrong if a controller makes the Secret only after the Kustomization was applied. */
function ofMadeSecret({ context, facts, node, target: { identity } }: VariableUse): Problem | undefined {
  const makers = identity.kind === 'Secret' ? (secretMakers(facts).get(keyOf(identity)) ?? []) : [];
  const [maker] = makers;
  // A Secret that is also made by hand is there in time.
  if (!maker || !makers.every(isAfter(facts, node)) || isByHand(context, identity.name)) return undefined;
  return {
    message: `${nameOf(maker.identity)} creates ${nameOf(identity)}, but Flux applies it only after it has read the Secret; in a new cluster, neither ever happens`,
    hint: `move the ${maker.identity.kind} to another Kustomization, on which this one depends, or set optional: true`,
  };
}

/**
 * What is wrong if the Kustomization itself applies the object, or one after it does. In a running cluster the object is
 * there, and in a new one somebody may apply it before Flux starts, so this is an info.
 */
function ofAppliedObject({ context, facts, node, target: { identity } }: VariableUse): Problem | undefined {
  const copies = facts.objects.get(nodeId(identity)) ?? [];
  const [first] = copies;
  if (!first || !copies.every(isAfter(facts, node)) || !needsVariables(node)) return undefined;
  if (copies.some((copy) => isAppliedBefore(context, facts, copy))) return undefined;
  const { kind } = identity;
  const who =
    first.owner === node
      ? 'it applies'
      : `only ${nameOf(first.owner.identity)}, which comes after it, applies`;
  return {
    severity: 'info',
    message: `${who} ${nameOf(identity)}, from which it takes variables: Flux reads the ${kind} first, so in a new cluster it never becomes ready, unless somebody applies the ${kind} before, which nothing in the repository shows`,
    hint: `apply the ${kind} with another Kustomization, on which this one depends, or set the values in spec.postBuild.substitute`,
  };
}

/** Whether Flux reads the variables of a Kustomization: it does so for objects that do not opt out. */
function needsVariables({ build }: GraphNode): boolean {
  return build?.inventory.some(({ object }) => !optsOutOfSubstitution(object)) === true;
}

/** Whether bootstrap, a program, a person or something that the files do not show may apply an object before Flux does. */
function isAppliedBefore(
  context: CheckContext,
  facts: ClusterFacts,
  { identity, location, owner }: OwnedObject,
): boolean {
  return (
    context.tree.has(joinPath(directoryOf(location.file ?? ''), SYNC_FILE)) ||
    isAppliedByProgram(context, location.file) ||
    isByHand(context, identity.name) ||
    isMadeUnseen(context, facts, identity, owner)
  );
}

/** Whether an object is applied by a Kustomization, or by another one that comes after it. */
function isAfter(facts: ClusterFacts, { id }: GraphNode): (object: OwnedObject) => boolean {
  return ({ owner }) => comesAfter(facts, owner.id, id);
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

function isByHand(context: CheckContext, name: string): boolean {
  return programTexts(context).some(({ text }) => text.includes(name));
}
