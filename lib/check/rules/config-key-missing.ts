import { nearestHint } from '../../findings/nearest-name';
import { nameOf } from '../../findings/object-name';
import { nodeId } from '../../graph/node-id';
import { mapOf } from '../../plain/plain-data';
import type { CheckContext } from '../check-context';
import type { ClusterFacts, OwnedObject } from '../facts/cluster-facts';
import { isMadeInCluster } from '../facts/generated-in-cluster';
import { neededKeys, type NeededKey } from '../facts/pod-specs';
import { programTexts } from '../facts/program-texts';
import { isTouched } from '../facts/touched-names';
import type { Rule, RuleFinding } from '../rule';

/** Pods that need a key which their ConfigMap or Secret does not have. */
export const configKeyMissing: Rule = {
  code: 'config-key-missing',
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
  needed: NeededKey,
): Iterable<RuleFinding> {
  const { kind, name, key, field, isFolder } = needed;
  const target = { group: '', kind, namespace: identity.namespace, name };
  const keys = knownKeys(facts.objects.get(nodeId(target)) ?? []);
  if (keys === undefined || keys.has(key) || key.includes('${')) return;
  if (isMadeInCluster(facts, kind) || isTouched(facts, name) || isOfProgram(context, needed)) return;
  const then = isFolder ? 'so the container finds an empty folder there' : 'so the Pod does not start';
  yield {
    locations: [location],
    object: identity,
    field,
    cluster: facts.cluster.name,
    message: `there is no key ${JSON.stringify(key)} in ${nameOf(target)}, ${then}`,
    hint: nearestHint(key, keys, 'correct the key, or add it'),
  };
}

/** All keys of an object that Kustomizations apply; `undefined` if it may have others in the cluster. */
function knownKeys(copies: readonly OwnedObject[]): ReadonlySet<string> | undefined {
  if (copies.length === 0 || copies.some(mayHaveMore)) return undefined;
  const keys = copies.flatMap(({ object: { data, binaryData, stringData } }) =>
    Object.keys({ ...mapOf(data), ...mapOf(binaryData), ...mapOf(stringData) }),
  );
  // An empty one is a place for a controller to write to.
  return keys.length === 0 || keys.some((key) => key.includes('$')) ? undefined : new Set(keys);
}

/** Labels and annotations by which controllers and Flux add to an object what its file does not have. */
const ADDING = /inject|reflect|replicat|sync|copy|merge|patch|vault|avp|managed|(?:ssa|reconcile)$/i;

function mayHaveMore({ object, owner }: OwnedObject): boolean {
  if (owner.build?.complete !== true || String(object.type).endsWith('/service-account-token')) return true;
  const { labels, annotations } = mapOf(object.metadata);
  return Object.keys({ ...mapOf(labels), ...mapOf(annotations) }).some(
    (name) => ADDING.test(name) && !name.startsWith('app.kubernetes.io/'),
  );
}

/** Whether a script or a guide of the repository speaks of both, and so may write the key. */
function isOfProgram(context: CheckContext, { name, key }: NeededKey): boolean {
  return programTexts(context).some(({ text }) => text.includes(name) && text.includes(key));
}
