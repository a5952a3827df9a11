import type { ObjectIdentity } from '../findings/finding';
import type { EdgeKind } from '../graph/graph';
import { atNode, nameOf } from './at-node';
import type { CheckContext } from './check-context';
import type { ClusterFacts } from './cluster-facts';
import { likelyHint, likelyName } from './likely-name';
import { isMadeInCluster } from './made-in-cluster';
import type { RuleFinding } from './rule';

/** References of some kinds to objects that nothing in the cluster applies. */
export function* missingReferences(
  context: CheckContext,
  facts: ClusterFacts,
  kinds: readonly EdgeKind[],
  consequence: string,
): Iterable<RuleFinding> {
  for (const { from, to, field, optional } of kinds.flatMap((kind) => facts.edges(kind))) {
    const [source, target] = [facts.node(from), facts.node(to)];
    if (!source || optional || target?.state !== 'missing') continue;
    if (isUnseen(facts, target.identity)) continue;
    if (isMadeInCluster(facts, target.identity.kind) || JSON.stringify(target.identity).includes('${'))
      continue;
    yield {
      ...atNode(source, field),
      message: `refers to ${nameOf(target.identity)}, which nothing in the cluster applies, ${consequence}`,
      hint: likelyHint(context, facts, target.identity, 'add it, or correct the reference'),
    };
  }
}

/** Whether the object may be in what the repository does not show, and nothing is called nearly the same. */
function isUnseen(facts: ClusterFacts, identity: ObjectIdentity): boolean {
  const isWhole = facts.kustomizations.every(({ build }) => build?.source === 'repository' && build.complete);
  return !isWhole && likelyName(facts, identity) === undefined;
}
