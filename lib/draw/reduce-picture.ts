import type { NodeType } from '../graph/graph';
import type { Picture, PictureCluster, PictureEdge, PictureNode } from './picture';

/** A step of the reduction: which nodes and edges stay, and how it is described. */
interface Reduction {
  readonly words: string;
  readonly keepsNode: (node: PictureNode) => boolean;
  readonly keepsEdge: (edge: PictureEdge) => boolean;
}

/** Beginning with what a reader misses least. */
const reductions: readonly Reduction[] = [
  leaveOut('credentials, values and accounts', 'config', 'object'),
  leaveOut('notifications, image automation and operators', 'notification', 'image', 'operator'),
  leaveOut('sources', 'source'),
  leaveOut('HelmReleases', 'helm-release'),
  {
    words: 'references between objects',
    keepsNode: () => true,
    keepsEdge: ({ kind }) => kind === 'depends-on' || kind === 'applies',
  },
  {
    words: 'which Kustomization applies which object',
    keepsNode: () => true,
    keepsEdge: ({ kind }) => kind !== 'applies',
  },
];

function leaveOut(words: string, ...types: readonly NodeType[]): Reduction {
  return { words, keepsNode: ({ type }) => !types.includes(type), keepsEdge: () => true };
}

/**
 * The picture with as much detail as fits.
 *
 * @param fits - whether a picture is within the limits
 * @returns undefined where not even its Kustomizations and their dependencies fit
 */
export function reducePicture(picture: Picture, fits: (picture: Picture) => boolean): Picture | undefined {
  let current = picture;
  if (fits(current)) return current;
  for (const reduction of reductions) {
    const clusters = current.clusters.map((cluster) => reduceCluster(cluster, reduction));
    const isLess = clusters.some((cluster, index) => isSmaller(cluster, current.clusters[index]));
    if (!isLess) continue;
    current = { ...current, clusters, leftOut: [...current.leftOut, reduction.words] };
    if (fits(current)) return current;
  }
  return undefined;
}

function reduceCluster(cluster: PictureCluster, { keepsNode, keepsEdge }: Reduction): PictureCluster {
  const nodes = cluster.nodes.filter(keepsNode);
  const ids = new Set(nodes.map(({ id }) => id));
  const edges = cluster.edges.filter((edge) => keepsEdge(edge) && ids.has(edge.from) && ids.has(edge.to));
  return { ...cluster, nodes, edges };
}

function isSmaller(cluster: PictureCluster, before: PictureCluster | undefined): boolean {
  return (
    cluster.nodes.length < (before?.nodes.length ?? 0) || cluster.edges.length < (before?.edges.length ?? 0)
  );
}

/** How many edges a picture has. */
export function edgeCount({ clusters }: Picture): number {
  return clusters.reduce((sum, { edges }) => sum + edges.length, 0);
}
