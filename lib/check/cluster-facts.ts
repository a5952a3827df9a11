import type { ClusterConfig } from '../config/check-config';
import { computeOrder } from '../graph/compute-order';
import type { AppliedObject, ClusterGraph, EdgeKind, Graph, GraphEdge, GraphNode } from '../graph/graph';
import { nodeId } from '../graph/cluster-graph';
import type { Order } from '../graph/order';
import type { Tree } from '../tree/tree';

import { chainLengths } from './chain-lengths';
import { groupBy } from '../plain/group-by';

/** An object of a cluster and the Kustomization that applies it. */
export interface OwnedObject extends AppliedObject {
  /** The node of the Kustomization. */
  readonly owner: GraphNode;
}

/** What rules often ask of one cluster. Each fact is gathered once, when it is first asked for. */
export class ClusterFacts {
  private byId?: ReadonlyMap<string, GraphNode>;
  private outgoing?: ReadonlyMap<string, readonly GraphEdge[]>;
  private owned?: ReadonlyMap<string, readonly OwnedObject[]>;
  private computed?: Order;
  private lengths?: ReadonlyMap<string, number>;

  /**
   * @param tree - the files of the repository
   * @param graph - the graph of the repository
   * @param cluster - the cluster in it
   * @param settings - what `cdk8s-flux.yaml` says of the cluster
   */
  constructor(
    readonly tree: Tree,
    private readonly graph: Graph,
    readonly cluster: ClusterGraph,
    readonly settings: ClusterConfig,
  ) {}

  /** All nodes, from the root down. */
  get nodes(): readonly GraphNode[] {
    return this.cluster.nodes;
  }

  /** The Kustomizations of the tree, the root first. */
  get kustomizations(): readonly GraphNode[] {
    return this.nodes.filter(({ type, object }) => type === 'kustomization' && object !== undefined);
  }

  /** The node of an id. */
  node(id: string): GraphNode | undefined {
    this.byId ??= new Map(this.nodes.map((node) => [node.id, node]));
    return this.byId.get(id);
  }

  /** The edges of one kind, in the order of the nodes from which they start. */
  edges(kind: EdgeKind): readonly GraphEdge[] {
    return this.cluster.edges.filter((edge) => edge.kind === kind);
  }

  /** The edges that start at a node, of one kind or of all. */
  edgesFrom(id: string, kind?: EdgeKind): readonly GraphEdge[] {
    this.outgoing ??= groupBy(this.cluster.edges, ({ from }) => from);
    const edges = this.outgoing.get(id) ?? [];
    return kind === undefined ? edges : edges.filter((edge) => edge.kind === kind);
  }

  /** The order in which Flux reconciles the cluster. */
  get order(): Order {
    this.computed ??= computeOrder(this.graph, this.cluster);
    return this.computed;
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
    this.owned ??= groupBy(this.applied(), ({ identity }) => nodeId(identity));
    return this.owned;
  }

  private *applied(): Iterable<OwnedObject> {
    for (const owner of this.kustomizations) {
      if (owner.build === undefined || owner.build.remoteCluster !== undefined) continue;
      for (const applied of owner.build.inventory) yield { ...applied, owner };
    }
  }
}
