import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { isAbsolute, relative, resolve } from 'node:path';
import { finding, type Finding, type FindingLocation } from '../findings/finding';
import type { SecretValue } from '../sops/values/secret-value';

/** A value of a secret and where it is asked for. */
export interface UsedValue {
  readonly entry: string;
  readonly value: SecretValue;
  readonly here: FindingLocation;
}

/**
 * Finds values that are read from files which git would take up: the next `git add` makes them public. Where git or a
 * repository is missing, nothing is said.
 *
 * @param root - the repository's root, as an absolute path
 */
export function checkSourceFiles(values: readonly UsedValue[], root: string): Finding[] {
  const read = values.flatMap(({ value, ...rest }) =>
    value.sourceFiles
      .map((path) => ({ ...rest, file: resolve(root, path) }))
      .filter(({ file }) => existsSync(file) && isInside(file, root)),
  );
  if (read.length === 0) return [];
  const ignored = ignoredFiles([...new Set(read.map(({ file }) => file))], root);
  if (ignored === undefined) return [];
  return read
    .filter(({ file }) => !ignored.has(file))
    .map(({ entry, here, file }) =>
      finding({
        code: 'secret-source-in-git',
        severity: 'warning',
        message: `the value of ${JSON.stringify(entry)} is read from ${JSON.stringify(relative(root, file))}, which git does not ignore`,
        hint: 'add the file to .gitignore, or move it out of the repository',
        locations: [here],
        field: `data.${entry}`,
      }),
    );
}

function isInside(file: string, root: string): boolean {
  const path = relative(root, file);
  return !path.startsWith('..') && !isAbsolute(path);
}

/** The files that git ignores; `undefined` if git cannot tell. */
function ignoredFiles(files: readonly string[], root: string): ReadonlySet<string> | undefined {
  const { status, stdout } = spawnSync('git', ['check-ignore', '--stdin', '-z'], {
    cwd: root,
    input: files.join('\0'),
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  return status === 0 || status === 1 ? new Set(stdout.split('\0')) : undefined;
}
