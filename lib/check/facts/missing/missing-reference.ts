import type { ObjectIdentity } from '../../../findings/finding';
import type { EdgeKind, GraphNode } from '../../../graph/graph';
import { nodeId } from '../../../graph/node-id';
import { atNode } from '../../at-node';
import { nameOf } from '../../../findings/object-name';
import type { CheckContext } from '../../check-context';
import type { RuleFinding } from '../../rule';
import type { ClusterFacts, OwnedObject } from '../cluster-facts';
import { isMadeUnnamed } from './generated-in-cluster';
import { mayBeByHand } from './guessed-start';
import { describeOrigin, possibleOrigin, type PossibleOrigin } from './hidden-parts';
import { otherPartOfCluster } from './one-cluster';
import { renamedFrom } from './renamed-objects';
import { likelyMeant } from './suggestions';

/** A reference to an object that nothing in sight applies. */
export interface MissingTarget {
  /** The object that refers to it. */
  readonly source: GraphNode;
  /** The field that does. */
  readonly field: string;
  /** What is missing. */
  readonly identity: ObjectIdentity;
  /** What is said of the reference in front of what follows from it, for example `refers to`. */
  readonly verb: string;
  /** What follows from it, for example `so nothing is sent`. */
  readonly consequence: string;
}

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
    const { identity } = target;
    if (isMadeUnnamed(facts, identity.kind) || hasVariable(identity)) continue;
    if (renamedReference(facts, source, identity)) continue;
    yield missingTarget(context, facts, { source, field, identity, verb: 'refers to', consequence });
  }
}

/** The object that a build gives another name than a reference has, if nothing out of sight may have the name. */
export function renamedReference(
  facts: ClusterFacts,
  source: GraphNode,
  identity: ObjectIdentity,
): OwnedObject | undefined {
  if (isMadeUnnamed(facts, identity.kind)) return undefined;
  const origin = possibleOrigin(facts, identity, ({ node }) => node === source);
  return origin ? undefined : renamedFrom(facts, identity);
}

/** Whether an identity has a variable whose value is not in the files. */
export function hasVariable(identity: ObjectIdentity): boolean {
  return JSON.stringify(identity).includes('${');
}

/**
 * What is said of a reference to an object that nothing in sight applies. Where something that the repository does not
 * show may bring it, that is a warning; an info where that is likely, where another part of the cluster may have it, or
 * where we only guess from which path Flux starts.
 */
export function missingTarget(
  context: CheckContext,
  facts: ClusterFacts,
  { source, field, identity, verb, consequence }: MissingTarget,
): RuleFinding {
  const meant = likelyMeant(context, facts, identity, { source, field });
  const origin = meant?.isSure ? undefined : possibleOrigin(facts, identity, ({ node }) => node === source);
  const place = { ...atNode(source, field), cluster: facts.cluster.name };
  const what = `${verb} ${nameOf(identity)}, which nothing in`;
  const other = (meant ?? origin) ? undefined : otherPartOfCluster(context, facts, identity);
  if (other)
    return {
      ...place,
      severity: 'info',
      message: `${what} this cluster applies, but ${JSON.stringify(other.cluster.name)} does: they may be one cluster, because the paths from which Flux starts are assumptions`,
      hint: 'make sure that one cluster has both, or correct the reference',
    };
  if (!origin && mayBeByHand(context, facts, identity))
    return {
      ...place,
      severity: 'info',
      message: `${what} the cluster applies; someone may apply it by hand, because the path from which Flux starts is an assumption`,
      hint:
        meant?.hint ?? 'add it, or correct the reference; with entries in cdk8s-flux.yaml, this is an error',
    };
  if (!origin) {
    const hint = meant?.hint ?? 'add it, or correct the reference';
    return { ...place, message: `${what} the cluster applies, ${consequence}`, hint };
  }
  return {
    ...place,
    severity: severityOf(context, facts, identity, origin),
    message: `${what} this repository applies${exceptElsewhere(context, facts, identity)}; ${describeOrigin(origin)}`,
    hint: 'make sure that it does, or correct the reference',
  };
}

function severityOf(
  context: CheckContext,
  facts: ClusterFacts,
  identity: ObjectIdentity,
  { isLikely }: PossibleOrigin,
): 'info' | 'warning' {
  return isLikely || mayBeByHand(context, facts, identity) ? 'info' : 'warning';
}

/** Says of what nothing applies to a cluster which other one has it. */
function exceptElsewhere({ clusters }: CheckContext, facts: ClusterFacts, identity: ObjectIdentity): string {
  const id = nodeId(identity);
  const other = clusters.find((one) => one !== facts && one.node(id)?.object !== undefined);
  return other ? ` to this cluster, only to ${JSON.stringify(other.cluster.name)}` : '';
}
