import type { ClusterConfig } from '../../config/check-config';
import { findOrderCycles } from '../../graph/order/compute-order';
import type { AppliedObject, ClusterGraph, EdgeKind, GraphEdge, GraphNode } from '../../graph/graph';
import { nodeId } from '../../graph/cluster-graph';
import type { OrderCycle } from '../../graph/order/order';
import type { Tree } from '../../tree/tree';

import { chainLengths } from './chain-lengths';
import { groupBy } from '../../plain/group-by';
import { once } from '../../plain/once';

/** An object of a cluster and the Kustomization that applies it. */
export interface OwnedObject extends AppliedObject {
  /** The node of the Kustomization. */
  readonly owner: GraphNode;
}

/** What rules often ask of one cluster. Each fact is gathered once, when it is first asked for. */
export class ClusterFacts {
  private loops?: readonly OrderCycle[];
  private lengths?: ReadonlyMap<string, number>;

  /**
   * @param tree - the files of the repository
   * @param cluster - the cluster in the graph of the repository
   * @param settings - what `cdk8s-flux.yaml` says of the cluster
   */
  constructor(
    readonly tree: Tree,
    readonly cluster: ClusterGraph,
    readonly settings: ClusterConfig,
  ) {}

  /** All nodes, from the root down. */
  get nodes(): readonly GraphNode[] {
    return this.cluster.nodes;
  }

  /** The Kustomizations of the tree, the root first. */
  get kustomizations(): readonly GraphNode[] {
    return applying(this.cluster);
  }

  /** The node of an id. */
  node(id: string): GraphNode | undefined {
    return nodesById(this.cluster).get(id);
  }

  /** The edges of one kind, in the order of the nodes from which they start. */
  edges(kind: EdgeKind): readonly GraphEdge[] {
    return edgesByKind(this.cluster).get(kind) ?? [];
  }

  /** The edges that start at a node, of one kind or of all. */
  edgesFrom(id: string, kind?: EdgeKind): readonly GraphEdge[] {
    const edges = edgesByStart(this.cluster).get(id) ?? [];
    return kind === undefined ? edges : edges.filter((edge) => edge.kind === kind);
  }

  /** Whether a Kustomization applies a node, itself or through others. */
  isAppliedThrough(node: GraphNode, ancestor: GraphNode): boolean {
    const seen = new Set([node.id]);
    for (const id of seen) for (const owner of this.node(id)?.appliedBy ?? []) seen.add(owner);
    return node !== ancestor && seen.has(ancestor.id);
  }

  /** Whether Flux refuses all builds that hold a node, so that nobody applies it as the files have it. */
  isRefused({ appliedBy }: GraphNode): boolean {
    return appliedBy.length > 0 && appliedBy.every((owner) => this.node(owner)?.build?.failure !== undefined);
  }

  /** The loops in the order in which Flux reconciles the cluster. */
  get cycles(): readonly OrderCycle[] {
    this.loops ??= findOrderCycles(this.cluster);
    return this.loops;
  }

  /** By node, how many others it waits for one after another, in its longest chain of `dependsOn`. */
  get chainLengths(): ReadonlyMap<string, number> {
    this.lengths ??= chainLengths(
      this.nodes.map(({ id }) => id),
      (id) => this.edgesFrom(id, 'depends-on').map(({ to }) => to),
    );
    return this.lengths;
  }

  /**
   * All objects that are applied to the cluster itself, by the id of `nodeId`; several under one id where Kustomizations
   * fight for an object.
   */
  get objects(): ReadonlyMap<string, readonly OwnedObject[]> {
    return ownedById(this.cluster);
  }
}

// A check and a diff ask the same about one cluster.
const applying = once(({ nodes }: ClusterGraph): readonly GraphNode[] =>
  nodes.filter(({ type, object }) => type === 'kustomization' && object !== undefined),
);

const nodesById = once(
  ({ nodes }: ClusterGraph): ReadonlyMap<string, GraphNode> => new Map(nodes.map((node) => [node.id, node])),
);

const edgesByKind = once(({ edges }: ClusterGraph): ReadonlyMap<EdgeKind, readonly GraphEdge[]> =>
  groupBy(edges, ({ kind }) => kind),
);

const edgesByStart = once(({ edges }: ClusterGraph): ReadonlyMap<string, readonly GraphEdge[]> =>
  groupBy(edges, ({ from }) => from),
);

const ownedById = once((cluster: ClusterGraph): ReadonlyMap<string, readonly OwnedObject[]> =>
  groupBy(applying(cluster).flatMap(ownedBy), ({ identity }) => idOf(identity)),
);

/** The two sides of a diff have most objects in common. */
const idOf = once(nodeId);

function ownedBy(owner: GraphNode): OwnedObject[] {
  const { build } = owner;
  if (build === undefined || build.remoteCluster !== undefined) return [];
  return build.inventory.map(({ identity, object, location, node }) => ({
    identity,
    object,
    location,
    ...(node !== undefined && { node }),
    owner,
  }));
}
