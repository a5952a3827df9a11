import type { EdgeKind } from '../graph/graph';
import { atNode, nameOf } from './at-node';
import type { ClusterFacts } from './cluster-facts';
import { likelyHint } from './likely-name';
import { isMadeInCluster } from './made-in-cluster';
import type { RuleFinding } from './rule';

/** References of some kinds to objects that nothing in the cluster applies. */
export function* missingReferences(
  facts: ClusterFacts,
  kinds: readonly EdgeKind[],
  consequence: string,
): Iterable<RuleFinding> {
  for (const { from, to, field, optional } of kinds.flatMap((kind) => facts.edges(kind))) {
    const [source, target] = [facts.node(from), facts.node(to)];
    if (!source || optional || target?.state !== 'missing') continue;
    if (isMadeInCluster(facts, target.identity.kind) || JSON.stringify(target.identity).includes('${'))
      continue;
    yield {
      ...atNode(source, field),
      message: `refers to ${nameOf(target.identity)}, which nothing in the cluster applies, ${consequence}`,
      hint: likelyHint(facts, target.identity, 'add it, or correct the reference'),
    };
  }
}
