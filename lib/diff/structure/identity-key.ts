import type { ObjectIdentity } from '../../findings/finding';

/** A text that is equal for one object, whatever version of its kind a file names. */
export function identityKey({ group, kind, namespace = '', name }: ObjectIdentity): string {
  return JSON.stringify([group, kind, namespace, name]);
}

/** An object as a person names it, for example `Deployment "shop/cart"`. */
export function nameOf({ kind, namespace, name }: ObjectIdentity): string {
  return `${kind} ${JSON.stringify(namespace === undefined ? name : `${namespace}/${name}`)}`;
}

/** A Kustomization by its namespace and name, for example `flux-system/apps`. */
export function qualifiedName({ namespace, name }: ObjectIdentity): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}
