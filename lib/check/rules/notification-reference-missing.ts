import type { ClusterFacts } from '../facts/cluster-facts';
import { atNode } from '../at-node';
import { nameOf } from '../../findings/object-name';
import { missingReferences } from '../facts/missing/missing-reference';
import type { Rule, RuleFinding } from '../rule';

/** An Alert or Receiver that refers to what does not exist. */
export const notificationReferenceMissing: Rule = {
  code: 'notification-reference-missing',
  namesCause: true,
  *check(context) {
    for (const facts of context.clusters) {
      yield* missingReferences(context, facts, ['provider'], 'so nothing is sent');
      yield* missingReferences(context, facts, ['event-source'], 'so there are no events to report');
      yield* missingReferences(context, facts, ['receiver'], 'so there is nothing to trigger');
      yield* secretsElsewhere(facts);
    }
  },
};

/** Secrets often come from outside the repository, but not if it has a Secret of that name in another namespace. */
function* secretsElsewhere(facts: ClusterFacts): Iterable<RuleFinding> {
  for (const { from, to, field } of facts.edges('secret')) {
    const [source, target] = [facts.node(from), facts.node(to)];
    if (source?.type !== 'notification' || target?.state !== 'missing') continue;
    const { name, namespace } = target.identity;
    const places = namespacesOfSecret(facts, name);
    if (places.length === 0 || places.includes(namespace ?? '')) continue;
    yield {
      ...atNode(source, field),
      message: `refers to ${nameOf(target.identity)}, but the Secret of that name is in the namespace ${JSON.stringify(places[0])}`,
      hint: `move the Secret, or ${nameOf(source.identity)}, so that both are in one namespace`,
    };
  }
}

/** The namespaces with a Secret of that name, or in which an operator creates one. */
function namespacesOfSecret(facts: ClusterFacts, name: string): string[] {
  const makers = ['Secret', 'ExternalSecret', 'SealedSecret', 'VaultStaticSecret', 'OnePasswordItem'];
  return [...facts.objects.values()].flatMap(([applied]) =>
    applied && applied.identity.name === name && makers.includes(applied.identity.kind)
      ? [applied.identity.namespace ?? '']
      : [],
  );
}
