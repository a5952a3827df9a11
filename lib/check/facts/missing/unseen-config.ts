import { comparableText } from '../../../plain/comparable-text';
import type { ObjectIdentity } from '../../../findings/finding';
import type { GraphNode } from '../../../graph/graph';
import { mapOf, textOf } from '../../../plain/plain-data';
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
  if (facts.nodes.some((node) => node.type === 'helm-release' && node !== reader && mayMake(node, identity)))
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

/**
 * Whether a release gets the name as a value, or makes objects in the namespace whose names begin with its own, as most
 * charts do.
 */
function mayMake(
  { identity: release, object }: GraphNode,
  { name, namespace = '' }: ObjectIdentity,
): boolean {
  const { targetNamespace, values } = mapOf(object?.spec);
  const target = textOf(targetNamespace) ?? release.namespace ?? '';
  const isOwn = name === release.name || name.startsWith(`${release.name}-`);
  return (isOwn && (target === namespace || target.includes('${'))) || comparableText(values).includes(name);
}
