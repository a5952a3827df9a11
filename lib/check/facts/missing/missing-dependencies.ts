import type { GraphEdge, GraphNode, NodeType } from '../../../graph/graph';
import { nodeId } from '../../../graph/node-id';
import { HELM_GROUP, KUSTOMIZE_GROUP } from '../../../kinds/groups';
import { atNode } from '../../at-node';
import { nameOf } from '../../../findings/object-name';
import type { ObjectIdentity } from '../../../findings/finding';
import { once } from '../../../plain/once';
import type { CheckContext } from '../../check-context';
import type { CheckFinding, RuleFinding } from '../../rule';
import type { ClusterFacts } from '../cluster-facts';
import { isMadeInCluster } from './generated-in-cluster';
import { describeOrigin, hiddenParts, possibleOrigin } from './hidden-parts';
import { mayMakeFlux } from './made-objects';
import { hasVariable, missingTarget } from './missing-reference';

/** A `dependsOn` that names an object which no file has. */
export interface MissingDependency {
  readonly facts: ClusterFacts;
  readonly edge: GraphEdge;
  /**
   * What is reported.
   *
   * @default - nothing, because something in the cluster creates the object, or its name is not known
   */
  readonly finding?: CheckFinding;
}

/** What Flux itself waits for; a ResourceSet may wait for any object of the cluster. */
const waitable = new Set<NodeType>(['kustomization', 'helm-release']);

/** What the objects of all clusters wait for and no file has. */
export const missingDependencies = once((context: CheckContext): readonly MissingDependency[] =>
  context.clusters.flatMap((facts) =>
    facts.edges('depends-on').flatMap((edge) => missingDependency(context, facts, edge) ?? []),
  ),
);

function missingDependency(
  context: CheckContext,
  facts: ClusterFacts,
  edge: GraphEdge,
): MissingDependency | undefined {
  const [source, target] = [facts.node(edge.from), facts.node(edge.to)];
  if (!source || target?.state !== 'missing' || !waitable.has(target.type)) return undefined;
  const { identity } = target;
  if (hasVariable(identity) || isMadeInCluster(facts, identity.kind)) return { facts, edge };
  // A ResourceSet names the kind itself.
  const other = source.type === 'operator' ? undefined : namesake(facts, identity);
  if (other && mayMakeFlux(facts, other)) return { facts, edge };
  if (other && !hiddenParts(facts).some(({ node }) => node === other)) {
    const crossing = { ...wrongKind(facts, source, other, identity), ...atNode(source, edge.field) };
    return { facts, edge, finding: { code: 'dependency-cross-kind', ...crossing } };
  }
  const words = { verb: 'waits for', consequence: 'so it never starts' };
  const missing = missingTarget(context, facts, { source, field: edge.field, identity, ...words });
  return { facts, edge, finding: { code: 'dependency-missing', ...missing } };
}

/** What is said of an object of the other kind; less if something that the files do not show may apply what is missing. */
function wrongKind(
  facts: ClusterFacts,
  source: GraphNode,
  other: GraphNode,
  missing: ObjectIdentity,
): Pick<RuleFinding, 'severity' | 'message' | 'hint'> {
  const { kind } = source.identity;
  const origin = possibleOrigin(facts, missing, ({ node }) => node === source || node === other);
  const rule = `${nameOf(other.identity)} is not a ${kind}; Flux waits only for the same kind`;
  const hint = hintFor(facts, source, other);
  if (!origin) return { message: `${rule}, so this object never starts`, hint };
  return {
    severity: origin.isLikely ? 'info' : 'warning',
    message: `${rule}, and no file has a ${kind} of this name; ${describeOrigin(origin)}`,
    hint: `make sure that it does; otherwise, ${hint}`,
  };
}

function hintFor(facts: ClusterFacts, source: GraphNode, other: GraphNode): string {
  if (source.identity.kind === 'HelmRelease')
    return 'put the HelmRelease into a Kustomization that waits for the other';
  const [owner] = other.appliedBy.flatMap((id) => facts.node(id) ?? []);
  if (!owner) return 'wait for the Kustomization that applies it, and set wait: true there';
  // It cannot wait for one that applies it too, and that waits for it.
  return facts.isAppliedThrough(source, owner)
    ? 'put the HelmRelease into a Kustomization of its own with wait: true, and wait for that'
    : `wait for ${nameOf(owner.identity)}, which applies it, and set wait: true there`;
}

/** The HelmRelease of a missing Kustomization's name, or the other way round. */
function namesake(facts: ClusterFacts, { kind, namespace, name }: ObjectIdentity): GraphNode | undefined {
  const other =
    kind === 'Kustomization'
      ? { group: HELM_GROUP, kind: 'HelmRelease', namespace, name }
      : { group: KUSTOMIZE_GROUP, kind: 'Kustomization', namespace, name };
  const node = facts.node(nodeId(other));
  return node?.object && node;
}
