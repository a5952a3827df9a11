import type { ClusterConfig } from '../../config/check-config';
import { findOrderCycles } from '../../graph/order/compute-order';
import type { AppliedObject, ClusterGraph, EdgeKind, GraphEdge, GraphNode } from '../../graph/graph';
import { frameOf, type Frame } from '../../graph/frame';
import { Precedence } from '../../graph/order/happens-before';
import { nodeId } from '../../graph/node-id';
import { nodesById } from '../../graph/nodes-by-id';
import type { OrderCycle } from '../../graph/order/order';
import type { Tree } from '../../tree/tree';

import { chainLengths } from './chain-lengths';
import { groupBy } from '../../plain/group-by';
import { once } from '../../plain/once';

/** An object of a cluster and the Kustomization that applies it. */
export interface OwnedObject extends AppliedObject {
  /** The id of its node, or the one that a node of it would have. */
  readonly id: string;
  /** The node of the Kustomization. */
  readonly owner: GraphNode;
}

/** What rules often ask of one cluster. Each fact is gathered once, when it is first asked for. */
export class ClusterFacts {
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
    return edgesByKind(frameOf(this.cluster)).get(kind) ?? [];
  }

  /** The edges that start at a node, of one kind or of all. */
  edgesFrom(id: string, kind?: EdgeKind): readonly GraphEdge[] {
    const edges = edgesByStart(frameOf(this.cluster)).get(id) ?? [];
    return kind === undefined ? edges : edges.filter((edge) => edge.kind === kind);
  }

  /** The ResourceSet from which the Flux operator creates a node; `undefined` if Flux applies it itself. */
  makerOf({ id, state }: GraphNode): GraphNode | undefined {
    return state === 'made' ? this.node(makers(frameOf(this.cluster)).get(id) ?? '') : undefined;
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
    return findOrderCycles(this.cluster);
  }

  /** By node, how many others it waits for one after another, in its longest chain of `dependsOn`. */
  get chainLengths(): ReadonlyMap<string, number> {
    return chainLengthsIn(frameOf(this.cluster));
  }

  /** What must happen before what in the cluster. */
  get precedence(): Precedence {
    return precedenceIn(this.cluster);
  }

  /**
   * All objects that are applied to the cluster itself, by the id of `nodeId`; several under one id where Kustomizations
   * fight for an object.
   */
  get objects(): ReadonlyMap<string, readonly OwnedObject[]> {
    return ownedById(this.cluster);
  }

  /** Those of a kind, of whatever group; where Kustomizations fight for one, only the first. */
  ofKind(kind: string): readonly OwnedObject[] {
    return firstsByKind(this.cluster).get(kind) ?? [];
  }
}

// A check and a diff ask the same about one cluster.
const applying = once(({ nodes }: ClusterGraph): readonly GraphNode[] =>
  nodes.filter(({ type, object }) => type === 'kustomization' && object !== undefined),
);

const precedenceIn = once((cluster: ClusterGraph) => new Precedence(cluster));

const edgesByKind = once(({ edges }: Frame): ReadonlyMap<EdgeKind, readonly GraphEdge[]> =>
  groupBy(edges, ({ kind }) => kind),
);

const edgesByStart = once(({ edges }: Frame): ReadonlyMap<string, readonly GraphEdge[]> =>
  groupBy(edges, ({ from }) => from),
);

const chainLengthsIn = once((frame: Frame): ReadonlyMap<string, number> => {
  const next = groupBy(edgesByKind(frame).get('depends-on') ?? [], ({ from }) => from);
  return chainLengths(
    frame.nodes.map(({ id }) => id),
    (id) => (next.get(id) ?? []).map(({ to }) => to),
  );
});

const ownedById = once((cluster: ClusterGraph): ReadonlyMap<string, readonly OwnedObject[]> => {
  const found = new Map<string, readonly OwnedObject[]>();
  const contested = new Map<string, OwnedObject[]>();
  for (const single of applying(cluster).flatMap(ownedBy)) {
    const [{ id }] = single;
    const known = found.get(id);
    const others = contested.get(id) ?? (known && [...known]);
    if (others) contested.set(id, others);
    others?.push(...single);
    found.set(id, others ?? single);
  }
  return found;
});

const makers = once(
  ({ edges }: Frame): ReadonlyMap<string, string> =>
    new Map(edges.flatMap(({ kind, from, to }) => (kind === 'makes' ? [[to, from] as const] : []))),
);

const firstsByKind = once((cluster: ClusterGraph): ReadonlyMap<string, readonly OwnedObject[]> => {
  const firsts = [...ownedById(cluster).values()].flatMap(([first]) => first ?? []);
  return groupBy(firsts, ({ identity }) => identity.kind);
});

/** Each object in a list of its own. The two sides of a diff have most Kustomizations in common. */
const ownedBy = once((owner: GraphNode): readonly (readonly [OwnedObject])[] => {
  const { build } = owner;
  if (build === undefined || build.remoteCluster !== undefined) return [];
  return build.inventory.map((applied) => [
    { ...applied, id: applied.node ?? nodeId(applied.identity), owner },
  ]);
});
