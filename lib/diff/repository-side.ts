import type { CheckReport } from '../check/check-tree';
import type { Project } from '../config/project';
import type { Tree } from '../tree/tree';
import type { DiffSide } from './change';

/** One side of a diff: a repository's files, and what Flux does with them. */
export interface RepositorySide {
  /** What the side is called. */
  readonly side: DiffSide;
  /** What the side's own configuration says. */
  readonly project: Project;
  /** The files. */
  readonly tree: Tree;
  /** What a check with the policy of the base says of it, and the clusters. */
  readonly report: CheckReport;
}
