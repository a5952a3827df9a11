import { nameOf } from '../../findings/object-name';
import { isSuspended } from '../../graph/is-suspended';
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

function deadlock({ use, provider: { node }, isBootstrapped }: ApiOrder): RuleFinding {
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
  const after = node.type === 'kustomization' ? provider : `the one of ${provider}`;
  return {
    severity: isBootstrapped ? 'warning' : 'error',
    locations: [first?.location, node.location].filter((place) => place !== undefined),
    object: first?.identity,
    message: `${listKinds(objects)} of ${group} cannot be applied to a new cluster: ${maker}, and Flux applies nothing of a Kustomization until the cluster knows all its kinds`,
    hint: `${isSuspended(node) ? `resume ${provider}, and ` : ''}move it to its own Kustomization that depends on ${after}, which needs wait: true; or list ${JSON.stringify(group)} under check.providedGroups in cdk8s-flux.yaml if the CRD is in the cluster before Flux`,
  };
}
