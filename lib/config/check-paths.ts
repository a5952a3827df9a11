import { realpathSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { isFindingCode, type FindingCode } from '../findings/codes';
import { FindingsError } from '../findings/findings-error';
import { isGitName, repositoryPath } from '../tree/path';
import { beginningOf, describeValue } from './describe-value';
import { gitTop } from './find-upwards';
import type { FluxConfig } from './flux-config';
import { holds, realPath } from './real-path';

/** What is wrong with a path of the configuration. */
export interface PathProblem {
  readonly code: FindingCode;
  /** The way to the setting: keys and positions in lists. */
  readonly path: readonly string[];
  readonly message: string;
  readonly hint?: string;
}

/** The root that a configuration names, or why it cannot be that. */
export type CheckedRoot =
  | { readonly root: string; readonly problem?: undefined }
  | { readonly root?: undefined; readonly problem: PathProblem };

/**
 * The root of the repository as a path without symbolic links. It is never above the folder that holds `.git`: a
 * configuration file comes with the repository, and must not reach what its reader keeps beside it.
 *
 * @param file - the absolute path of the configuration file
 * @param given - the root that it names, from its folder
 */
export function checkRoot(file: string, given: string): CheckedRoot {
  const folder = realPath(dirname(file));
  const named = resolve(folder, given);
  const root = isFolder(named) ? realpathSync(named) : undefined;
  if (root === undefined) {
    const missing = given === beginningOf(given) ? named : beginningOf(given);
    return refused(
      'config-invalid',
      `there is no folder ${JSON.stringify(missing)}`,
      'use an existing folder',
    );
  }
  const top = gitTop(folder);
  if (!holds(top ?? folder, root)) {
    return top === undefined
      ? refused(
          'path-outside-repository',
          `${describeValue(given)} is above the folder of this file, but no folder above this file contains ".git"`,
          'run git init at the root of the repository, or move this file there',
        )
      : refused(
          'path-outside-repository',
          `${describeValue(given)} is above the root of the git repository, ${JSON.stringify(top)}`,
          'use that folder, or one below it that contains this file',
        );
  }
  return holds(root, folder)
    ? { root }
    : refused(
        'config-invalid',
        `${JSON.stringify(root)} does not contain this file`,
        'remove it, or use a folder above this file, such as ".."',
      );
}

function refused(code: FindingCode, message: string, hint: string): CheckedRoot {
  return { problem: { code, path: ['root'], message, hint } };
}

/** A name with a NUL character, or one that is too long, makes the system call fail, and is not a folder either. */
function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/** What is wrong with the paths that synth and other commands write to: the output, the pins and the pictures. */
export function checkWrittenPaths(config: FluxConfig, root: string): PathProblem[] {
  const { output, pins, pictures = [] } = config;
  return [
    ...(output === undefined ? [] : checkWrittenPath(output, ['output'], root)),
    ...(pins === undefined ? [] : checkWrittenPath(pins, ['pins'], root)),
    ...pictures.flatMap(({ file }, index) => checkPicture(file, ['pictures', String(index), 'file'], root)),
  ];
}

/** Our own records have such names, and so do the configurations of other programs. */
function checkPicture(file: string, path: readonly string[], root: string): PathProblem[] {
  const problems = checkWrittenPath(file, path, root);
  if (problems.length > 0 || !/(?:^|\/)\.[^/]*$/.test(repositoryPath(file))) return problems;
  const message = `${describeValue(file)} is a hidden file, which a picture must not replace`;
  return [{ code: 'config-invalid', path, message, hint: 'begin the name with a letter or a digit' }];
}

function checkWrittenPath(given: string, path: readonly string[], root: string): PathProblem[] {
  if (given !== beginningOf(given) && /[\r\n]|^.{1024}/.test(given)) {
    const message = `${describeValue(given)} is not a path: it has several lines, or more than 1024 characters`;
    return [{ code: 'path-invalid', path, message, hint: 'use a path from the root of the repository' }];
  }
  try {
    return linksIntoGit(repositoryPath(given), root)
      ? [
          {
            code: 'path-invalid',
            path,
            message: `${JSON.stringify(given)} leads through a symbolic link into the folder that git keeps its own files in`,
            hint: 'replace the link with a folder',
          },
        ]
      : [];
  } catch (error) {
    if (!FindingsError.isFindingsError(error)) throw error;
    return error.findings.map(({ code, message, hint }) => ({
      code: isFindingCode(code) ? code : 'path-invalid',
      path,
      message,
      hint,
    }));
  }
}

function linksIntoGit(path: string, root: string): boolean {
  const real = relative(root, realPath(join(root, path)));
  return real.split(sep).some(isGitName);
}
