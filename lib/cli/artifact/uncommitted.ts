import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isInOneOf } from '../../oci/contents';
import type { Git } from '../../revisions/git';
import { listFiles } from '../../revisions/list-files';
import { notCommitted } from '../../revisions/working-tree';
import { directoryOf, isBelow, joinPath } from '../../tree/path';
import type { Contents } from './open-contents';

/**
 * The files on disk that are not as in the commit that the artifact names, by their paths from the root of the repository.
 * Files that git ignores are not among them: some repositories publish without committing.
 */
export function uncommitted(contents: Contents): string[] {
  const { git: source, tree, paths, root, project } = contents;
  if (!source) return [];
  const { git, commit, folder } = source;
  const ids = new Map(listFiles(git, commit).map(({ path, id }) => [path, id]));
  const isIgnored = ignored(git, project.root);
  const changed = paths.filter((path) => {
    const bytes = tree.get(path)?.bytes;
    const place = joinPath(root, path);
    return bytes && ids.get(joinPath(folder, place)) !== blobId(bytes, commit) && !isIgnored(place);
  });
  return [...changed.map((path) => joinPath(root, path)), ...removed(contents, [...ids.keys()], folder)];
}

/** Files that the commit has in the folders of the artifact, and that the disk no longer has. */
function removed({ folders, project }: Contents, committed: readonly string[], folder: string): string[] {
  const chosen = new Set(folders);
  const start = folder === '' ? 0 : folder.length + 1;
  return committed
    .filter((path) => isBelow(path, folder))
    .map((path) => path.slice(start))
    .filter((path) => isInOneOf(path, chosen) && !existsSync(join(project.root, path)));
}

/** Whether git ignores a path, or a folder around it. */
function ignored(git: Git, root: string): (path: string) => boolean {
  const isLeft = notCommitted(git, root);
  return (path) => {
    for (let current = path; current !== ''; current = directoryOf(current)) if (isLeft(current)) return true;
    return false;
  };
}

/** The id that git gives to the content of a file. */
function blobId(bytes: Buffer, commit: string): string {
  const hash = createHash(commit.length === 40 ? 'sha1' : 'sha256');
  return hash.update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}
