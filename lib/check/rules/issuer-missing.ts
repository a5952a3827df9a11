import { nameOf } from '../../findings/object-name';
import { nearestHint } from '../../findings/nearest-name';
import type { ObjectIdentity } from '../../findings/finding';
import { isSuspended } from '../../graph/is-suspended';
import { nodeId } from '../../graph/node-id';
import type { CheckContext } from '../check-context';
import type { ClusterFacts, OwnedObject } from '../facts/cluster-facts';
import { issuersOf, type IssuerReference } from '../facts/issuers';
import { isStartGuessed } from '../facts/missing/guessed-start';
import { describeOrigin, possibleOrigin } from '../facts/missing/hidden-parts';
import { isIssuerMadeUnseen, isLooseIssuer } from '../facts/missing/unseen-issuers';
import { placesOfField } from '../facts/patches/set-by-patch';
import type { Rule, RuleFinding } from '../rule';

/** A certificate of an issuer that is not there. */
export const issuerMissing: Rule = {
  code: 'issuer-missing',
  namesCause: true,
  *check(context) {
    for (const facts of context.clusters) {
      const known = [...facts.ofKind('ClusterIssuer'), ...facts.ofKind('Issuer')];
      // A cluster without any issuer has them from elsewhere.
      if (known.length === 0) continue;
      for (const copies of facts.objects.values())
        for (const user of copies)
          for (const one of issuersOf(user.object)) yield* problemOf(context, facts, user, one);
    }
  },
};

function* problemOf(
  context: CheckContext,
  facts: ClusterFacts,
  user: OwnedObject,
  { kind, name, field }: IssuerReference,
): Iterable<RuleFinding> {
  const namespace = kind === 'Issuer' ? user.identity.namespace : undefined;
  const identity: ObjectIdentity = { group: 'cert-manager.io', kind, name, ...(namespace && { namespace }) };
  if (facts.objects.has(nodeId(identity)) || user.owner.build?.complete !== true) return;
  if (isSuspended(user.owner)) return;
  if (isIssuerMadeUnseen(context, facts, identity)) return;
  const origin = possibleOrigin(facts, identity, () => false);
  const what = `refers to ${nameOf(identity)}, which nothing in ${origin ? 'this repository' : 'the cluster'} applies`;
  yield {
    locations: placesOfField(facts.tree, user.owner.build, { ...user, field }),
    object: user.identity,
    field,
    cluster: facts.cluster.name,
    ...((origin ?? (isStartGuessed(context) || isLooseIssuer(context, identity))) && { severity: 'info' }),
    message: origin
      ? `${what}; ${describeOrigin(origin)}`
      : `${what}, so cert-manager never creates the certificate`,
    hint: hintFor(facts, identity),
  };
}

function hintFor(facts: ClusterFacts, { kind, name, namespace }: ObjectIdentity): string {
  const all = [...facts.ofKind('ClusterIssuer'), ...facts.ofKind('Issuer')].map(({ identity }) => identity);
  const other = all.find((one) => one.name === name);
  if (other) return `there is ${nameOf(other)}: correct the ${other.kind === kind ? 'namespace' : 'kind'}`;
  const alike = all.filter((one) => one.kind === kind && one.namespace === namespace);
  const near = nearestHint(
    name,
    alike.map((one) => one.name),
    undefined,
  );
  return `add it, or correct the name${near === undefined ? '' : ` (${near})`}`;
}
