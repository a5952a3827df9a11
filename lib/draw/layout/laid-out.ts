import type { Picture, PictureCluster, PictureEdge, PictureNode } from '../picture';

/** A picture with a place for everything, in pixels from the upper left corner. */
export interface LaidOutPicture {
  readonly picture: Picture;
  readonly width: number;
  readonly height: number;
  /** The clusters, one below the other. */
  readonly clusters: readonly LaidOutCluster[];
}

/** A rectangle. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A cluster's frame and what is in it. */
export interface LaidOutCluster extends Box {
  readonly cluster: PictureCluster;
  /** The columns of the waves, from left to right. */
  readonly waves: readonly WaveColumn[];
  /** The frames of the layers. */
  readonly layers: readonly (Box & { readonly layer: string })[];
  readonly nodes: readonly (Box & { readonly node: PictureNode })[];
  readonly edges: readonly LaidOutEdge[];
}

/** Where a wave stands. */
export interface WaveColumn {
  readonly wave: number;
  readonly x: number;
  readonly width: number;
}

/** An edge's line: the points of a cubic Bézier spline, and where its arrow ends. */
export interface LaidOutEdge {
  readonly edge: PictureEdge;
  readonly points: readonly Point[];
  readonly tip: Point;
}

/** A point. */
export interface Point {
  readonly x: number;
  readonly y: number;
}
