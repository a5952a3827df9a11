import type { ObjectIdentity } from '../../findings/finding';
import type { GraphNode } from '../../graph/graph';
import type { Change } from '../change';
import { changeOf } from './change-of';
import type { ClusterComparison } from './cluster-comparison';
import { nameOf, qualifiedName } from '../../findings/object-name';
import type { Removals } from './removal';
import { countedTakers } from './taken-along';

/** Kustomizations that have another name or namespace now: to Flux, one is removed and another one is new. */
export function renamedKustomizations(comparison: ClusterComparison, removals: Removals): Change[] {
  return [...comparison.renames].flatMap(([id, renamed]) => {
    const former = comparison.base.kustomizations.get(id);
    const own = comparison.head.ownObjectOf(renamed);
    if (!former || !own) return [];
    const kept = comparison.base
      .inventoryOf(id)
      .filter(({ key }) => comparison.head.objects.get(key)?.owners[0]?.id === renamed.id);
    const alongWith = kept.map(({ identity }) => identity);
    const text = textOf(former, renamed, removals, alongWith);
    const formerOwner = ownerOf(comparison, former);
    return [changeOf(own, { ...text, alongWith, ...(formerOwner !== undefined && { formerOwner }) })];
  });
}

function ownerOf({ base, head }: ClusterComparison, former: GraphNode): string | undefined {
  const owner = base.ownObjectOf(former)?.owners[0];
  return owner && !head.kustomizations.has(owner.id) ? qualifiedName(owner.identity) : undefined;
}

function textOf(
  former: GraphNode,
  renamed: GraphNode,
  removals: Removals,
  applied: readonly ObjectIdentity[],
): Pick<Change, 'class' | 'message' | 'hint'> {
  const [from, to] = [nameOf(former.identity), nameOf(renamed.identity)];
  const end = removals.endOf(former);
  if (end.fate !== 'deleted')
    return { class: 'moved', message: `${from} is now ${to}, which adopts what it applied: ${end.why}` };
  const takers = countedTakers(applied);
  const lost = takers === '' ? '' : `, with ${takers} and what goes with them`;
  return {
    class: 'recreated',
    message: `${from} is now ${to}: Flux deletes everything that the former applied${lost}, then creates it again`,
    hint: `commit deletionPolicy: Orphan on ${from} first, and rename it once that is applied`,
  };
}
