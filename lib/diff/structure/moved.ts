import { isDeepStrictEqual } from 'node:util';
import { sourceOfObject } from '../../graph/entries/entry';
import type { GraphNode } from '../../graph/graph';
import type { Change } from '../change';
import { changeOf } from './change-of';
import type { ClusterComparison } from './cluster-comparison';
import type { OwnedObject } from './cluster-state';
import { nameOf, qualifiedName } from '../../findings/object-name';
import { leavingOwner, ownerChange, type OwnerChange } from './owners';
import type { Removals } from './removal';
import { TAKES } from './taken-along';

/**
 * Objects that another Kustomization owns now. Flux deletes only what still carries the labels of the old owner: whoever
 * comes first decides whether the object is adopted, or deleted and created again.
 */
export function movedObjects(comparison: ClusterComparison, removals: Removals): Change[] {
  return comparison.kept.flatMap(({ before, after }) => {
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
      suspension === 'now' ? 'which the same commit suspends, may not' : 'which is suspended, does not';
    return {
      class: 'deleted',
      message: `${from} deletes it, and ${to}, ${how} create it again`,
      hint: `resume ${to} first, or annotate the object with kustomize.toolkit.fluxcd.io/prune: disabled one commit before`,
    };
  }
  const { waits, formerWaits } = comparison;
  const isOrdered = waits.follows(former.id, owner.id);
  if (isOrdered && formerWaits.follows(former.id, owner.id))
    return adopted(`${to} adopts it: ${from} waits for ${to}, and no longer owns it when it prunes`);
  const taken = TAKES[before.identity.kind];
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
    return `${from} is removed and deletes ${it}, unless ${to} is faster; ${to} creates it again`;
  if (waits.waits(owner.id, former.id))
    return `${from} deletes ${it}, then ${to} creates it again, since ${to} waits for ${from}`;
  const start = `${from} deletes ${it}, unless ${to} is faster; then ${to} creates it again`;
  if (waits.follows(former.id, owner.id))
    return `${start}: ${from} waits for ${to} from this commit on, and may apply the commit before it learns that`;
  if (!waits.waits(former.id, owner.id)) return `${start}: nothing orders the two`;
  const isOne = isOneSource(head.kustomizations.get(former.id), owner);
  const why = isOne ? 'not for the same revision' : 'they have different sources';
  return `${start}: ${from} waits for ${to}, but ${why}, so that ${to} may be ready with what it had before`;
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
    return `commit the dependsOn first, and move the object once that is applied`;
  if (!isThere || waits.waits(owner.id, former.id) || waits.waits(former.id, owner.id))
    return `commit the annotation kustomize.toolkit.fluxcd.io/prune: disabled on the object first, and move it once that is applied`;
  return `let ${from} depend on ${to} (dependsOn) one commit before, or annotate the object with kustomize.toolkit.fluxcd.io/prune: disabled one commit before`;
}
