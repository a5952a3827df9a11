import type { ObjectIdentity } from '../../findings/finding';
import { nameOf, qualifiedName } from '../../findings/object-name';
import type { GraphNode } from '../../graph/graph';
import { KUSTOMIZE_GROUP, OPERATOR_GROUP } from '../../kinds/groups';
import type { Change } from '../change';
import { changeOf, type ChangeText } from './change-of';
import type { OwnedObject } from './cluster-state';
import type { Removal, Removals } from './removal';
import { TAKES } from './taken-along';

/** An object before and after a change. */
interface Kept {
  readonly before: OwnedObject;
  readonly after: OwnedObject;
}

/**
 * The change of an object that another ResourceSet creates now, or that changed between a ResourceSet and a Kustomization;
 * nothing if the same ResourceSet creates it, with which it moves.
 *
 * The operator takes an object from a Kustomization: only this then leaves the object alone. A Kustomization does not take
 * one from the operator, which still deletes the object.
 */
export function madeElsewhere({ before, after }: Kept, removals: Removals): Change[] {
  if (before.maker?.key === after.maker?.key) return [];
  const [from, to] = [applierOf(before), applierOf(after)];
  const removal = removals.of(before);
  const text = removal.fate === 'deleted' ? deletedFirst(before, from, to) : adopted(from, to, removal);
  const [former, owner] = [before.owners[0], after.owners[0]];
  const isOther = former !== undefined && former.id !== owner?.id;
  return [changeOf(after, { ...text, ...(isOther && { formerOwner: qualifiedName(former.identity) }) })];
}

/** What applies an object: its ResourceSet, otherwise its Kustomization. */
function applierOf({ maker, owners }: OwnedObject): ObjectIdentity {
  return maker?.identity ?? (owners[0] as GraphNode).identity;
}

function adopted(from: ObjectIdentity, to: ObjectIdentity, { why }: Removal): ChangeText {
  return { class: 'moved', message: `${nameOf(to)} adopts it from ${nameOf(from)}: ${why}` };
}

function deletedFirst(
  { identity, maker }: OwnedObject,
  from: ObjectIdentity,
  to: ObjectIdentity,
): ChangeText {
  const taken = TAKES.get(identity.kind);
  const it = taken === undefined ? 'it' : `it and ${taken}`;
  const unless = to.kind === 'ResourceSet' ? `, unless ${nameOf(to)} adopts it first` : '';
  return {
    class: 'moved',
    deletesFirst: true,
    message: `${nameOf(from)} deletes ${it} and ${nameOf(to)} creates it again${unless}`,
    hint: `set the annotation ${maker ? OPERATOR_GROUP : KUSTOMIZE_GROUP}/prune: disabled on the object one commit before`,
  };
}
