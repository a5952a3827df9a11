import { Cluster } from '../delivery/cluster';
import type { Finding } from '../findings/finding';
import { isEntryPath, type Directory } from '../flux/directory';
import { isBelow, joinPath } from '../tree/path';
import type { SharedCluster, SharedUnit } from '../shared/shared-unit';
import type { Tree } from '../tree/tree';

/**
 * The files to publish where clusters share what they have alike; the same tree where none do, or where something is wrong.
 */
export function shareDirectories(
  rendered: Tree,
  directories: readonly Directory[],
  findings: Finding[],
): Tree {
  const units = unitsOf(directories);
  if (units.length === 0 || findings.some(({ severity }) => severity === 'error')) return rendered;
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would load it for every app
  const { shareTree } = require('../shared/share-tree') as typeof import('../shared/share-tree');
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- as above
  const { proveEqual } = require('../shared/prove-equal') as typeof import('../shared/prove-equal');
  const shared = shareTree(rendered, units);
  findings.push(...shared.clashes, ...proveEqual(rendered, shared));
  return shared.tree;
}

/** The directories of the clusters that share files, in the order in which their fleet lists the clusters. */
function unitsOf(directories: readonly Directory[]): SharedUnit[] {
  const clusters = new Map<Directory, SharedCluster>();
  const units: SharedUnit[] = [];
  for (const directory of directories) {
    const { cluster } = directory;
    if (cluster?.sharing?.isOn !== true) continue;
    const shared = clusters.get(cluster) ?? clusterOf(cluster);
    clusters.set(cluster, shared);
    const { path, construct } = directory;
    const key = isEntryPath(directory) ? undefined : keyOf(directory, Cluster.of(cluster.construct));
    units.push({ cluster: shared, path, key, constructPath: construct.node.path });
  }
  return inOrder(units, [...clusters.keys()], clusters);
}

function clusterOf({ construct, path, sharing }: Directory): SharedCluster {
  const { sourceRef, node } = Cluster.of(construct);
  const { folder = '', groups = [] } = sharing ?? {};
  const { kind, name } = sourceRef;
  return { name: node.id, entry: path, folder, groups, source: { kind, name } };
}

/** The path of a directory from the folders of its cluster, with the layer. */
function keyOf({ path }: Directory, { directory, layers }: Cluster): string {
  const layer = Object.entries(layers).find(([, folder]) => isBelow(path, folder));
  if (layer) return joinPath(layer[0], path.slice(layer[1].length + 1));
  return isBelow(path, directory) ? path.slice(directory.length + 1) : path;
}

function inOrder(
  units: readonly SharedUnit[],
  directories: readonly Directory[],
  clusters: ReadonlyMap<Directory, SharedCluster>,
): SharedUnit[] {
  const siblings = (directory: Directory) => directory.construct.node.scope?.node.children ?? [];
  const positions = new Map<unknown, number>();
  for (const directory of directories)
    if (!positions.has(directory.construct))
      siblings(directory).forEach((child, index) => positions.set(child, index));
  const order = new Map(
    directories.map((directory) => [clusters.get(directory), positions.get(directory.construct) ?? 0]),
  );
  return [...units].sort((a, b) => (order.get(a.cluster) ?? 0) - (order.get(b.cluster) ?? 0));
}
