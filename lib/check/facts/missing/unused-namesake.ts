import type { ObjectIdentity } from '../../../findings/finding';
import type { GraphNode } from '../../../graph/graph';
import { isKustomizationFile } from '../../../graph/sources/folder-listing';
import { comparableText } from '../../../plain/comparable-text';
import { once } from '../../../plain/once';
import { listOf, mapOf, textOf } from '../../../plain/plain-data';
import type { ManifestObject } from '../../../tree/manifest';
import type { ClusterFacts, OwnedObject } from '../cluster-facts';

/** A name with the hash of kustomize. */
export const HASHED = /-[2456789bcdfghkmt]{10}$/;

/**
 * The name of the only object that a kustomization.yaml generates beside a release or Kustomization, but that nothing reads,
 * and whose name has the words of a missing one and another, or all but one of them: `shop-base-values` for `shop-values`.
 */
export function unusedNamesake(
  facts: ClusterFacts,
  { appliedBy, object }: GraphNode,
  { kind, name, namespace }: ObjectIdentity,
): string | undefined {
  const keys = wantedKeys(object, kind, name);
  const beside = facts
    .ofKind(kind)
    .filter(({ identity, owner }) => identity.namespace === namespace && appliedBy.includes(owner.id));
  const unread = beside.filter(
    ({ id, location }) => isKustomizationFile(location.file ?? '') && !read(facts).has(id),
  );
  const [meant, ...others] = unread.filter(
    (one) => isOneWordOff(name, plainName(one.identity)) && !isFoundByLabel(one) && keys.every(hasKeyOf(one)),
  );
  return meant && others.length === 0 && !isNamed(meant) ? plainName(meant.identity) : undefined;
}

/** The keys that a release reads from an object; none for a Kustomization. */
function wantedKeys(source: ManifestObject | undefined, kind: string, name: string): string[] {
  const entries = listOf(mapOf(source?.spec).valuesFrom).map(mapOf);
  return entries
    .filter((entry) => entry.kind === kind && entry.name === name)
    .map(({ valuesKey }) => textOf(valuesKey) ?? 'values.yaml');
}

const hasKeyOf =
  ({ object: { data, stringData, binaryData } }: OwnedObject) =>
  (key: string): boolean =>
    [data, stringData, binaryData].some((map) => Object.hasOwn(mapOf(map), key));

/** Whether a program may find an object by a label, as one that reads dashboards does. */
function isFoundByLabel({ object: { metadata } }: OwnedObject): boolean {
  return Object.keys(mapOf(metadata?.labels)).some(
    (label) => !/^(?:[\w.-]+\.)?(?:fluxcd|kubernetes)\.io\//.test(label),
  );
}

/** The name of a generated object without the hash of kustomize. */
function plainName({ name }: ObjectIdentity): string {
  return name.replace(HASHED, '');
}

function isOneWordOff(one: string, other: string): boolean {
  const [fewer, more] = [one.split('-'), other.split('-')].sort((a, b) => a.length - b.length) as [
    string[],
    string[],
  ];
  // A single word, such as `values`, says nothing of what it is for.
  return fewer.length > 1 && more.length === fewer.length + 1 && fewer.every((word) => more.includes(word));
}

/** Whether another object of the same build mentions the name, as a Pod does that mounts it. */
function isNamed({ identity: { name }, owner }: OwnedObject): boolean {
  const others = owner.build?.inventory.filter(({ identity }) => identity.name !== name) ?? [];
  return others.some(({ object }) => comparableText(object).includes(name));
}

/** The ids of what the edges of a cluster lead to. */
const read = once(
  ({ cluster }: ClusterFacts): ReadonlySet<string> => new Set(cluster.edges.map(({ to }) => to)),
);
