import type { Finding, ObjectIdentity, Severity } from '../findings/finding';
import type { EdgeKind, NodeState, NodeType } from '../graph/graph';
import type { ManifestObject } from '../tree/manifest';

/** What a picture shows, before anything is said of how: every renderer draws from it. Plain data in a fixed order. */
export interface Picture {
  /** The clusters, in code-unit order of their names. */
  readonly clusters: readonly PictureCluster[];
  /** What was left out to keep within a limit, in words; empty where everything is shown. */
  readonly leftOut: readonly string[];
  /** The findings that concern no node. */
  readonly findings: readonly Finding[];
  /**
   * What the change of the repository does, in the order of a report. The page lists it.
   *
   * @default - nodes and edges carry marks, and nothing more is known
   */
  readonly changes?: readonly PictureChange[];
}

/** One thing that a change of the repository does. */
export interface PictureChange {
  /** The name of its class, for example `deleted`. */
  readonly name: string;
  /** How alarming it is. */
  readonly severity: Severity;
  /** What it happens to. */
  readonly subject: string;
  /** What will happen, what to do, which fields differ, where: a line each. */
  readonly lines: readonly string[];
  /** The nodes that it concerns, by their cluster and id. */
  readonly nodes: readonly { readonly cluster: string; readonly id: string }[];
}

/** One cluster of a picture. */
export interface PictureCluster {
  /** The cluster's name. */
  readonly name: string;
  /** The entry path from the root of the repository; `''` for the root. */
  readonly entry: string;
  /** The nodes, in the order in which they were found from the root down. */
  readonly nodes: readonly PictureNode[];
  /** The edges between them, in the order of the nodes from which they start. */
  readonly edges: readonly PictureEdge[];
}

/** What became of a node or an edge since an earlier state of the repository. */
export type Change = 'added' | 'removed' | 'changed';

/**
 * Why a node or an edge draws attention: it lies in a loop that never starts; it is referred to and not there; it never
 * becomes ready; or it never starts, as it waits for what never becomes ready.
 */
export type Trouble = 'cycle' | 'missing' | 'failing' | 'blocked';

/** What nodes and edges may wear. */
export interface Badges {
  /**
   * Why it draws attention.
   *
   * @default - all is well
   */
  readonly trouble?: Trouble;
  /**
   * What became of it.
   *
   * @default - nothing, or the picture compares nothing
   */
  readonly change?: Change;
  /** The findings that concern it. */
  readonly findings: readonly Finding[];
}

/** An object that is drawn. */
export interface PictureNode extends Badges {
  /** Tells the node apart within its cluster, as in the graph. */
  readonly id: string;
  /** The group of kinds to which it belongs. */
  readonly type: NodeType;
  /** Its identity. */
  readonly identity: ObjectIdentity;
  /** Where it comes from. */
  readonly state: NodeState;
  /** The wave in which Flux gets to it, from 0. */
  readonly wave: number;
  /** Within a wave what is used stands before what uses it: 0 for credentials and values, 1 for sources, 2 for the rest. */
  readonly step: 0 | 1 | 2;
  /**
   * The layer: the folder that its Kustomization's path shares with others, such as `infrastructure`.
   *
   * @default - the paths have no layers
   */
  readonly layer?: string;
  /**
   * The file from the root of the repository, and its line.
   *
   * @default - the repository does not have it
   */
  readonly place?: { readonly file: string; readonly line?: number };
  /**
   * The object as Flux applies it, without what is secret in it.
   *
   * @default - the repository does not have it
   */
  readonly object?: ManifestObject;
  /**
   * A hash of the object with all that it holds, by which two states are compared. No format shows it.
   *
   * @default - the repository does not have it
   */
  readonly digest?: string;
  /**
   * A hash of all that a Kustomization applies, by which clusters are compared. No format shows it.
   *
   * @default - the picture has one cluster, or nothing is applied
   */
  readonly contents?: string;
  /** The Kustomizations that apply it; more than one where they fight for it. */
  readonly appliedBy: readonly string[];
  /** What a Kustomization applies. */
  readonly applies: readonly ObjectIdentity[];
  /**
   * What is folded in the node, in lines of words: `2 HelmReleases, Secret`.
   *
   * @default - nothing
   */
  readonly holds?: string;
}

/** A line between two nodes. */
export interface PictureEdge extends Badges {
  /** The node that has the field: the one that waits, applies or refers. */
  readonly from: string;
  /** The node at the other end. */
  readonly to: string;
  /** What the edge says. */
  readonly kind: EdgeKind;
  /** The field that says so; `''` for `applies`. */
  readonly field: string;
  /**
   * Whether it says only what goes without saying: that a Kustomization comes from the cluster's own repository, that
   * this one's source is applied too, or that an object is applied together with what creates it or with what it waits for.
   * Pictures for people leave these out.
   */
  readonly isUsual: boolean;
}

/**
 * Edges that are drawn in their own direction; for all others, the far end comes first in time, and the arrow starts
 * there.
 */
const forwards: ReadonlySet<EdgeKind> = new Set([
  'applies',
  'makes',
  'health-check',
  'event-source',
  'receiver',
]);

/** The ends of an edge as it is drawn: the arrow leads from what comes first to what comes later. */
export function drawnEnds({ from, to, kind }: PictureEdge): readonly [tail: string, head: string] {
  return forwards.has(kind) ? [from, to] : [to, from];
}

/** An object as people write it: its namespace, where it has one, and its name. */
export function qualifiedName({ namespace, name }: ObjectIdentity): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}
