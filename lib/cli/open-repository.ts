import type { Project } from '../config/project';
import type { Finding } from '../findings/finding';
import { fail } from '../findings/findings-error';
import { Masker } from '../mask/masker';
import { buildGraph } from '../graph/build-graph';
import type { Graph } from '../graph/graph';
import type { Tree } from '../tree/tree';
import { loadProject } from './load-project';

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
  /** Hides its secrets in what is shown of it. */
  readonly masker: Masker;
}

/**
 * Reads the repository that a folder belongs to, and evaluates it from the entry paths of the command line, else those
 * of `cdk8s-flux.yaml`, else those that are found.
 *
 * @throws FindingsError `entry-missing` where Flux starts nowhere, and as `loadProject` does
 */
export function openRepository(cwd: string, dir: string, entries?: readonly string[]): OpenRepository {
  const { project, tree, findings } = loadProject(cwd, dir);
  const graph = buildGraph(tree, { entries: entries ?? project.entries });
  if (graph.clusters.length === 0) {
    fail({
      code: 'entry-missing',
      message: `found no path in ${JSON.stringify(dir)} that Flux starts from`,
      hint: 'name it: --entry clusters/production',
    });
  }
  const masker = Masker.of(graph, tree);
  return { project, tree, graph, findings: masker.findings([...findings, ...graph.findings]), masker };
}
