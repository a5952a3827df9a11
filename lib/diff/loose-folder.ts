import type { ClusterGraph } from '../graph/graph';
import type { Change, ClusterDiff } from './change';
import { nameOf, qualifiedName } from '../findings/object-name';

/**
 * What happens in a folder that something outside of the repository applies: the Kustomization that stands for it while it
 * is evaluated is made up, and is not named.
 */
export function ofLooseFolder(diff: ClusterDiff, { nodes, root }: ClusterGraph): ClusterDiff {
  const made = nodes.find(({ id, location }) => id === root && location === undefined);
  if (!made) return diff;
  const [name, owner] = [nameOf(made.identity), qualifiedName(made.identity)];
  const changes = diff.changes.map(({ owner: own, ...change }): Change => {
    const message = change.message.replaceAll(name, 'what applies the folder');
    return { ...change, message, ...(own !== undefined && own !== owner && { owner: own }) };
  });
  const changed = diff.impact.changed.filter((one) => one !== owner);
  const order = diff.impact.order
    .map((chain) => chain.filter((one) => one !== owner))
    .filter((chain) => chain.length > 1);
  return { ...diff, changes, impact: { ...diff.impact, changed, order } };
}
