import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { findProject, type Project } from '../config/project';
import { scratchPath } from '../config/scratch-folder';
import { fail } from '../findings/findings-error';
import { loadTree, type LoadedRepository } from '../tree/load-tree';

/** A repository on disk, and what its configuration says. */
export interface LoadedProject extends LoadedRepository {
  /** What its configuration says. */
  readonly project: Project;
}

/**
 * Reads the repository that a folder belongs to, without what the last synth left in the scratch folder: that is no part
 * of what is committed.
 *
 * @throws FindingsError `file-unreadable` where there is no such folder, and when its configuration is not right
 */
export function loadProject(cwd: string, dir: string): LoadedProject {
  const project = openProject(cwd, dir);
  const { root } = project;
  const scratch = scratchPath(project);
  try {
    return { project, ...loadTree(root, { except: (path) => path === scratch }) };
  } catch (error) {
    return fail({
      code: 'file-unreadable',
      message: `the folder ${JSON.stringify(dir)} cannot be read: ${(error as Error).message}`,
      hint: 'use the folder of a repository',
    });
  }
}

/**
 * Finds the project that a folder belongs to, without its files.
 *
 * @throws FindingsError `file-unreadable` where there is no such folder, and when its configuration is not right
 */
export function openProject(cwd: string, dir: string): Project {
  const folder = resolve(cwd, dir);
  // Otherwise, a mistyped folder would mean the repository around it.
  const found = statSync(folder, { throwIfNoEntry: false });
  if (!found?.isDirectory()) {
    fail({
      code: 'file-unreadable',
      message: found
        ? `${JSON.stringify(dir)} is a file, not a folder`
        : `the folder ${JSON.stringify(dir)} does not exist`,
      hint: 'use the folder of a repository',
    });
  }
  return findProject(folder);
}
