import type { ObjectIdentity } from '../../findings/finding';
import { once } from '../../plain/once';

/** A text that is equal for one object, whatever version of its kind a file names. */
export const identityKey = once(({ group, kind, namespace = '', name }: ObjectIdentity): string =>
  JSON.stringify([group, kind, namespace, name]),
);
