import { lstatSync, mkdirSync, readFileSync, rmdirSync, rmSync, writeFileSync, type Stats } from 'node:fs';
import { dirname, join } from 'node:path';
import { fail } from '../findings/findings-error';

/** What became of the files of a project. */
export interface WrittenProject {
  /** The files that were written. */
  readonly written: readonly string[];
  /** The files that were there already, as they would be written. */
  readonly equal: readonly string[];
}

/**
 * Writes the files of a new project, or nothing: a file that is there already with another content is never replaced.
 *
 * @throws FindingsError `project-file-exists` with all files that are in the way, `project-unwritable`
 */
export function writeProject(folder: string, files: ReadonlyMap<string, string>): WrittenProject {
  const equal = [...files.keys()].filter((path) => hasContent(join(folder, path), files.get(path) as string));
  const written = [...files.keys()].filter((path) => !equal.includes(path));
  const taken = [...new Set(written.flatMap((path) => obstacle(folder, path) ?? []))];
  if (taken.length > 0) refuse(folder, taken);
  writeAll(folder, new Map(written.map((path) => [path, files.get(path) as string])));
  return { written, equal };
}

function hasContent(file: string, content: string): boolean {
  if (!stateOf(file)?.isFile()) return false;
  return readFileSync(file, 'utf8').replaceAll('\r\n', '\n') === content;
}

/** What prevents a file from being written: something at its path, or a file in place of a folder above it. */
function obstacle(folder: string, path: string): string | undefined {
  for (let above = dirname(path); above !== '.'; above = dirname(above)) {
    const state = stateOf(join(folder, above));
    if (state && !state.isDirectory()) return above;
  }
  return stateOf(join(folder, path)) && path;
}

function stateOf(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch (error) {
    // A file has the path of a folder above; `obstacle` reports it by its own path.
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return undefined;
    throw error;
  }
}

function refuse(folder: string, taken: readonly string[]): never {
  fail({
    code: 'project-file-exists',
    message: `${taken.map((path) => JSON.stringify(path)).join(', ')} already ${taken.length === 1 ? 'exists' : 'exist'} in ${JSON.stringify(folder)}, so the command wrote nothing`,
    hint: 'move them away, or use another folder: cdk8s-flux init DIR',
    locations: taken.map((file) => ({ file })),
  });
}

/** Writes all files; if one of them cannot be written, removes those that were written before. */
function writeAll(folder: string, files: ReadonlyMap<string, string>): void {
  const made: string[] = [];
  const folders: string[] = [];
  try {
    for (const [path, content] of files) {
      const file = join(folder, path);
      const first = mkdirSync(dirname(file), { recursive: true });
      if (first !== undefined) folders.push(...foldersFrom(first, dirname(file)));
      writeFileSync(file, content, { flag: 'wx' });
      made.push(file);
    }
  } catch (error) {
    for (const file of made) rmSync(file, { force: true });
    for (const path of folders.reverse()) rmdirSync(path);
    const { code = '', message } = error as NodeJS.ErrnoException;
    fail({
      code: 'project-unwritable',
      message: `could not write the project to ${JSON.stringify(folder)}: ${message || code}`,
      hint: 'make the folder writable, or use another one: cdk8s-flux init DIR',
    });
  }
}

/** The folders from the outermost to the innermost. */
function foldersFrom(first: string, last: string): string[] {
  const folders: string[] = [];
  for (let folder = last; folder.length >= first.length; folder = dirname(folder)) folders.unshift(folder);
  return folders;
}
