import { existsSync, mkdirSync, renameSync, rmdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fail, FindingsError } from '../../findings/findings-error';
import type { FileChange, MoveStep } from '../../move/plan';
import { replaceFiles } from '../../publish/replace-files';
import { Git } from '../../revisions/git';
import type { Tree } from '../../tree/tree';

/** The working tree to which a step is written. */
export interface WorkingTree {
  /** The absolute path of its root. */
  readonly root: string;
  /** The files as the plan was made for them. */
  readonly tree: Tree;
}

/**
 * Makes the changes of a step in the working tree: first the content of files, then their places.
 *
 * @throws FindingsError `move-uneditable` where a file cannot be moved; what was moved before goes back
 */
export function writeStep({ root, tree }: WorkingTree, { files }: MoveStep): void {
  const moved = files.filter(({ from }) => from !== undefined);
  const taken = moved.find(({ path }) => existsSync(join(root, path)));
  if (taken) refuse(taken, 'the path already exists');
  const replacements = files.flatMap(({ path, from = path, content }) => {
    const before = tree.get(from)?.bytes;
    return before && !before.equals(content) ? [{ path: from, before, bytes: content }] : [];
  });
  const changed = replaceFiles(root, replacements);
  if (changed.length > 0) throw new FindingsError(changed);
  try {
    moveAll(root, moved);
  } catch (error) {
    replaceFiles(
      root,
      replacements.map(({ path, before, bytes }) => ({ path, before: bytes, bytes: before })),
    );
    throw error;
  }
}

function moveAll(root: string, moved: readonly FileChange[]): void {
  const done: FileChange[] = [];
  for (const change of moved) {
    try {
      mkdirSync(dirname(join(root, change.path)), { recursive: true });
      renameSync(join(root, change.from ?? ''), join(root, change.path));
      done.push(change);
    } catch (error) {
      for (const { path, from = '' } of done.reverse()) renameSync(join(root, path), join(root, from));
      refuse(change, (error as Error).message);
    }
  }
  const folders = new Set(moved.map(({ from = '' }) => dirname(from)));
  for (const folder of folders) removeEmpty(root, folder);
}

function refuse({ path, from = path }: FileChange, why: string): never {
  return fail({
    code: 'move-uneditable',
    message: `cannot move ${JSON.stringify(from)} to ${JSON.stringify(path)}: ${why}`,
    hint: 'remove what is there, or choose another folder with --into',
    locations: [{ file: from }],
  });
}

/** Removes folders that became empty, as git does. */
function removeEmpty(root: string, folder: string): void {
  for (let at = folder; at !== '.' && at !== ''; at = dirname(at)) {
    try {
      rmdirSync(join(root, at));
    } catch {
      // The folder contains something else.
      return;
    }
  }
}

/** The files of a step that have changes which are not committed; none where git does not know the folder. */
export function uncommittedFiles(root: string, { files }: MoveStep, env: NodeJS.ProcessEnv): string[] {
  const paths = files.map(({ path, from = path }) => from);
  if (paths.length === 0) return [];
  try {
    const git = Git.of(root, env);
    const { isOk, output } = git.run([
      'status',
      '--porcelain',
      '-z',
      '--',
      ...paths.map((path) => join(root, path)),
    ]);
    if (!isOk) return [];
    return output
      .toString('utf8')
      .split('\0')
      .flatMap((line) => (line.length > 3 ? [line.slice(3)] : []));
  } catch (error) {
    if (FindingsError.isFindingsError(error)) return [];
    throw error;
  }
}
