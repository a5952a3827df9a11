import { finding, type Finding } from '../findings/finding';
import type { Directory } from '../flux/directory';
import { directoryOf } from '../tree/path';
import { Cluster } from './cluster';

/** Finds clusters of an app whose folders are in each other's way. */
export function checkLayout(directories: Iterable<Directory>): Finding[] {
  const clusters = [...directories].flatMap(({ parent, construct }) =>
    parent ? [] : [Cluster.of(construct)],
  );
  const byEntry = new Map<string, Cluster>();
  for (const cluster of clusters) {
    if (!byEntry.has(cluster.entryPath)) byEntry.set(cluster.entryPath, cluster);
  }
  return clusters.flatMap((cluster) => {
    const first = byEntry.get(cluster.entryPath);
    const outer = first === cluster ? entryAround(directoryOf(cluster.entryPath), byEntry) : first;
    if (outer && outer !== cluster) return [sharedPath(outer, cluster)];
    const around = entryAround(cluster.directory, byEntry);
    return around && around !== cluster ? [directoryInEntry(cluster, around)] : [];
  });
}

/** The cluster in whose entry path a folder lies. */
function entryAround(folder: string, byEntry: ReadonlyMap<string, Cluster>): Cluster | undefined {
  for (let path = folder; ; path = directoryOf(path)) {
    const found = byEntry.get(path);
    if (found || path === '') return found;
  }
}

function sharedPath(outer: Cluster, inner: Cluster): Finding {
  const [a, b] = [outer.entryPath || '.', inner.entryPath || '.'].map((path) => JSON.stringify(path));
  return finding({
    code: 'cluster-path-shared',
    message:
      a === b
        ? `two clusters have the path ${a}, so each would apply the objects of both`
        : `the path ${b} lies in ${a}, the path of another cluster, which would apply the objects of both`,
    hint: `give each Cluster a path of its own, for example path: ${JSON.stringify(`./clusters/${inner.node.id}`)}`,
    field: 'path',
    locations: [inner, outer].map(({ node }) => ({ constructPath: node.path })),
  });
}

function directoryInEntry(cluster: Cluster, around: Cluster): Finding {
  const [directory, entry] = [cluster.directory, around.entryPath].map((path) => JSON.stringify(path));
  return finding({
    code: 'directory-in-entry-path',
    message: `the FluxApps' folder ${directory} lies in ${entry}, the path of another cluster, which would apply them too`,
    hint: `set directory of ${cluster.node.path} to a folder that lies in no path of a Cluster, for example directory: ${JSON.stringify(`apps/${cluster.node.id}`)}`,
    field: 'directory',
    locations: [cluster, around].map(({ node }) => ({ constructPath: node.path })),
  });
}
