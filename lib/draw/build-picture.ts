import { createHash } from 'node:crypto';
import { occurrencesOf } from '../findings/causes';
import type { Finding } from '../findings/finding';
import type { ManifestObject } from '../tree/manifest';
import { nodeId } from '../graph/node-id';
import { computeOrder } from '../graph/order/compute-order';
import type { ClusterGraph, Graph, GraphEdge, GraphNode } from '../graph/graph';
import { FindingPlaces } from './finding-places';
import { Masker } from '../mask/masker';
import { layersOf } from './layers';
import type { Picture, PictureCluster, PictureEdge, PictureNode } from './picture';
import { Troubles, type References } from './troubles';
import { stepInWave, wavesOf } from './waves';

/** What a picture is made of. */
export interface PictureOptions {
  /**
   * The name of the only cluster to draw.
   *
   * @default - all clusters
   */
  readonly cluster?: string;
  /**
   * What was found wrong; it is shown at the nodes and edges that it concerns.
   *
   * @default - the findings of the graph
   */
  readonly findings?: readonly Finding[];
  /**
   * Hides the secrets of the repository.
   *
   * @default - one that knows the secrets of the graph's objects
   */
  readonly masker?: Masker;
  /**
   * By cluster and object, the missing ones to which it refers and which something that the repository does not show may
   * bring. These are not marked.
   *
   * @default - none: what nothing in the repository applies is marked
   */
  readonly unseen?: ReadonlyMap<string, References>;
}

/** Draws up what a picture of a graph shows. Costs are linear in the graph and what its Kustomizations apply. */
export function buildPicture(graph: Graph, options: PictureOptions = {}): Picture {
  const { cluster, findings = graph.findings, masker = Masker.of(graph) } = options;
  const drawn = graph.clusters.filter(({ name }) => cluster === undefined || name === cluster);
  const places = new FindingPlaces(occurrencesOf(findings), drawn);
  const clusters = drawn.map((found) => {
    const unseen = options.unseen?.get(found.name);
    return masked(drawCluster(found, { graph, places, masker, unseen }), masker);
  });
  return { clusters, leftOut: [], findings: places.elsewhere };
}

/** A build may have made names from secrets. */
function masked(cluster: PictureCluster, masker: Masker): PictureCluster {
  const { nodes, edges } = cluster;
  return {
    ...cluster,
    nodes: nodes.map((node) => {
      const { id, identity, appliedBy, applies } = node;
      return { ...node, ...masker.data({ id, identity, appliedBy, applies }) };
    }),
    edges: edges.map((edge) => ({ ...edge, ...masker.data({ from: edge.from, to: edge.to }) })),
  };
}

/** What the pictures of the clusters have in common, and what is missing from one. */
interface DrawOptions {
  readonly graph: Graph;
  readonly places: FindingPlaces;
  readonly masker: Masker;
  readonly unseen: References | undefined;
}

function drawCluster(cluster: ClusterGraph, { graph, places, masker, unseen }: DrawOptions): PictureCluster {
  const order = computeOrder(graph, cluster, { unseen });
  const troubles = new Troubles(cluster, order, unseen);
  const waves = wavesOf(cluster, order);
  const layers = layersOf(cluster);
  const isOneOfSeveral = graph.clusters.length > 1;
  const nodes = cluster.nodes.map((node) => ({
    ...drawNode(node, masker),
    contents: isOneOfSeveral ? contentsOf(node) : undefined,
    wave: waves.get(node.id) ?? 0,
    layer: layers.get(node.id),
    trouble: troubles.ofNode(node),
    findings: places.ofNode(cluster.name, node.id),
  }));
  return { name: cluster.name, entry: cluster.entry, nodes, edges: drawEdges(cluster, troubles, places) };
}

function drawNode(node: GraphNode, masker: Masker): Omit<PictureNode, 'wave' | 'findings'> {
  const { id, type, identity, state, object, location, appliedBy, build } = node;
  return {
    id,
    type,
    identity,
    state,
    step: stepInWave(node),
    place: location?.file === undefined ? undefined : { file: location.file, line: location.line },
    object: object && masker.object(object),
    digest: object && digestOf(object),
    appliedBy,
    applies: build?.inventory.map((applied) => applied.identity) ?? [],
  };
}

/** Shows whether Kustomizations of several clusters apply the same. */
function contentsOf({ build }: GraphNode): string | undefined {
  if (!build || build.inventory.length === 0) return undefined;
  return digestOf(build.inventory.map(({ object }) => object));
}

/** Shows a change in something that is not displayed. */
function digestOf(object: ManifestObject | readonly ManifestObject[]): string {
  const json = JSON.stringify(object, (_, value: unknown) =>
    typeof value === 'bigint' ? `${value}n` : value,
  );
  return createHash('sha256').update(json).digest('base64');
}

/** Edges that say the same about the same two nodes, through several fields, are drawn once. */
function drawEdges(cluster: ClusterGraph, troubles: Troubles, places: FindingPlaces): PictureEdge[] {
  const drawn = new Set<string>();
  const isUsual = usualEdges(cluster);
  return cluster.edges.flatMap((edge): PictureEdge[] => {
    const { from, to, kind, field } = edge;
    const key = JSON.stringify([from, to, kind]);
    if (drawn.size === drawn.add(key).size) return [];
    const trouble = troubles.ofEdge(edge);
    const findings = places.ofEdge(cluster.name, from, field);
    const needsSaying = trouble !== undefined || findings.length > 0;
    return [{ from, to, kind, field, isUsual: !needsSaying && isUsual(edge), trouble, findings }];
  });
}

/** Edges of a cluster that are not drawn because there would be too many. */
function usualEdges(cluster: ClusterGraph): (edge: GraphEdge) => boolean {
  const source = nodeId(cluster.syncSource);
  const parents = new Map(cluster.nodes.map(({ id, appliedBy }) => [id, appliedBy]));
  const made = new Set(cluster.nodes.flatMap(({ id, state }) => (state === 'made' ? [id] : [])));
  /** The parents that also apply something that an object waits for, each with the object. */
  const shared = new Set<string>();
  for (const { from, to, kind } of cluster.edges) {
    if (kind !== 'depends-on') continue;
    for (const parent of parents.get(to) ?? []) shared.add(JSON.stringify([parent, from]));
  }
  return ({ from, to, kind }) => {
    if (kind === 'applies') return to === source || made.has(to) || shared.has(JSON.stringify([from, to]));
    return kind === 'source' && to === source && from !== cluster.root;
  };
}
