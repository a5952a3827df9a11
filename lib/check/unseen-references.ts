import type { GraphEdge, GraphNode } from '../graph/graph';
import { nodeId } from '../graph/node-id';
import { groupBy } from '../plain/group-by';
import { once } from '../plain/once';
import type { CheckContext } from './check-context';
import { mayBeByHand } from './facts/missing/guessed-start';
import { possibleOrigin } from './facts/missing/hidden-parts';
import { missingDependencies } from './facts/missing/missing-dependencies';
import { dependencyCrossKind } from './rules/dependency-cross-kind';
import { dependencyMissing } from './rules/dependency-missing';
import { healthCheckTargetMissing } from './rules/health-check-target-missing';
import { imageRepositoryMissing } from './rules/image-repository-missing';
import { notificationReferenceMissing } from './rules/notification-reference-missing';
import { referenceRenamed } from './rules/reference-renamed';
import { missingSources } from './rules/source-missing';

/** The rules about references to objects that no file has. */
const RULES = [
  dependencyCrossKind,
  dependencyMissing,
  healthCheckTargetMissing,
  imageRepositoryMissing,
  notificationReferenceMissing,
  referenceRenamed,
  { check: missingSources },
];

/**
 * By cluster and object, the missing ones to which it refers and which something that the repository does not show may
 * bring. The rules about references report those as less than their code, or not at all.
 */
export const unseenReferences = once(
  (context: CheckContext): ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<string>>> => {
    const surelyMissing = new Set(
      RULES.flatMap(({ check }) => [...check(context)]).flatMap(({ severity, object, field, cluster }) =>
        severity === undefined && object
          ? [cluster].flat().map((name) => keyOf(nodeId(object), field, name))
          : [],
      ),
    );
    const refused = waitsForRefused(context);
    return new Map(
      context.clusters.map((facts) => {
        const { name, edges } = facts.cluster;
        const unseen = edges.filter(
          (edge) =>
            facts.node(edge.to)?.state === 'missing' &&
            ![undefined, name].some((cluster) => surelyMissing.has(keyOf(edge.from, edge.field, cluster))) &&
            !refused.has(edge),
        );
        const byNode = [...groupBy(unseen, ({ from }) => from)];
        return [name, new Map(byNode.map(([from, all]) => [from, new Set(all.map(({ to }) => to))]))];
      }),
    );
  },
);

/**
 * What waits for an object that only a build may have which kustomize refuses: then nothing applies the object,
 * even if it is there.
 */
function waitsForRefused(context: CheckContext): ReadonlySet<GraphEdge> {
  const waits = missingDependencies(context).filter(({ facts, edge, finding }) => {
    const target = facts.node(edge.to);
    if (!finding || !target || mayBeByHand(context, facts, target.identity)) return false;
    const mayBring = (isOut: (node: GraphNode) => boolean) =>
      possibleOrigin(facts, target.identity, ({ node }) => node.id === edge.from || isOut(node)) !==
      undefined;
    return mayBring(() => false) && !mayBring(({ build }) => build?.failure === 'build-refused');
  });
  return new Set(waits.map(({ edge }) => edge));
}

function keyOf(...parts: readonly (string | undefined)[]): string {
  return JSON.stringify(parts);
}
