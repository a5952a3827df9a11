import { readdirSync, type Dirent } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from '../findings/finding';
import { folderLeftOut, isManifestName, isSkippedName, leftOut, linkLeftOut, MAX_DEPTH } from './left-out';
import { LoadedTree } from './loaded-tree';
import { MAX_FILE_BYTES, readFile } from './read-file';
import { TreeFile } from './tree-file';

/** How a folder is loaded. */
export interface LoadTreeOptions {
  /**
   * Files above this size are left out, with a finding. In bytes.
   *
   * @default 16777216
   */
  readonly maxFileBytes?: number;
  /**
   * Folders more deeply nested than this are left out, with a finding.
   *
   * @default 64
   */
  readonly maxDepth?: number;
  /**
   * Paths that are left out, as something else is to stand there.
   *
   * @default - none
   */
  readonly except?: (path: string) => boolean;
}

/** What loading a folder gives. */
export interface LoadedRepository {
  /** The repository's files. */
  readonly tree: LoadedTree;
  /** What was left out, and why. */
  readonly findings: readonly Finding[];
}

interface Walk {
  readonly root: string;
  readonly maxFileBytes: number;
  readonly maxDepth: number;
  readonly except: (path: string) => boolean;
  readonly files: TreeFile[];
  readonly others: Set<string>;
  readonly findings: Finding[];
}

/**
 * Loads a repository's folder as a tree, bytes verbatim. Manifests (`*.yaml`, `*.yml`, kustomization and ignore
 * files) are read at once, all other files when they are asked for. Symbolic links are left out, as they are from
 * the artifacts that Flux makes of a repository.
 *
 * @param root - the repository's folder
 * @throws the system's error where `root` itself cannot be read
 */
export function loadTree(root: string, options: LoadTreeOptions = {}): LoadedRepository {
  const { maxFileBytes = MAX_FILE_BYTES, maxDepth = MAX_DEPTH, except = () => false } = options;
  const walk: Walk = { root, maxFileBytes, maxDepth, except, files: [], others: new Set(), findings: [] };
  const entries = readdirSync(root, { withFileTypes: true });
  walkFolder(walk, '', entries, 0);
  const tree = new LoadedTree(
    [],
    walk.others,
    (path) => readFile(join(root, path), { maxBytes: maxFileBytes, refuseLinks: true }).bytes,
  );
  for (const file of walk.files) {
    const clash = tree.add(file);
    if (clash) walk.findings.push(clash);
  }
  return { tree, findings: walk.findings };
}

function walkFolder(walk: Walk, folder: string, entries: readonly Dirent[], depth: number): void {
  for (const entry of entries) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (walk.except(path) || (isSkippedName(entry.name) && !entry.isFile())) continue;
    if (entry.isSymbolicLink()) walk.findings.push(linkLeftOut(path));
    else if (entry.isDirectory()) enterFolder(walk, path, depth + 1);
    else if (entry.isFile() && isManifestName(entry.name)) readManifest(walk, path);
    else if (entry.isFile()) walk.others.add(path);
  }
}

function enterFolder(walk: Walk, path: string, depth: number): void {
  if (depth > walk.maxDepth) {
    walk.findings.push(folderLeftOut(path, walk.maxDepth));
    return;
  }
  try {
    walkFolder(walk, path, readdirSync(join(walk.root, path), { withFileTypes: true }), depth);
  } catch (error) {
    const message = `the folder cannot be read: ${(error as Error).message}`;
    walk.findings.push(leftOut('file-unreadable', path, message));
  }
}

function readManifest(walk: Walk, path: string): void {
  const read = readFile(join(walk.root, path), { maxBytes: walk.maxFileBytes, refuseLinks: true });
  if (read.problem)
    walk.findings.push(leftOut(read.problem.code, path, `the file is ignored: it ${read.problem.message}`));
  else walk.files.push(TreeFile.fromBytes(path, read.bytes));
}
