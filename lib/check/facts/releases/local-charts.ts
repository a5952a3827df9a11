import { isDeepStrictEqual } from 'node:util';
import type { ObjectIdentity } from '../../../findings/finding';
import { sourceOf } from '../../../graph/entries/entry';
import type { GraphNode } from '../../../graph/graph';
import { nodeId } from '../../../graph/node-id';
import { sourcePath } from '../../../graph/post-build/kustomization-change';
import { sameAddress } from '../../../graph/sources/address';
import { once } from '../../../plain/once';
import { listOf, mapOf, textOf } from '../../../plain/plain-data';
import { directoryOf, joinPath } from '../../../tree/path';
import type { Tree } from '../../../tree/tree';
import type { ClusterFacts } from '../cluster-facts';

/** The folders of all charts of a repository. */
export const chartFolders = once(
  (tree: Tree): ReadonlySet<string> =>
    new Set(
      [...tree.paths].filter((path) => joinPath(directoryOf(path), 'Chart.yaml') === path).map(directoryOf),
    ),
);

/** The folder of this repository from which a HelmRelease takes its chart. */
export function localChart(facts: ClusterFacts, { type, identity, object }: GraphNode): string | undefined {
  if (type !== 'helm-release' || !object) return undefined;
  const { chart, sourceRef } = mapOf(mapOf(mapOf(object.spec).chart).spec);
  const path = textOf(chart);
  // A packed chart is not a folder, and a variable may be any folder.
  if (path === undefined || /\.tgz$|\$\{/.test(path)) return undefined;
  return isOwnSource(facts, sourceOf(sourceRef, identity.namespace ?? '')) ? sourcePath(path) : undefined;
}

/** Whether a source is a GitRepository with this repository at the revision of the sync, and with nothing else. */
function isOwnSource(facts: ClusterFacts, source: ObjectIdentity): boolean {
  const { syncSource } = facts.cluster;
  if (source.kind !== 'GitRepository' || syncSource.kind !== 'GitRepository') return false;
  const [own, other] = [syncSource, source].map((one) => mapOf(facts.node(nodeId(one))?.object?.spec));
  if (listOf(other?.include).length > 0 || other?.recurseSubmodules === true) return false;
  if (nodeId(source) === nodeId(syncSource)) return true;
  const [url, address] = [textOf(own?.url), textOf(other?.url)];
  return (
    url !== undefined &&
    address !== undefined &&
    sameAddress(url, address) &&
    isDeepStrictEqual(own?.ref, other?.ref)
  );
}
