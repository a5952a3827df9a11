import { nearestHint } from '../../../findings/nearest-name';
import { nodeId } from '../../../graph/node-id';
import { hasMark } from '../../../kinds/apply-marks';
import { firstNames } from '../../../plain/first-names';
import { mapOf } from '../../../plain/plain-data';
import type { CheckContext } from '../../check-context';
import type { ClusterFacts, OwnedObject } from '../cluster-facts';
import { isMadeInCluster } from '../missing/generated-in-cluster';
import { programTexts } from '../files/program-texts';
import { isTouched } from '../missing/touched-names';
import { asText } from '../../../plain/as-text';

/** A key of a ConfigMap or Secret that something refers to. */
export interface ConfigKey {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly namespace: string | undefined;
  readonly name: string;
  readonly key: string;
}

/**
 * The keys of a ConfigMap or Secret that certainly lacks one. `undefined` if it has that key, if no Kustomization applies
 * the object, or if something that the files do not show may add keys to it.
 */
export function keysWithout(
  context: CheckContext,
  facts: ClusterFacts,
  { kind, namespace, name, key }: ConfigKey,
): ReadonlySet<string> | undefined {
  const keys = knownKeys(facts.objects.get(nodeId({ group: '', kind, namespace, name })) ?? []);
  if (keys === undefined || keys.has(key) || key.includes('${')) return undefined;
  const mayBeAdded =
    isMadeInCluster(facts, kind) || isTouched(facts, name) || isOfProgram(context, name, key);
  return mayBeAdded ? undefined : keys;
}

/** The hint for a key that an object lacks: a similar key, or the keys that there are. */
export function keyHint(key: string, keys: ReadonlySet<string>, how: string): string {
  const known = firstNames([...keys].map((name) => JSON.stringify(name)));
  return nearestHint(key, keys, `${how} (it has ${known}), or add it`);
}

/** All keys of an object that Kustomizations apply; `undefined` if it may have others in the cluster. */
function knownKeys(copies: readonly OwnedObject[]): ReadonlySet<string> | undefined {
  if (copies.length === 0 || copies.some(mayHaveMore)) return undefined;
  const keys = copies.flatMap(({ object: { kind, data, binaryData, stringData } }) =>
    Object.keys({ ...mapOf(data), ...mapOf(kind === 'Secret' ? stringData : binaryData) }),
  );
  // An empty one is a place for a controller to write to.
  return keys.length === 0 || keys.some((key) => key.includes('$')) ? undefined : new Set(keys);
}

/** Labels and annotations by which controllers and Flux add to an object what its file does not have. */
const ADDING = /inject|reflect|replicat|sync|copy|merge|patch|vault|avp|managed|(?:ssa|reconcile)$/i;

function mayHaveMore({ object, owner }: OwnedObject): boolean {
  if (owner.build?.complete !== true || asText(object.type).endsWith('/service-account-token')) return true;
  const { labels, annotations } = mapOf(object.metadata);
  const common = mapOf(owner.object?.spec).commonMetadata;
  if (hasMark(common, 'ssa', 'IfNotPresent', 'Ignore', 'Merge')) return true;
  return Object.keys({ ...mapOf(labels), ...mapOf(annotations) }).some(
    (name) => ADDING.test(name) && !name.startsWith('app.kubernetes.io/'),
  );
}

/** Whether a script or a guide of the repository speaks of both, and so may write the key. */
function isOfProgram(context: CheckContext, name: string, key: string): boolean {
  return programTexts(context).some(({ text }) => text.includes(name) && text.includes(key));
}
