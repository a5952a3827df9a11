import type { ClusterGraph, GraphNode } from '../graph/graph';

/**
 * The layer of each node of a cluster. Kustomizations have the first folder of their path below what all paths share,
 * as `infrastructure` of `infrastructure/controllers`; a path that ends there has none. Other objects are in the layer
 * of the Kustomization that applies them.
 */
export function layersOf(cluster: ClusterGraph): ReadonlyMap<string, string> {
  const own = cluster.nodes.filter(({ id, build }) => build?.source === 'repository' && id !== cluster.root);
  const paths = own.map(({ build }) => segmentsOf(build?.path));
  const shared = sharedStart(paths);
  const layers = new Map<string, string>();
  own.forEach(({ id }, index) => {
    const path = paths[index] ?? [];
    const layer = path[shared];
    if (layer !== undefined && path.length > shared + 1) layers.set(id, layer);
  });
  for (const node of cluster.nodes) {
    const layer = layers.get(node.id) ?? layerOfOwner(node, layers);
    if (layer !== undefined) layers.set(node.id, layer);
  }
  return layers;
}

function layerOfOwner({ appliedBy }: GraphNode, layers: ReadonlyMap<string, string>): string | undefined {
  return appliedBy[0] === undefined ? undefined : layers.get(appliedBy[0]);
}

function segmentsOf(path = ''): string[] {
  return path.split('/').filter((segment) => segment !== '');
}

/** The number of segments that all paths have in common. */
function sharedStart(paths: readonly (readonly string[])[]): number {
  const [first = []] = paths;
  let count = 0;
  while (count < first.length && paths.every((path) => path[count] === first[count])) count += 1;
  return count;
}
