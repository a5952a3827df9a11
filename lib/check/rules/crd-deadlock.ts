import { nameOf } from '../../findings/object-name';
import type { GraphNode } from '../../graph/graph';
import { isSuspended } from '../../graph/is-suspended';
import { nodeId } from '../../graph/node-id';
import { isBelow } from '../../tree/path';
import { apiOrders, type ApiOrder } from '../providers/api-order';
import { listKinds } from '../providers/list-kinds';
import type { Rule, RuleFinding } from '../rule';

/** A custom resource that must be applied before what brings its CRD is. */
export const crdDeadlock: Rule = {
  code: 'crd-deadlock',
  *check(context) {
    for (const order of apiOrders(context).apis) if (order.state === 'reversed') yield deadlock(order);
  },
};

function deadlock(order: ApiOrder): RuleFinding {
  const {
    use,
    provider: { node },
    isBootstrapped,
  } = order;
  const { owner, group, objects } = use;
  const [first] = objects;
  const provider = nameOf(node.identity);
  const how = node.appliedBy.includes(owner.id)
    ? 'in the same Kustomization'
    : `which waits for ${nameOf(owner.identity)}`;
  // The provider is a Kustomization if one of its objects creates the CRD.
  const maker =
    node.id === owner.id
      ? 'an object of the same Kustomization creates the CRD'
      : `${provider}${isSuspended(node) ? ', which is suspended,' : ''} installs the CRD, ${how}`;
  return {
    severity: isBootstrapped ? 'warning' : 'error',
    locations: [first?.location, node.location].filter((place) => place !== undefined),
    object: first?.identity,
    message: `${listKinds(objects)} of ${group} cannot be applied to a new cluster: ${maker}, and Flux applies nothing of a Kustomization until the cluster knows all its kinds`,
    hint: `${isSuspended(node) ? `resume ${provider}, and ` : ''}${separation(order)}; or list ${JSON.stringify(group)} under check.providedGroups in cdk8s-flux.yaml if the CRD is in the cluster before Flux`,
  };
}

/** How the custom resources come to be applied after the CRD. */
function separation(order: ApiOrder): string {
  const { group, objects } = order.use;
  const { node } = order.provider;
  const [first, second] = objects;
  const them = first && !second ? nameOf(first.identity) : `the objects of ${group}`;
  const after = `${node.type === 'kustomization' ? '' : 'the Kustomization of '}${nameOf(node.identity)}`;
  const inner = innerOwner(order);
  return inner
    ? `let only ${nameOf(inner.identity)} apply ${them}, and make that one depend on ${after}, with wait: true there`
    : `move ${them} to another Kustomization that depends on ${after}, and set wait: true on the latter`;
}

/** The Kustomization of a folder inside the owner's that applies the same objects, but not what brings the CRD. */
function innerOwner({ facts, use: { owner, objects }, provider: { node } }: ApiOrder): GraphNode | undefined {
  const [first] = objects;
  // Which objects of a Kustomization create the CRD is not known, so they may be inside as well.
  if (!first || node.type === 'kustomization') return undefined;
  const copies = facts.objects.get(nodeId(first.identity)) ?? [];
  return copies
    .map((copy) => copy.owner)
    .find((other) => isInside(other, owner) && !node.appliedBy.includes(other.id));
}

function isInside({ build: inner }: GraphNode, { build: outer }: GraphNode): boolean {
  return inner && outer ? inner.path !== outer.path && isBelow(inner.path, outer.path) : false;
}
