import { isDeepStrictEqual } from 'node:util';
import { sourceOfObject } from '../../graph/entries/entry';
import type { GraphNode } from '../../graph/graph';
import type { Change } from '../change';
import { changeOf } from './change-of';
import { isSuspended, type ClusterComparison } from './cluster-comparison';
import type { OwnedObject } from './cluster-state';
import { nameOf, qualifiedName } from '../../findings/object-name';
import { ownerChange, type OwnerChange } from './owners';
import type { Removals } from './removal';
import { TAKES } from './taken-along';

/**
 * Objects that another Kustomization owns now. Flux deletes only what still carries the labels of the old owner: whoever
 * comes first decides whether the object is adopted, or deleted and created again.
 */
export function movedObjects(comparison: ClusterComparison, removals: Removals): Change[] {
  return comparison.kept.flatMap(({ before, after }) => {
    const change = ownerChange(before, after);
    // A renamed Kustomization is one change, with all that it applies.
    if (!change || comparison.renames.get(change.former.id)?.id === change.owner.id) return [];
    const formerOwner = qualifiedName(change.former.identity);
    return [changeOf(after, { ...textOf(before, change, comparison, removals), formerOwner })];
  });
}

type MoveText = Pick<Change, 'class' | 'message' | 'hint' | 'deletesFirst'>;

function textOf(
  before: OwnedObject,
  { former, owner }: OwnerChange,
  { head, waits }: ClusterComparison,
  removals: Removals,
): MoveText {
  const [from, to] = [nameOf(former.identity), nameOf(owner.identity)];
  const removal = removals.of(before);
  if (removal.fate !== 'deleted') return adopted(`${to} adopts it from ${from}: ${removal.why}`);
  if (isSuspended(owner)) {
    return {
      class: 'deleted',
      message: `${from} deletes it, and ${to}, which is suspended, does not create it again`,
      hint: `resume ${to} first, or annotate the object with kustomize.toolkit.fluxcd.io/prune: disabled one commit before`,
    };
  }
  const isGone = !head.kustomizations.has(former.id);
  const isWaiting = !isGone && waits.waits(former.id, owner.id);
  const isOrdered = isWaiting && isOneSource(head.kustomizations.get(former.id), owner);
  if (isOrdered)
    return adopted(`${to} adopts it: ${from} waits for ${to}, and no longer owns it when it prunes`);
  const isLater = waits.waits(owner.id, former.id);
  const it =
    TAKES[before.identity.kind] === undefined ? 'it' : `it and ${String(TAKES[before.identity.kind])}`;
  const message = isWaiting
    ? `${from} deletes ${it}, unless ${to} is faster; then ${to} creates it again: ${from} waits for ${to}, but they have different sources, so that ${to} may be ready with what it had before`
    : isGone
      ? `${from} is removed and deletes ${it}, unless ${to} is faster; ${to} creates it again`
      : isLater
        ? `${from} deletes ${it}, then ${to} creates it again, since ${to} waits for ${from}`
        : `${from} deletes ${it}, unless ${to} is faster; then ${to} creates it again: nothing orders the two`;
  return {
    class: 'moved',
    deletesFirst: true,
    message,
    hint: safeWay(from, to, isGone || isLater || isWaiting),
  };
}

/** Whether two Kustomizations have one source: only then waiting is for the same revision. */
function isOneSource(former: GraphNode | undefined, owner: GraphNode): boolean {
  const [source, other] = [former, owner].map((node) => node?.object && sourceOfObject(node.object));
  return isDeepStrictEqual(source, other);
}

function adopted(message: string): MoveText {
  return { class: 'moved', message };
}

function safeWay(from: string, to: string, needsAnnotation: boolean): string {
  return needsAnnotation
    ? `commit the annotation kustomize.toolkit.fluxcd.io/prune: disabled on the object first, and move it once that is applied`
    : `let ${from} wait for ${to} in the same commit (dependsOn), or annotate the object with kustomize.toolkit.fluxcd.io/prune: disabled one commit before`;
}
