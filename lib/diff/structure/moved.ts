import { isDeepStrictEqual } from 'node:util';
import { sourceOfObject } from '../../graph/entries/entry';
import type { GraphNode } from '../../graph/graph';
import type { Change } from '../change';
import { changeOf } from './change-of';
import type { ClusterComparison } from './cluster-comparison';
import type { OwnedObject } from './cluster-state';
import { nameOf, qualifiedName } from '../../findings/object-name';
import { madeElsewhere } from './made-elsewhere';
import { leavingOwner, ownerChange, type OwnerChange } from './owners';
import type { Removals } from './removal';
import { TAKES } from './taken-along';

/**
 * Objects that another Kustomization owns now. Flux deletes only what still carries the labels of the old owner: whoever
 * comes first decides whether the object is adopted, or deleted and created again.
 */
export function movedObjects(comparison: ClusterComparison, removals: Removals): Change[] {
  return comparison.kept.flatMap(({ before, after }) => {
    if (before.maker || after.maker) return madeElsewhere({ before, after }, removals);
    const move = ownerChange(before, after);
    const change = move ?? leavingOwner(before, after);
    // A renamed Kustomization is one change, together with everything that it applies.
    const renamed = change && comparison.renames.get(change.former.id)?.id;
    if (!change || after.owners.some(({ id }) => id === renamed)) return [];
    const text = moveText(before, change, comparison, removals);
    // If nothing happens, it does not matter that one of several owners is gone.
    if (!move && text.class === 'moved' && text.deletesFirst !== true) return [];
    return [changeOf(after, { ...text, formerOwner: qualifiedName(change.former.identity) })];
  });
}

type MoveText = Pick<Change, 'class' | 'message' | 'hint' | 'deletesFirst'>;

function moveText(
  before: OwnedObject,
  change: OwnerChange,
  comparison: ClusterComparison,
  removals: Removals,
): MoveText {
  const { former, owner } = change;
  const [from, to] = [nameOf(former.identity), nameOf(owner.identity)];
  const removal = removals.of(before, former);
  if (removal.fate !== 'deleted') return adopted(`${to} adopts it from ${from}: ${removal.why}`);
  const suspension = comparison.suspensionOf(owner);
  if (suspension !== undefined) {
    const how =
      suspension === 'now'
        ? 'may not create it again: the same commit suspends it'
        : 'does not create it again: it is suspended';
    return {
      class: 'deleted',
      message: `${from} deletes it, and ${to} ${how}`,
      hint: `resume ${to} first, or set the annotation kustomize.toolkit.fluxcd.io/prune: disabled on the object one commit before`,
    };
  }
  const { waits, formerWaits } = comparison;
  const isOrdered = waits.follows(former.id, owner.id);
  if (isOrdered && formerWaits.follows(former.id, owner.id))
    return adopted(
      `${to} adopts it: ${from} waits for ${to}, so it no longer owns the object when it prunes`,
    );
  const taken = TAKES.get(before.identity.kind);
  return {
    class: 'moved',
    deletesFirst: true,
    message: raceText(change, taken === undefined ? 'it' : `it and ${taken}`, comparison),
    hint: safeWay(change, comparison),
  };
}

/** Why the old owner may delete an object before the new one adopts it. */
function raceText({ former, owner }: OwnerChange, it: string, { head, waits }: ClusterComparison): string {
  const [from, to] = [nameOf(former.identity), nameOf(owner.identity)];
  if (!head.kustomizations.has(former.id))
    return `${from} is removed and deletes ${it}, unless ${to} adopts it first; ${to} creates it again`;
  if (waits.waits(owner.id, former.id))
    return `${from} deletes ${it}, and then ${to} creates it again, because ${to} waits for ${from}`;
  const start = `${from} deletes ${it} and ${to} creates it again, unless ${to} adopts it first`;
  if (waits.follows(former.id, owner.id))
    return `${start}: ${from} waits for ${to} only from this commit on, and may already apply this commit without waiting`;
  if (!waits.waits(former.id, owner.id)) return `${start}: neither waits for the other`;
  const isOne = isOneSource(head.kustomizations.get(former.id), owner);
  const why = isOne ? 'not for the same revision' : 'the two have different sources';
  return `${start}: ${from} waits for ${to}, but ${why}, so ${to} may still be ready from an earlier revision`;
}

/** Whether two Kustomizations have the same source: only then, waiting is for the same revision. */
function isOneSource(former: GraphNode | undefined, owner: GraphNode): boolean {
  const [source, other] = [former, owner].map((node) => node?.object && sourceOfObject(node.object));
  return isDeepStrictEqual(source, other);
}

function adopted(message: string): MoveText {
  return { class: 'moved', message };
}

function safeWay({ former, owner }: OwnerChange, { head, waits }: ClusterComparison): string {
  const [from, to] = [nameOf(former.identity), nameOf(owner.identity)];
  const isThere = head.kustomizations.has(former.id);
  if (isThere && waits.follows(former.id, owner.id))
    return `commit the dependsOn first, and move the object once Flux has applied that commit`;
  if (!isThere || waits.waits(owner.id, former.id) || waits.waits(former.id, owner.id))
    return `commit the annotation kustomize.toolkit.fluxcd.io/prune: disabled on the object first, and move it once Flux has applied that commit`;
  return `one commit before, add ${to} to dependsOn of ${from}, or set the annotation kustomize.toolkit.fluxcd.io/prune: disabled on the object`;
}
