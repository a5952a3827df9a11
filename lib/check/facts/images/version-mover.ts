import type { GraphNode } from '../../../graph/graph';

/** A field of a cluster's object by which what runs there becomes another version without a commit. */
export interface VersionMover {
  readonly node: GraphNode;
  readonly field: string;
  /** The clusters that it moves. */
  readonly clusters: readonly string[];
  /** Tells what moves from all else: movers with one key move at the same time. */
  readonly key: string;
  /** What moves, in words. */
  readonly what: string;
  /** Whether it moves to every new version, a major one too. */
  readonly isOpen: boolean;
  readonly hint: string;
}
