import type { ObjectIdentity } from '../../findings/finding';
import { once } from '../../plain/once';

/** A text that is equal for one object, whatever version of its kind a file names. */
export function identityText({ group, kind, namespace = '', name }: ObjectIdentity): string {
  return JSON.stringify([group, kind, namespace, name]);
}

/** The same, remembered: for few objects that are compared often. */
export const identityKey = once(identityText);
