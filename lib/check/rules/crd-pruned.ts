import { hasMark } from '../../kinds/apply-marks';
import { PRUNE_KEY } from '../../kinds/names';
import type { AppliedObject, GraphNode, KustomizationBuild } from '../../graph/graph';
import { once } from '../../plain/once';
import { mapOf, textOf } from '../../plain/plain-data';
import { atNode } from '../at-node';
import type { Rule } from '../rule';

/** CRDs that Flux deletes, with every custom resource of theirs, when they leave the Kustomization. */
export const crdPruned: Rule = {
  code: 'crd-pruned',
  *check({ clusters }) {
    for (const node of clusters.flatMap(({ kustomizations }) => kustomizations)) {
      const { prune, commonMetadata } = mapOf(node.object?.spec);
      if (prune !== true || hasMark(commonMetadata, 'prune', 'disabled')) continue;
      const pruned = node.build ? prunedIn(node.build) : [];
      const [first] = pruned;
      const what = first ? described(first, pruned.length) : remoteCrds(node);
      if (what === undefined) continue;
      yield {
        ...atNode(node, 'spec.prune'),
        locations: [...(atNode(node).locations ?? []), ...(first ? [first.location] : [])],
        message: `prunes ${what}: if it is removed from the Kustomization, or the Kustomization is removed or renamed, all its custom resources are deleted`,
        hint: `put the CRDs into their own Kustomization with prune: false, or annotate them ${PRUNE_KEY}: disabled`,
      };
    }
  },
};

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
