/** What the page's script knows of the picture. It stands in the page as JSON. */
export interface PageData {
  readonly clusters: readonly PageCluster[];
  readonly nodes: readonly PageNode[];
  readonly edges: readonly PageEdge[];
  readonly findings: readonly PageFinding[];
  readonly changes: readonly PageChange[];
  /** Long texts, each once: nodes refer to them by their indexes. */
  readonly texts: readonly string[];
  /** What was left out of the picture; empty where it shows everything. */
  readonly leftOut: string;
  /** What leads from the page to the root of the repository, with a slash at its end; empty where nothing does. */
  readonly files: string;
}

/** A cluster. */
export interface PageCluster {
  readonly name: string;
  /** The path from which Flux starts, in words. */
  readonly entry: string;
}

/** A node. */
export interface PageNode {
  /** The index of its cluster. */
  readonly cluster: number;
  /** Tells the node apart within its cluster. */
  readonly id: string;
  readonly type: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly layer: string;
  readonly wave: number;
  /** The index of the Kustomization whose card holds it; -1 where it has a card of its own. */
  readonly holder: number;
  /** Nodes of one id with the same number are equal, with all that they apply. */
  readonly version: number;
  /** `cycle` or `missing` where it draws attention; else empty. */
  readonly trouble: string;
  /** What is to be said of its state; empty when all is well. */
  readonly state: string;
  readonly change: string;
  /** The file and line; empty where the repository does not have it. */
  readonly place: string;
  /** The file alone. */
  readonly file: string;
  readonly line: number;
  /** The text with the object as YAML; -1 where the repository does not have it. */
  readonly yaml: number;
  /** What applies it, as `namespace/name`. */
  readonly appliedBy: string;
  /** The text that lists what it applies, a line each, as `Kind namespace/name`; -1 where it applies nothing. */
  readonly applies: number;
  /** How many objects it applies. */
  readonly count: number;
  /** Indexes of its findings. */
  readonly findings: readonly number[];
}

/** An edge as it is drawn, by the indexes of its nodes. */
export interface PageEdge {
  /** The node that comes first. */
  readonly tail: number;
  /** The node that comes later. */
  readonly head: number;
  readonly kind: string;
  /** Whether it says that one needs the other; an alert needs nothing of what it watches. */
  readonly isNeed: boolean;
  readonly trouble: string;
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
