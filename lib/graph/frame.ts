import { isDeepStrictEqual } from 'node:util';
import type { ClusterGraph, GraphEdge, GraphNode, KustomizationBuild } from './graph';

/** What a frame has of a build: nothing of the objects that it gives. */
type FrameBuild = Pick<
  KustomizationBuild,
  'source' | 'path' | 'remoteCluster' | 'remotes' | 'failure' | 'complete'
>;

/** A Flux object of a cluster without what it applies. */
export type FrameNode = Omit<GraphNode, 'build'> & { readonly build?: FrameBuild };

/**
 * The Flux objects of a cluster and how they hang together, without what builds apply: all that decides on the order in which
 * Flux reconciles them. Most changes leave it as it is.
 */
export interface Frame {
  readonly root: string;
  readonly nodes: readonly FrameNode[];
  readonly edges: readonly GraphEdge[];
}

const shared = new WeakMap<ClusterGraph, Frame>();

/**
 * The frame of a cluster. What is found out of a frame alone holds for every cluster that has it: the two sides of a diff
 * have one frame in common where it is the same in both.
 */
export function frameOf(cluster: ClusterGraph): Frame {
  return shared.get(cluster) ?? cluster;
}

/** Gives a cluster the frame of another one, if it has the same. */
export function shareFrame(cluster: ClusterGraph, other: ClusterGraph): void {
  const frame = frameOf(other);
  if (isSameFrame(cluster, frame)) shared.set(cluster, frame);
}

function isSameFrame(a: Frame, b: Frame): boolean {
  return (
    a.root === b.root &&
    a.nodes.length === b.nodes.length &&
    a.edges.length === b.edges.length &&
    a.nodes.every((node, index) => isSameNode(node, b.nodes[index] as FrameNode)) &&
    a.edges.every((edge, index) => isSameEdge(edge, b.edges[index] as GraphEdge))
  );
}

function isSameNode(a: FrameNode, b: FrameNode): boolean {
  if (a === b) return true;
  const [{ build: own, ...node }, { build: others, ...other }] = [a, b];
  return a.id === b.id && a.object === b.object && isDeepStrictEqual(node, other) && isSameBuild(own, others);
}

function isSameBuild(a: FrameBuild | undefined, b: FrameBuild | undefined): boolean {
  return isDeepStrictEqual(a && frameBuild(a), b && frameBuild(b));
}

function frameBuild({ source, path, remoteCluster, remotes, failure, complete }: FrameBuild): FrameBuild {
  return { source, path, remoteCluster, remotes, failure, complete };
}

function isSameEdge(a: GraphEdge, b: GraphEdge): boolean {
  return (
    a.from === b.from &&
    a.to === b.to &&
    a.kind === b.kind &&
    a.field === b.field &&
    a.optional === b.optional
  );
}
