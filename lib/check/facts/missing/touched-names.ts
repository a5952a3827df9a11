import { textsIn } from '../../../plain/text-walk';
import { isFluxGroup } from '../../../kinds/groups';
import { once } from '../../../plain/once';
import { listOf, mapOf, textsOf } from '../../../plain/plain-data';
import { isKubernetesGroup } from '../../../schema/kubernetes-kinds';
import type { ClusterFacts, OwnedObject } from '../cluster-facts';
import { containersOf, podSpecOf } from '../pod-specs';

/**
 * Whether something in a cluster may write to an object of this name: a controller to whose custom resource the name is known, a
 * program that gets the name, or an account with rights on it.
 */
export function isTouched(facts: ClusterFacts, name: string): boolean {
  return touchedNames(facts).has(name);
}

const touchedNames = once((facts: ClusterFacts): ReadonlySet<string> => {
  const words = new Set<string>();
  for (const copies of facts.objects.values())
    for (const copy of copies) for (const text of textsIn(touchingPart(copy))) addWords(text, words);
  return words;
});

/** The part of an object that may say to which others something writes. */
function touchingPart({ identity: { group, kind }, object }: OwnedObject): unknown {
  if (kind === 'Role' || kind === 'ClusterRole')
    return listOf(object.rules).map((rule) => textsOf(mapOf(rule).resourceNames));
  if (kind === 'CustomResourceDefinition' || isFluxGroup(group)) return undefined;
  // The namespace in which a custom resource is names nothing else.
  if (!isKubernetesGroup(group))
    return { ...object, metadata: { ...mapOf(object.metadata), namespace: null } };
  const pod = podSpecOf(object);
  return (
    pod &&
    containersOf(pod.spec).map(({ container: { command, args, env } }) => [
      command,
      args,
      listOf(env).map((entry) => mapOf(entry).value),
    ])
  );
}

/** The words of a text that may be names of objects. */
function addWords(text: string, words: Set<string>): void {
  for (const word of text.split(/[^a-z0-9.-]+/)) words.add(word.replace(/^[.-]+|(?<![.-])[.-]+$/g, ''));
}
