import { existsSync, lstatSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { finding, type Finding } from '../findings/finding';
import { fail, throwErrors } from '../findings/findings-error';
import { MAX_FILE_BYTES, readFile } from '../tree/read-file';
import { CDK8S_FILE, type Cdk8sYaml } from './cdk8s-yaml';
import type { Project } from './project';
import { holds, realPath } from './real-path';
import { checkScratchFolder, scratchFolder } from './scratch-folder';
import { isScratchName, readScratchMarker, SCRATCH_MARKER, scratchHash } from './scratch-marker';

/** Files that people and programs put into a folder that counts as empty. */
const HARMLESS: ReadonlySet<string> = new Set(['.gitignore', '.gitkeep', '.DS_Store']);

/** The maximum size to read of a file to see whether it is ours: it contains all objects of a cluster. */
const MAX_SCRATCH_BYTES = 16 * MAX_FILE_BYTES;

/** How many files a finding names. */
const NAMED = 3;

/**
 * Removes what the last run left in the folder that `cdk8s.yaml` names: the files that our marker there lists, as long
 * as they are what was written. Nothing else is removed, whatever the files of the repository say.
 *
 * A folder with files that neither we nor cdk8s wrote is refused: the file may name a folder of sources, and the cdk8s
 * CLI would delete it.
 *
 * @throws FindingsError `scratch-folder-unsafe`, `scratch-folder-unwritable`
 */
export function emptyScratchFolder(project: Project, cdk8s: Cdk8sYaml): void {
  const folder = scratchFolder(cdk8s);
  throwErrors([...checkScratchFolder(project), ...checkPlace(project, folder)]);
  if (!existsSync(folder)) return;
  try {
    emptyFolder(folder, cdk8s);
    if (readdirSync(folder).length === 0) rmdirSync(folder);
  } catch (error) {
    failScratch(folder, error);
  }
}

/**
 * Whether an app has written to a scratch folder.
 *
 * @param wasThere - whether the folder was there before, with files that were left alone
 */
export function hasScratch(folder: string, wasThere: boolean): boolean {
  return existsSync(wasThere ? join(folder, SCRATCH_MARKER) : folder);
}

function checkPlace({ root }: Project, folder: string): Finding[] {
  if (!holds(realPath(root), realPath(folder)))
    return [unsafe(`${JSON.stringify(folder)} is outside the repository ${JSON.stringify(root)}`)];
  const stats = lstatSync(folder, { throwIfNoEntry: false });
  if (stats?.isSymbolicLink()) return [unsafe(`${JSON.stringify(folder)} is a symbolic link`)];
  return stats && !stats.isDirectory() ? [unsafe(`${JSON.stringify(folder)} is not a folder`)] : [];
}

function emptyFolder(folder: string, cdk8s: Cdk8sYaml): void {
  const marker = join(folder, SCRATCH_MARKER);
  const { bytes } = readFile(marker, { refuseLinks: true });
  if (bytes) {
    removeMarked(folder, readScratchMarker(bytes.toString('utf8')));
    rmSync(marker);
    return;
  }
  const foreign = foreignFiles(folder);
  if (foreign.length === 0) return;
  const names = foreign.slice(0, NAMED).map((path) => JSON.stringify(path));
  throwErrors([
    unsafe(
      `${JSON.stringify(cdk8s.output)} contains files that synth did not write: ${names.join(', ')}${foreign.length > NAMED ? ' and more' : ''}`,
    ),
  ]);
}

function removeMarked(folder: string, files: ReadonlyMap<string, string>): void {
  for (const [name, hash] of files) {
    const file = join(folder, name);
    const { bytes } = readFile(file, { refuseLinks: true, maxBytes: MAX_SCRATCH_BYTES });
    if (bytes && scratchHash(bytes) === hash) rmSync(file);
  }
}

/** The first files of a folder, as paths from it, that cdk8s did not write. */
function foreignFiles(folder: string): string[] {
  const foreign: string[] = [];
  const pending = [''];
  for (let path = pending.pop(); path !== undefined && foreign.length <= NAMED; path = pending.pop()) {
    const entries = readdirSync(join(folder, path), { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const inner = path === '' ? entry.name : `${path}/${entry.name}`;
      if (entry.isDirectory()) pending.push(inner);
      else if (!entry.isFile() || !isOfCdk8s(entry.name, join(folder, inner))) foreign.push(inner);
    }
  }
  return foreign;
}

/** cdk8s sorts the keys of objects, so each file begins with the first of them, and it writes no comments. */
function isOfCdk8s(name: string, file: string): boolean {
  if (HARMLESS.has(name)) return true;
  if (!isScratchName(name)) return false;
  const { bytes } = readFile(file, { refuseLinks: true });
  if (!bytes) return false;
  const text = bytes.toString('utf8');
  return text === '' || name.endsWith('.json') || (text.startsWith('apiVersion:') && !text.includes('\n#'));
}

function unsafe(message: string): Finding {
  return finding({
    code: 'scratch-folder-unsafe',
    message: `${message}; synth and the cdk8s CLI empty this folder on each run`,
    hint: `in ${CDK8S_FILE}, use a folder only for this purpose, such as "output: dist/manifests"`,
    field: 'output',
    locations: [{ file: CDK8S_FILE }],
  });
}

/** Throws an error of the file system in the scratch folder as a finding, and any other one as it is. */
export function failScratch(folder: string, error: unknown): never {
  if (typeof error !== 'object' || error === null || !('syscall' in error)) throw error;
  return fail({
    code: 'scratch-folder-unwritable',
    message: `synth cannot write its scratch folder ${JSON.stringify(folder)}: ${(error as unknown as Error).message}`,
    hint: `make the folder writable, or set another one in ${CDK8S_FILE}, such as "output: dist/manifests"`,
  });
}
