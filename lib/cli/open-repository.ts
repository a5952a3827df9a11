import { resolve } from 'node:path';
import { findProject, type Project } from '../config/project';
import type { Finding } from '../findings/finding';
import { fail } from '../findings/findings-error';
import { buildGraph } from '../graph/build-graph';
import type { Graph } from '../graph/graph';
import { loadTree } from '../tree/load-tree';
import type { Tree } from '../tree/tree';

/** A repository on disk as commands see it. */
export interface OpenRepository {
  /** What its configuration says. */
  readonly project: Project;
  /** Its files. */
  readonly tree: Tree;
  /** What Flux does with it. */
  readonly graph: Graph;
  /** What could not be read, and what is wrong with what was. */
  readonly findings: readonly Finding[];
}

/**
 * Reads the repository that a folder belongs to, and evaluates it from the entry paths of the command line, else those
 * of `cdk8s-flux.yaml`, else those that are found.
 *
 * @throws FindingsError `entry-missing` where Flux starts nowhere, `file-unreadable` where there is no such folder
 */
export function openRepository(cwd: string, dir: string, entries?: readonly string[]): OpenRepository {
  const project = findProject(resolve(cwd, dir));
  const { tree, findings } = readFolder(project.root, dir);
  const graph = buildGraph(tree, { entries: entries ?? project.entries });
  if (graph.clusters.length === 0) {
    fail({
      code: 'entry-missing',
      message: `found no path in ${JSON.stringify(dir)} that Flux starts from`,
      hint: 'name it: --entry clusters/production',
    });
  }
  return { project, tree, graph, findings: [...findings, ...graph.findings] };
}

function readFolder(root: string, dir: string): ReturnType<typeof loadTree> {
  try {
    return loadTree(root);
  } catch (error) {
    return fail({
      code: 'file-unreadable',
      message: `the folder ${JSON.stringify(dir)} cannot be read: ${(error as Error).message}`,
      hint: 'name the folder of a repository',
    });
  }
}
