/** What the page's script knows of the picture. It stands in the page as JSON. */
export interface PageData {
  /** The size of the whole picture, in its own units. */
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PageNode[];
  readonly edges: readonly PageEdge[];
  readonly findings: readonly PageFinding[];
  readonly changes: readonly PageChange[];
}

/** A node, and the element that shows it. */
export interface PageNode {
  /** The id of its element. */
  readonly key: string;
  readonly cluster: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly layer: string;
  readonly wave: number;
  /** What is to be said of its state; empty when all is well. */
  readonly state: string;
  readonly change: string;
  /** The file and line; empty where the repository does not have it. */
  readonly place: string;
  /** The object as YAML; empty where the repository does not have it. */
  readonly yaml: string;
  /** What applies it, as `namespace/name`. */
  readonly appliedBy: string;
  /** What it applies, as `Kind namespace/name`. */
  readonly applies: readonly string[];
  /** Indexes of its findings. */
  readonly findings: readonly number[];
  /** Where its card is. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** An edge as it is drawn, by the indexes of its nodes. */
export interface PageEdge {
  /** The id of its element. */
  readonly key: string;
  /** The node that comes first. */
  readonly tail: number;
  /** The node that comes later. */
  readonly head: number;
  readonly kind: string;
  /** Whether it says that one needs the other; an alert needs nothing of what it watches. */
  readonly isNeed: boolean;
  readonly change: string;
}

/** A finding. */
export interface PageFinding {
  readonly severity: string;
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly where: string;
}

/** One thing that a change of the repository does. */
export interface PageChange {
  readonly severity: string;
  readonly name: string;
  readonly subject: string;
  readonly lines: readonly string[];
  /** Indexes of the nodes that it concerns. */
  readonly nodes: readonly number[];
}
