import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_OUTPUT } from '../config/config-schema';
import type { Project } from '../config/project';
import { Cluster } from '../delivery/cluster';
import type { Directory, Sharing } from '../flux/directory';
import { isBelow } from '../tree/path';

/** The folders of a repository that synth publishes to. */
export interface PublishedFolders {
  /** The folders. Nothing outside of them is searched, written or removed. */
  readonly folders: readonly string[];
  /** Those of them that hold what several clusters share. */
  readonly shared: readonly string[];
  /** Where the record of pictures and of `.sops.yaml` is, and where else an earlier run may have written it. */
  readonly homes: readonly [home: string, ...former: string[]];
  /**
   * By the entry path of each cluster, the folders of its FluxApps. A run for one cluster also needs those of the others, whose
   * records it reads.
   */
  readonly reach: ReadonlyMap<string, readonly string[]>;
}

/**
 * Finds the folders that an app is published to: the `output` of the configuration; without one, `cluster-resources`
 * and, outside of it, each entry path and each folder of FluxApps. A folder around them, such as `clusters/`, is not
 * among them: other people's files are there.
 */
export function publishedFolders(
  { root, output, namesOutput }: Project,
  directories: readonly Directory[],
): PublishedFolders {
  const outermost = directories.filter(({ parent }) => parent === undefined);
  const reach = new Map(
    outermost.flatMap(({ path, construct }) =>
      Cluster.isCluster(construct) ? [[path, construct.folders] as const] : [],
    ),
  );
  if (namesOutput) return { folders: [output], shared: [], homes: [output], reach };
  const shared = outermost.flatMap(({ sharing }) =>
    sharing && isUsed(root, sharing) ? [sharing.folder] : [],
  );
  const folders = outermost.flatMap(({ path }) => [path, ...(reach.get(path) ?? [])]);
  const isHome = folders.length === 0 || folders.some((folder) => isBelow(folder, DEFAULT_OUTPUT));
  return {
    folders: [DEFAULT_OUTPUT, ...folders, ...shared],
    shared: [...new Set(shared)],
    homes: isHome ? [DEFAULT_OUTPUT, ''] : ['', DEFAULT_OUTPUT],
    reach,
  };
}

/** Clusters that no longer share files may have left some of them in the folder. */
function isUsed(root: string, { isOn, folder }: Sharing): boolean {
  return isOn || existsSync(join(root, folder));
}
