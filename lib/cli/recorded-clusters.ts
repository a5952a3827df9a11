import { RECORD_FILE } from '../publish/names';
import { clusterOfRecord, type RecordedCluster } from '../publish/record';
import { directoryOf, isBelow } from '../tree/path';
import type { Tree } from '../tree/tree';

/**
 * The clusters that synth has published to a repository, told by its records. A record counts only where it says that it
 * lies: one in an example or a fixture is of another repository.
 */
export function recordedClusters(tree: Tree): RecordedCluster[] {
  const byPath = new Map<string, RecordedCluster>();
  for (const file of tree.paths) {
    if (file !== RECORD_FILE && !file.endsWith(`/${RECORD_FILE}`)) continue;
    const text = tree.get(file)?.bytes.toString('utf8') ?? '';
    const cluster = clusterOfRecord(text, directoryOf(file));
    if (cluster && !byPath.has(cluster.path)) byPath.set(cluster.path, cluster);
  }
  return [...byPath.values()].filter(({ path }) => tree.files.some((file) => isBelow(file.path, path)));
}
