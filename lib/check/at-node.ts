import type { GraphNode } from '../graph/graph';
import type { RuleFinding } from './rule';

/** Where a finding about a field of a node's object is. */
export function atNode(
  node: GraphNode,
  field?: string,
): Pick<RuleFinding, 'locations' | 'object' | 'field' | 'node'> {
  return { locations: node.location ? [node.location] : [], object: node.identity, field, node };
}
