import type { GraphNode } from '../../graph/graph';
import type { Change } from '../change';
import { changeOf } from './change-of';
import type { ClusterComparison } from './cluster-comparison';
import type { OwnedObject } from './cluster-state';
import { Contents } from './contents';
import { nameOf, qualifiedName } from '../../findings/object-name';
import type { Removals } from './removal';
import { countedTakers, PRECAUTIONS, TAKES } from './taken-along';

/** A Kustomization with another name or namespace. */
interface Rename {
  readonly former: GraphNode;
  readonly renamed: GraphNode;
  /** The objects that both apply. */
  readonly kept: readonly { readonly before: OwnedObject; readonly after: OwnedObject }[];
}

/** Kustomizations that have another name or namespace now: to Flux, one is removed and another one is new. */
export function renamedKustomizations(comparison: ClusterComparison, removals: Removals): Change[] {
  const contents = new Contents(comparison.base);
  return [...comparison.renames].flatMap(([id, renamed]) => {
    const former = comparison.base.kustomizations.get(id);
    const own = comparison.head.ownObjectOf(renamed);
    if (!former || !own) return [];
    const kept = comparison.base.inventoryOf(id).flatMap((before) => {
      const after = comparison.head.objects.get(before.key);
      return after?.owners[0]?.id === renamed.id ? [{ before, after }] : [];
    });
    const rename = { former, renamed, kept };
    const formerOwner = ownerOf(comparison, former);
    const change = changeOf(own, {
      ...textOf(rename, removals),
      alongWith: kept.map(({ before }) => before.identity),
      ...(formerOwner !== undefined && { formerOwner }),
    });
    return change.class === 'recreated' ? [change, ...recreatedTakers(rename, removals, contents)] : [change];
  });
}

function ownerOf({ base, head }: ClusterComparison, former: GraphNode): string | undefined {
  const owner = base.ownObjectOf(former)?.owners[0];
  return owner && !head.kustomizations.has(owner.id) ? qualifiedName(owner.identity) : undefined;
}

function textOf(
  { former, renamed, kept }: Rename,
  removals: Removals,
): Pick<Change, 'class' | 'message' | 'hint'> {
  const [from, to] = [nameOf(former.identity), nameOf(renamed.identity)];
  const end = removals.endOf(former);
  if (end.fate !== 'deleted')
    return { class: 'moved', message: `${from} is renamed to ${to}, which adopts its objects: ${end.why}` };
  const deleted = kept.filter(({ before }) => isDeleted(before, removals));
  const takers = countedTakers(deleted.map(({ before }) => before.identity));
  const lost = takers === '' ? '' : `, including ${takers} and everything that is deleted with them`;
  return {
    class: 'recreated',
    message: `${from} is renamed to ${to}: Flux deletes everything that ${from} applied${lost}, and then creates it again`,
    hint: orphanFirst(from),
  };
}

/** Objects whose deletion also deletes other objects or data: they are not the same after they are created again. */
function recreatedTakers(
  { former, renamed, kept }: Rename,
  removals: Removals,
  contents: Contents,
): Change[] {
  const [from, to] = [nameOf(former.identity), nameOf(renamed.identity)];
  return kept.flatMap(({ before, after }) => {
    const taken = TAKES.get(before.identity.kind);
    if (taken === undefined || !isDeleted(before, removals)) return [];
    const precaution = PRECAUTIONS.get(before.identity.kind);
    return [
      changeOf(after, {
        class: 'recreated',
        message: `Flux deletes it and ${taken}, and then creates it again, because ${from} is renamed to ${to}`,
        hint: `${orphanFirst(from)}${precaution === undefined ? '' : `; otherwise, ${precaution}`}`,
        formerOwner: qualifiedName(former.identity),
        alongWith: contents.of(before).map(({ identity }) => identity),
      }),
    ];
  });
}

function isDeleted(object: OwnedObject, removals: Removals): boolean {
  return removals.of(object).fate === 'deleted';
}

function orphanFirst(name: string): string {
  return `commit deletionPolicy: Orphan on ${name} first, and rename it once Flux has applied that commit`;
}
