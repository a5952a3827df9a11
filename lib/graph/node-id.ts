import type { ObjectIdentity } from '../findings/finding';
import { KUSTOMIZE_GROUP } from '../kinds/groups';
import { fluxNodeType } from './kinds';

/** The id of a node: `kind/namespace/name`; kinds that are not Flux's carry their group. */
export function nodeId({ group, kind, namespace, name }: ObjectIdentity): string {
  const isPlain = group === '' || group === KUSTOMIZE_GROUP || fluxNodeType(group, kind) !== undefined;
  return `${isPlain ? kind : `${kind}.${group}`}/${namespace ?? ''}/${name}`;
}
