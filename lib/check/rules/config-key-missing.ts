import { nameOf } from '../../findings/object-name';
import type { CheckContext } from '../check-context';
import type { ClusterFacts, OwnedObject } from '../facts/cluster-facts';
import { keyHint, keysWithout } from '../facts/config/config-keys';
import { neededKeys, type NeededKey } from '../facts/pod-specs';
import type { Rule, RuleFinding } from '../rule';

/** Pods that need a key which their ConfigMap or Secret does not have. */
export const configKeyMissing: Rule = {
  code: 'config-key-missing',
  namesCause: true,
  *check(context) {
    for (const facts of context.clusters) {
      for (const copies of facts.objects.values()) {
        for (const workload of copies) {
          if (workload.owner.build?.complete !== true) continue;
          for (const needed of neededKeys(workload.object))
            yield* problemOf(context, facts, workload, needed);
        }
      }
    }
  },
};

function* problemOf(
  context: CheckContext,
  facts: ClusterFacts,
  { identity, location }: OwnedObject,
  { kind, name, key, field, isFolder }: NeededKey,
): Iterable<RuleFinding> {
  const { namespace } = identity;
  const keys = keysWithout(context, facts, { kind, namespace, name, key });
  if (keys === undefined) return;
  const target = nameOf({ group: '', kind, namespace, name });
  const then = isFolder ? 'so the container finds an empty folder there' : 'so the Pod does not start';
  yield {
    locations: [location],
    object: identity,
    field,
    cluster: facts.cluster.name,
    message: `there is no key ${JSON.stringify(key)} in ${target}, ${then}`,
    hint: keyHint(key, keys, 'correct the key'),
  };
}
