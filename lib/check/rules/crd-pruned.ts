import { hasMark } from '../../kinds/apply-marks';
import { PRUNE_KEY } from '../../kinds/names';
import type { AppliedObject, GraphNode, KustomizationBuild } from '../../graph/graph';
import type { FindingLocation } from '../../findings/finding';
import { groupBy } from '../../plain/group-by';
import { once } from '../../plain/once';
import { mapOf, textOf } from '../../plain/plain-data';
import { atNode } from '../at-node';
import type { Rule, RuleFinding } from '../rule';

/** A Kustomization that prunes CRDs. */
interface Pruning {
  readonly node: GraphNode;
  readonly what: string;
  /** The first of its CRDs, unless another repository has them. */
  readonly first?: AppliedObject;
}

/** CRDs that Flux deletes, with every custom resource of theirs, when they leave the Kustomization. */
export const crdPruned: Rule = {
  code: 'crd-pruned',
  *check({ clusters }) {
    const pruning = clusters.flatMap(({ kustomizations }) => kustomizations).flatMap(pruningOf);
    for (const same of groupBy(pruning, keyOf).values()) yield* found(same);
  },
};

/** One finding for all Kustomizations that prune the same CRDs, as of a base that several clusters apply. */
function* found(same: readonly Pruning[]): Iterable<RuleFinding> {
  const [one] = same;
  if (one === undefined) return;
  const { node, what, first } = one;
  const others = new Set(same.map((other) => placeOf(other.node.location))).size - 1;
  const [who, from] =
    others > 0
      ? [`this Kustomization and ${others} more prune`, 'one of them, or one of them']
      : ['prunes', 'the Kustomization, or the Kustomization'];
  yield {
    ...atNode(node, 'spec.prune'),
    locations: [...(atNode(node).locations ?? []), ...(first ? [first.location] : [])],
    message: `${who} ${what}: if it is removed from ${from} is removed or renamed, all its custom resources are deleted`,
    hint: `put the CRDs into their own Kustomization with prune: false, or annotate them ${PRUNE_KEY}: disabled`,
  };
}

function pruningOf(node: GraphNode): Pruning[] {
  const { prune, commonMetadata } = mapOf(node.object?.spec);
  if (prune !== true || hasMark(commonMetadata, 'prune', 'disabled')) return [];
  const pruned = node.build ? prunedIn(node.build) : [];
  const [first] = pruned;
  const what = first ? described(first, pruned.length) : remoteCrds(node);
  return what === undefined ? [] : [{ node, what, first }];
}

function keyOf({ node, what, first }: Pruning): string {
  return `${what}${placeOf(first?.location ?? node.location)}`;
}

function placeOf({ file, line }: FindingLocation = {}): string {
  return JSON.stringify([file, line]);
}

// The two sides of a diff have most builds in common.
const prunedIn = once(({ inventory }: KustomizationBuild) => inventory.filter(isPrunedCrd));

/** Flux's own CRDs come with bootstrap and are ignored. */
function isPrunedCrd({ identity, object, madeBy }: AppliedObject): boolean {
  if (identity.kind !== 'CustomResourceDefinition' || madeBy !== undefined) return false;
  return (
    !hasMark(object.metadata, 'prune', 'disabled') &&
    !/\.fluxcd\.io$|^fluxcd\./.test(textOf(mapOf(object.spec).group) ?? '')
  );
}

function described({ identity }: AppliedObject, count: number): string {
  const more = count > 1 ? ` and ${count - 1} more CRD${count > 2 ? 's' : ''}` : '';
  return `the CRD ${JSON.stringify(identity.name)}${more}`;
}

/** The CRDs of another repository, recognized by the name of the path. */
function remoteCrds({ build }: GraphNode): string | undefined {
  const isCrds = build?.source === 'outside' && /(?:^|[/_-])crds?(?:$|[/_-])/.test(build.path);
  return isCrds ? `the CRDs at ${JSON.stringify(build.path)} of another repository` : undefined;
}
