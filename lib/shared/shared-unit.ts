/** A cluster of a fleet whose files are shared. */
export interface SharedCluster {
  readonly name: string;
  /** Its entry path from the repository's root. */
  readonly entry: string;
  /** The folder for what it shares with other clusters. */
  readonly folder: string;
  /** The groups that it is in, the widest first: environment, ring, region. */
  readonly groups: readonly string[];
  /** The source of this repository in the cluster. */
  readonly source: { readonly kind: string; readonly name: string };
}

/** A directory of a cluster: that of a FluxApp, or its entry path. */
export interface SharedUnit {
  readonly cluster: SharedCluster;
  /** The directory from the repository's root. */
  readonly path: string;
  /** What it is in every cluster: the path from the folder of the layers. The entry path has none. */
  readonly key?: string;
  /** The construct that it is the directory of. */
  readonly constructPath: string;
}
