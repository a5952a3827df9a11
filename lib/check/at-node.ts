import type { FindingInput } from '../findings/finding';
import type { ObjectIdentity } from '../findings/finding';
import type { GraphNode } from '../graph/graph';

/** Where a finding about a field of a node's object is. */
export function atNode(
  node: GraphNode,
  field?: string,
): Pick<FindingInput, 'locations' | 'object' | 'field'> {
  return { locations: node.location ? [node.location] : [], object: node.identity, field };
}

/** An object in words: `Kustomization "flux-system/apps"`. */
export function nameOf({ kind, namespace, name }: ObjectIdentity): string {
  return `${kind} ${JSON.stringify(namespace === undefined ? name : `${namespace}/${name}`)}`;
}
