import type { Project } from '../config/project';
import { scratchPath } from '../config/scratch-folder';
import type { LoadRepository } from '../plan/artifacts';
import { loadTree } from '../tree/load-tree';

/** Loads the files of a project as they are on disk, without what cdk8s empties. */
export function repositoryOf(project: Project): LoadRepository {
  const scratch = scratchPath(project);
  return (except) => loadTree(project.root, { except: (path) => path === scratch || except(path) }).tree;
}
