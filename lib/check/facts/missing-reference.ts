import type { EdgeKind } from '../../graph/graph';
import { atNode, nameOf } from '../at-node';
import type { CheckContext } from '../check-context';
import type { ClusterFacts } from './cluster-facts';
import { meantHint } from './suggestions';
import { isMadeInCluster } from './generated-in-cluster';
import type { RuleFinding } from '../rule';

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
    const meant = meantHint(context, facts, target.identity);
    if (meant === undefined && !isWhole(facts)) continue;
    if (isMadeInCluster(facts, target.identity.kind) || JSON.stringify(target.identity).includes('${'))
      continue;
    yield {
      ...atNode(source, field),
      message: `refers to ${nameOf(target.identity)}, which nothing in the cluster applies, ${consequence}`,
      hint: meant ?? 'add it, or correct the reference',
    };
  }
}

/** Whether the repository shows all that is applied: otherwise an object may be in what it does not show. */
function isWhole(facts: ClusterFacts): boolean {
  return facts.kustomizations.every(({ build }) => build?.source === 'repository' && build.complete);
}
