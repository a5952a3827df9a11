import type { Picture, PictureNode } from '../picture';

/**
 * Numbers the versions of each object over the clusters: two of one id have the same number where they are equal, with
 * all that they apply.
 */
export function versionsOf({ clusters }: Picture): ReadonlyMap<PictureNode, number> {
  const known = new Map<string, Map<string, number>>();
  const versions = new Map<PictureNode, number>();
  for (const { nodes } of clusters) {
    for (const node of nodes) {
      const { id, digest = '', contents = '', applies, state } = node;
      const key = JSON.stringify([digest, contents, contents === '' ? applies : [], state]);
      const ofId = known.get(id) ?? new Map<string, number>();
      known.set(id, ofId);
      if (!ofId.has(key)) ofId.set(key, ofId.size);
      versions.set(node, ofId.get(key) ?? 0);
    }
  }
  return versions;
}
