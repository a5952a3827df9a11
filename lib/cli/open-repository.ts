import type { Project } from '../config/project';
import type { Finding } from '../findings/finding';
import { fail } from '../findings/findings-error';
import { Masker } from '../mask/masker';
import type { Graph } from '../graph/graph';
import { withoutIdleLinks } from '../graph/touched-links';
import type { Tree } from '../tree/tree';
import type { Io } from './io';
import { announceStep } from './progress';
import { loadProject } from './load-project';
import { clusterGraph, refuseUseless } from './project-graph';

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

/** How a repository is opened. */
export interface OpenOptions {
  /**
   * The entry paths of the command line.
   *
   * @default - those of `cdk8s-flux.yaml`, else those that are found
   */
  readonly entries?: readonly string[];
  /**
   * The name of the only cluster to evaluate.
   *
   * @default - all clusters
   */
  readonly cluster?: string;
  /**
   * Whether an entry path may hold nothing, as in a state from before a cluster was added.
   *
   * @default false
   */
  readonly mayBeEmpty?: boolean;
}

/**
 * Reads the repository that a folder belongs to, and evaluates it.
 *
 * @throws FindingsError `entry-missing` where Flux starts nowhere, `repositories-several`, `cluster-unknown`, and as `loadProject` does
 */
export function openRepository(io: Io, dir: string, options: OpenOptions = {}): OpenRepository {
  const { entries, cluster, mayBeEmpty = false } = options;
  const { project, tree, findings } = loadProject(io.cwd, dir);
  announceStep(`evaluating ${tree.files.length} files`, io);
  const graph = clusterGraph({ project, tree }, { entries, cluster });
  if (!mayBeEmpty) refuseUseless(graph);
  if (graph.clusters.length === 0) {
    fail({
      code: 'entry-missing',
      message: `found no path in ${JSON.stringify(dir)} that Flux starts from`,
      hint: 'use the path that you gave to flux bootstrap with --path, for example --entry clusters/production',
    });
  }
  const masker = Masker.of(graph, tree);
  return {
    project,
    tree,
    graph,
    findings: masker.findings([...withoutIdleLinks(findings, tree, graph), ...graph.findings]),
    masker,
  };
}
