import { finding, type Finding } from '../findings/finding';
import { isEntryPath, type Directory } from '../flux/directory';
import { directoryOf } from '../tree/path';
import { Cluster } from './cluster';

/** Finds clusters and directories of an app that are in each other's way. */
export function checkLayout(directories: Iterable<Directory>): Finding[] {
  const roots = [...directories].filter(({ parent }) => parent === undefined);
  const clusters = roots.filter(isEntryPath).map(({ construct }) => Cluster.of(construct));
  const byEntry = firstBy(clusters, ({ entryPath }) => entryPath);
  const byFolder = firstBy(clusters, ({ directory, node }) => `${node.id} ${directory}`);
  const ofClusters = clusters.flatMap((cluster) => {
    const first = byEntry.get(cluster.entryPath);
    const outer = first === cluster ? entryAround(directoryOf(cluster.entryPath), byEntry) : first;
    if (outer && outer !== cluster) return [sharedPath(outer, cluster)];
    const same = byFolder.get(`${cluster.node.id} ${cluster.directory}`);
    if (same && same !== cluster) return [sharedId(same, cluster)];
    return cluster.folders.flatMap((folder) => {
      const around = entryAround(folder, byEntry);
      return around && around !== cluster ? [directoryInEntry(cluster, folder, around)] : [];
    });
  });
  const ofOthers = roots.flatMap((root) => {
    const around = isEntryPath(root) ? undefined : entryAround(root.path, byEntry);
    return around ? [manifestsInEntry(root, around)] : [];
  });
  return [...ofClusters, ...ofOthers];
}

function firstBy(clusters: readonly Cluster[], keyOf: (cluster: Cluster) => string): Map<string, Cluster> {
  const first = new Map<string, Cluster>();
  for (const cluster of clusters) if (!first.has(keyOf(cluster))) first.set(keyOf(cluster), cluster);
  return first;
}

/** The cluster whose entry path contains a folder. */
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
        : `the path ${b} is inside ${a}, the path of another cluster, which would apply the objects of both`,
    hint: `give each Cluster its own path, for example path: ${JSON.stringify(`./clusters/${inner.node.id}`)}`,
    field: 'path',
    locations: [inner, outer].map(({ node }) => ({ constructPath: node.path })),
  });
}

function sharedId(first: Cluster, second: Cluster): Finding {
  const { id } = second.node;
  return finding({
    code: 'cluster-id-shared',
    message: `two clusters have the id ${JSON.stringify(id)}, and both put their FluxApps into ${JSON.stringify(second.directory)}`,
    hint: `give one of them another id, for example ${JSON.stringify(`${directoryOf(second.entryPath).split('/').at(-1) || 'other'}-${id}`)}, or its own directory`,
    locations: [second, first].map(({ node }) => ({ constructPath: node.path })),
  });
}

function directoryInEntry(cluster: Cluster, folder: string, around: Cluster): Finding {
  const [directory, entry] = [folder, around.entryPath].map((path) => JSON.stringify(path));
  return finding({
    code: 'directory-in-entry-path',
    message: `the FluxApps' folder ${directory} is inside ${entry}, the path of another cluster, which would apply them too`,
    hint: `set directory of ${cluster.node.path} to a folder outside the paths of all Clusters, for example directory: ${JSON.stringify(`apps/${cluster.node.id}`)}`,
    field: 'directory',
    locations: [cluster, around].map(({ node }) => ({ constructPath: node.path })),
  });
}

function manifestsInEntry({ path, construct }: Directory, around: Cluster): Finding {
  return finding({
    code: 'directory-in-entry-path',
    message: `the ManifestDirectory ${JSON.stringify(path)} is inside ${JSON.stringify(around.entryPath)}, the path of a cluster, which applies everything in it`,
    hint: 'give it a path outside the paths of all Clusters, for example path: "./infrastructure"',
    field: 'path',
    locations: [construct, around].map(({ node }) => ({ constructPath: node.path })),
  });
}
