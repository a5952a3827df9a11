import type { ObjectIdentity } from '../../findings/finding';

/** A text that is equal for one object, whatever version of its kind a file names. */
export function identityKey({ group, kind, namespace = '', name }: ObjectIdentity): string {
  return JSON.stringify([group, kind, namespace, name]);
}
