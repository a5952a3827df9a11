import type { Change } from '../change';
import type { OwnedObject } from './cluster-state';
import { qualifiedName } from '../../findings/object-name';

/** What a change says beside where it is. */
export type ChangeText = Pick<Change, 'class' | 'message'> &
  Partial<
    Pick<Change, 'hint' | 'fields' | 'alongWith' | 'formerOwner' | 'versions' | 'deletesFirst' | 'isPathOnly'>
  >;

/** A change of an object, with its identity, its owner and its place. */
export function changeOf({ identity, location, owners }: OwnedObject, text: ChangeText): Change {
  const [owner] = owners;
  return {
    fields: [],
    ...text,
    object: identity,
    ...(owner && { owner: qualifiedName(owner.identity) }),
    location,
  };
}
