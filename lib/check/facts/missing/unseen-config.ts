import { comparableText } from '../../../plain/comparable-text';
import type { ObjectIdentity } from '../../../findings/finding';
import type { GraphNode } from '../../../graph/graph';
import { mapOf } from '../../../plain/plain-data';
import type { CheckContext } from '../../check-context';
import type { ClusterFacts } from '../cluster-facts';
import { isMadeInCluster } from './generated-in-cluster';
import { possibleOrigin } from './hidden-parts';
import { looseObjects } from '../files/loose-files';
import { programTexts } from '../files/program-texts';
import { isTouched } from './touched-names';

/**
 * Whether something may make a ConfigMap or Secret that no build has: an operator, another repository, a release, a
 * program, or someone who applies a file by hand.
 *
 * @param reader - the release that reads it, which does not make it
 */
export function isMadeUnseen(
  context: CheckContext,
  facts: ClusterFacts,
  identity: ObjectIdentity,
  reader: GraphNode,
): boolean {
  const { kind, name, namespace } = identity;
  if (isMadeInCluster(facts, kind) || isTouched(facts, name)) return true;
  if (possibleOrigin(facts, identity, () => false)) return true;
  if (facts.nodes.some((node) => node.type === 'helm-release' && node !== reader && mayMake(node, name)))
    return true;
  const word = new RegExp(kind === 'Secret' ? 'secret' : 'config_?map', 'i');
  if (programTexts(context).some(({ text }) => text.includes(name) && word.test(text))) return true;
  for (const object of looseObjects(context, name)) {
    const metadata = mapOf(object.metadata);
    if (object.kind === kind && metadata.name === name && (metadata.namespace ?? namespace) === namespace)
      return true;
  }
  return false;
}

/** Whether a release gets the name as a value, or begins the names of its objects with one of which it is made. */
function mayMake({ identity, object }: GraphNode, name: string): boolean {
  const isOwn = name === identity.name || name.startsWith(`${identity.name}-`);
  return isOwn || comparableText(mapOf(object?.spec).values).includes(name);
}
