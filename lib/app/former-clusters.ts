import { dirname } from 'node:path';
import type { Project } from '../config/project';
import { finding, type Finding } from '../findings/finding';
import { shellQuoted } from '../findings/shell-quoted';
import { Disk } from '../publish/disk';
import { RECORD_FILE } from '../publish/names';
import { OwnedFolders } from '../publish/owned-folders';
import { clusterOfRecord, parseRecord } from '../publish/record';
import { directoryOf, isBelow, joinPath } from '../tree/path';
import type { PublishedFolders } from './published-folders';

/**
 * Finds clusters that the app does not make any more, and whose files lie beside those of its clusters: in the topmost
 * folders around them, such as `clusters/`. Their files are not removed. Flux would delete all that such a cluster runs,
 * and another app of the repository may make it.
 *
 * A project in a folder of its own shares its repository with others, so that what it finds is likely theirs.
 */
export function formerClusters(project: Project, published: PublishedFolders): Finding[] {
  const { root, configFile } = project;
  if (project.namesOutput || configFile === undefined || dirname(configFile) !== root) return [];
  const owned = new OwnedFolders(published.folders, published.homes);
  const disk = new Disk(root);
  const tops = new Set(owned.list.map((folder) => folder.split('/')[0] as string));
  const except = new Set(owned.list);
  const folders = [...tops].filter(Boolean).flatMap((top) => disk.findRecords(top, except));
  return [...byCluster(disk, folders, owned)].map(([path, { name, folders }]) =>
    finding({
      code: 'cluster-files-left',
      message: `${folders.map((folder) => JSON.stringify(folder)).join(', ')} ${folders.length === 1 ? 'has' : 'have'} files of the cluster ${JSON.stringify(name)}, which the code no longer creates; synth keeps them`,
      hint: `if Flux does not need them: git rm -r ${folders.map(shellQuoted).join(' ')}`,
      locations: [{ file: path }],
    }),
  );
}

/** The folders of former clusters, by entry path. */
function byCluster(
  disk: Disk,
  folders: readonly string[],
  owned: OwnedFolders,
): Map<string, { readonly name: string; readonly folders: string[] }> {
  const found = new Map<string, { readonly name: string; readonly folders: string[] }>();
  for (const folder of [...folders].sort()) {
    const text = disk.read(joinPath(folder, RECORD_FILE))?.toString('utf8') ?? '';
    const cluster = clusterOfRecord(text, folder);
    if (!cluster || owned.holds(cluster.path)) continue;
    const known = found.get(cluster.path) ?? {
      name: cluster.name,
      folders: disk.kind(cluster.path) === 'folder' ? [cluster.path] : [],
    };
    for (const one of [folder, ...foldersOfFiles(text, disk, owned)])
      if (!known.folders.some((other) => isBelow(one, other))) known.folders.push(one);
    found.set(cluster.path, known);
  }
  return found;
}

/** The folders of the files that a record lists: one record may list all files of a cluster. */
function foldersOfFiles(text: string, disk: Disk, owned: OwnedFolders): string[] {
  const files = [...(parseRecord(text, RECORD_FILE)?.keys() ?? [])];
  const folders = new Set(files.filter((file) => disk.kind(file) === 'file').map(directoryOf));
  return [...folders].filter((folder) => !owned.holds(folder)).sort();
}
