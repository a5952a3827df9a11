import type { Picture } from './picture';

/** A picture for people: without the edges that go without saying. */
export function withoutUsual(picture: Picture): Picture {
  const clusters = picture.clusters.map((cluster) => ({
    ...cluster,
    edges: cluster.edges.filter(({ isUsual }) => !isUsual),
  }));
  return { ...picture, clusters };
}
