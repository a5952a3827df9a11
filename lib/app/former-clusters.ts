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
import { escapeRegex } from '../plain/escape-regex';

/** A cluster that the app no longer creates. */
interface FormerCluster {
  readonly name: string;
  readonly folders: string[];
  readonly files: string[];
}

/**
 * Finds clusters that the app does not make any more, and whose files lie beside those of its clusters: in the topmost
 * folders around them, such as `clusters/`. Their files are not removed. Flux would delete all that such a cluster runs,
 * and another app of the repository may make it. If they refer to what clusters share, that is an error: shared files
 * follow the clusters that the app makes, and would change under the former one.
 *
 * A project in a folder of its own shares its repository with others, so that what else it finds is likely theirs.
 */
export function formerClusters(project: Project, published: PublishedFolders): Finding[] {
  const { root, configFile } = project;
  const isAlone = configFile !== undefined && dirname(configFile) === root;
  if (project.namesOutput || (!isAlone && published.shared.length === 0)) return [];
  const owned = new OwnedFolders(published.folders, published.homes);
  const disk = new Disk(root);
  const tops = new Set(owned.list.map((folder) => folder.split('/')[0] as string));
  const except = new Set(owned.list);
  const folders = [...tops].filter(Boolean).flatMap((top) => disk.findRecords(top, except));
  return [...byCluster(disk, folders, owned)].flatMap(([path, former]) => {
    if (refersToShared(disk, former.files, published.shared)) return [sharedLeft(path, former)];
    return isAlone ? [filesLeft(path, former)] : [];
  });
}

function filesLeft(path: string, { name, folders }: FormerCluster): Finding {
  return finding({
    code: 'cluster-files-left',
    message: `${folders.map((folder) => JSON.stringify(folder)).join(', ')} ${folders.length === 1 ? 'has' : 'have'} files of the cluster ${JSON.stringify(name)}, which the code no longer creates; synth keeps them`,
    hint: `if Flux does not need them: git rm -r ${folders.map(shellQuoted).join(' ')}`,
    locations: [{ file: path }],
  });
}

function sharedLeft(path: string, { name, folders }: FormerCluster): Finding {
  return finding({
    code: 'shared-cluster-left',
    message: `the code no longer creates the cluster ${JSON.stringify(name)}, but its files still refer to shared files, which now follow the other clusters`,
    hint: `if the cluster is gone: git rm -r ${folders.map(shellQuoted).join(' ')}; if it is still in use, publish it with output: 'rendered' before you remove it from the code`,
    locations: [{ file: path }],
  });
}

/** Whether a file lists something in a shared folder, or contains a Kustomization that applies it. */
function refersToShared(disk: Disk, files: readonly string[], shared: readonly string[]): boolean {
  if (shared.length === 0) return false;
  const names = shared.map(escapeRegex).join('|');
  const reference = new RegExp(`^ *(?:- |path: )["']?(?:\\.{1,2}/)+(?:${names})/`, 'm');
  return files.some(
    (file) => file.endsWith('.yaml') && reference.test(disk.read(file)?.toString('utf8') ?? ''),
  );
}

/** The folders of former clusters, by entry path. */
function byCluster(disk: Disk, folders: readonly string[], owned: OwnedFolders): Map<string, FormerCluster> {
  const found = new Map<string, FormerCluster>();
  for (const folder of [...folders].sort()) {
    const text = disk.read(joinPath(folder, RECORD_FILE))?.toString('utf8') ?? '';
    const cluster = clusterOfRecord(text, folder);
    if (!cluster || owned.holds(cluster.path)) continue;
    const known = found.get(cluster.path) ?? {
      name: cluster.name,
      folders: disk.kind(cluster.path) === 'folder' ? [cluster.path] : [],
      files: [],
    };
    const files = filesOf(text, disk);
    known.files.push(...files);
    for (const one of [folder, ...foldersOf(files, owned)])
      if (!known.folders.some((other) => isBelow(one, other))) known.folders.push(one);
    found.set(cluster.path, known);
  }
  return found;
}

/** The files of a record that exist. */
function filesOf(text: string, disk: Disk): string[] {
  const files = [...(parseRecord(text, RECORD_FILE)?.keys() ?? [])];
  return files.filter((file) => disk.kind(file) === 'file');
}

/** The folders of files; one record may list all files of a cluster. */
function foldersOf(files: readonly string[], owned: OwnedFolders): string[] {
  return [...new Set(files.map(directoryOf))].filter((folder) => !owned.holds(folder)).sort();
}
