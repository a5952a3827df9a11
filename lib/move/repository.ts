import type { Graph } from '../graph/graph';
import type { Tree } from '../tree/tree';
import type { Source } from './working-files';

/** The repository in which something moves, and how it is evaluated. */
export interface MoveRepository extends Source {
  /** What Flux does with it now. */
  readonly graph: Graph;
  /** What Flux would do with other files, from the same entry paths. */
  readonly evaluate: (tree: Tree) => Graph;
}
