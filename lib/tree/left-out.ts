import type { FindingCode } from '../findings/codes';
import { finding, type Finding } from '../findings/finding';
import { isGitName } from './path';

/** Folders more deeply nested than this are left out of a tree. */
export const MAX_DEPTH = 64;

/** Whether a file of this name is read as soon as its repository is: manifests, kustomization and ignore files. */
export function isManifestName(name: string): boolean {
  return /\.ya?ml$/i.test(name) || name === 'Kustomization' || name === '.sourceignore';
}

/** Whether folders of this name, and links to folders, are no part of a repository's content. */
export function isSkippedName(name: string): boolean {
  return name === 'node_modules' || isGitName(name);
}

/** What says that something is left out of a tree. */
export function leftOut(code: FindingCode, path: string, message: string, hint?: string): Finding {
  return finding({ code, severity: 'warning', message, hint, locations: [{ file: path }] });
}

/** What says that a symbolic link is left out. */
export function linkLeftOut(path: string): Finding {
  return leftOut(
    'symlink-ignored',
    path,
    'the symbolic link is ignored: Flux does not include symbolic links in the artifact that it builds from',
    'replace the link with the file',
  );
}

/** What says that a folder is left out, as it lies too deep. */
export function folderLeftOut(path: string, maxDepth: number): Finding {
  return leftOut(
    'folder-too-deep',
    path,
    `the folder is ignored: it is nested more than ${maxDepth} levels deep`,
  );
}
