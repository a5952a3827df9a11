import type { ObjectIdentity } from './finding';

/** A text that is equal for one object, whatever version of its kind a file names. */
export function identityText({ group, kind, namespace = '', name }: ObjectIdentity): string {
  return JSON.stringify([group, kind, namespace, name]);
}

/** An object in words: `Kustomization "flux-system/apps"`. */
export function nameOf(identity: ObjectIdentity): string {
  return `${identity.kind} ${JSON.stringify(qualifiedName(identity))}`;
}

/** An object by its namespace and name, for example `flux-system/apps`. */
export function qualifiedName({ namespace, name }: ObjectIdentity): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}
