import type { FindingInput } from '../findings/finding';
import type { GraphNode } from '../graph/graph';

/** Where a finding about a field of a node's object is. */
export function atNode(
  node: GraphNode,
  field?: string,
): Pick<FindingInput, 'locations' | 'object' | 'field'> {
  return { locations: node.location ? [node.location] : [], object: node.identity, field };
}
