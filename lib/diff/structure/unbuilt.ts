import { qualifiedName } from '../../findings/object-name';
import type { Change } from '../change';
import type { ClusterComparison } from './cluster-comparison';
import type { ClusterState } from './cluster-state';

/**
 * Changes with what failing builds make of them: Flux applies nothing of a Kustomization that does not build in the head,
 * and what one that does not build in the base has applied is unknown.
 */
export function unlessUnbuilt(changes: readonly Change[], { base, head }: ClusterComparison): Change[] {
  const [formerly, now] = [unbuiltIn(base), unbuiltIn(head)];
  return changes.map((change) => {
    const { class: changeClass, owner = '', formerOwner = owner, message } = change;
    if (now.has(owner)) return { ...change, message: `once Kustomization ${owner} builds: ${message}` };
    if (changeClass === 'created' || !formerly.has(formerOwner)) return change;
    const reason = `Kustomization ${formerOwner} does not build in the base`;
    return { ...change, message: `${message}; ${reason}, so the cluster may differ from its files` };
  });
}

function unbuiltIn({ kustomizations }: ClusterState): ReadonlySet<string> {
  const unbuilt = [...kustomizations.values()].filter(({ build }) => build?.failure !== undefined);
  return new Set(unbuilt.map(({ identity }) => qualifiedName(identity)));
}
