import type { ObjectIdentity } from './finding';

/** An object in words: `Kustomization "flux-system/apps"`. */
export function nameOf(identity: ObjectIdentity): string {
  return `${identity.kind} ${JSON.stringify(qualifiedName(identity))}`;
}

/** An object by its namespace and name, for example `flux-system/apps`. */
export function qualifiedName({ namespace, name }: ObjectIdentity): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}
