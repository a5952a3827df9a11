import { once } from '../plain/once';
import type { Frame, FrameNode } from './frame';
import type { ClusterGraph, GraphNode } from './graph';

/** The nodes of a cluster by their ids. Everything that looks at a cluster asks for them. */
export function nodesById(cluster: ClusterGraph): ReadonlyMap<string, GraphNode>;
export function nodesById(frame: Frame): ReadonlyMap<string, FrameNode>;
export function nodesById(frame: Frame): ReadonlyMap<string, FrameNode> {
  return byId(frame);
}

const byId = once(
  ({ nodes }: Frame): ReadonlyMap<string, FrameNode> => new Map(nodes.map((node) => [node.id, node])),
);
