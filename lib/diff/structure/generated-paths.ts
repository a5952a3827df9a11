import type { Tree } from '../../tree/tree';
import { sourcePath } from '../../graph/post-build/kustomization-change';
import { KUSTOMIZE_GROUP } from '../../kinds/groups';
import { compareText } from '../../plain/compare-text';
import { renderResourceSet } from '../../graph/resource-sets/render-resource-set';
import { mapOf, textOf } from '../../plain/plain-data';
import { apiGroup, type ManifestObject } from '../../tree/manifest';
import { LONGEST_PATH, pathPattern } from '../../tree/path-pattern';
import type { Uncompared } from '../change';
import type { ClassifyContext } from '../classifier';
import { isSameFile } from '../compare/same-file';
import type { ClusterComparison } from './cluster-comparison';
import { asText } from '../../plain/as-text';

/**
 * ResourceSets that create Kustomizations, as no file shows them, whose paths lie in this repository, where files in them
 * differ: what these build is not compared.
 */
export function changedGeneratedPaths(
  { base, head }: ClusterComparison,
  { base: known, head: found }: ClassifyContext,
): Omit<Uncompared, 'cluster'>[] {
  if (!known || !found || known.tree === found.tree) return [];
  const sets = [...head.nodes.values()].filter(
    ({ id, identity: { kind } }) => kind === 'ResourceSet' && base.nodes.has(id),
  );
  const paths = sets.flatMap(({ identity, object }) =>
    generatedPaths(object, head.cluster.syncSource.name).map((path) => ({ identity, path })),
  );
  if (paths.length === 0) return [];
  const files = changedFiles(known.tree, found.tree);
  return paths
    .filter(({ path }) => files.some(pathPattern(path.split(/<<.*?>>/), '(?:/|$)')))
    .map(({ identity, path }) => ({
      object: identity,
      reason: 'generated',
      detail: `what a Kustomization that it creates builds from ${JSON.stringify(path)}`,
    }));
}

/** The paths of the Kustomizations in hidden templates of a ResourceSet; `<< >>` in one may be any part of a name. */
function generatedPaths(set: ManifestObject | undefined, syncSource: string): string[] {
  const paths = (set ? renderResourceSet(set).hidden : [])
    .map(mapOf)
    .flatMap(({ apiVersion, kind, spec }) => {
      const { path, sourceRef } = mapOf(spec);
      const { kind: sourceKind, name } = mapOf(sourceRef);
      const isOther = sourceKind === 'GitRepository' && name !== syncSource && !asText(name).includes('<<');
      const isKustomization = kind === 'Kustomization' && apiGroup(asText(apiVersion)) === KUSTOMIZE_GROUP;
      return isKustomization && !isOther ? [sourcePath(textOf(path))] : [];
    });
  return [...new Set(paths)]
    .filter((path) => path.length <= LONGEST_PATH && !path.startsWith('<<'))
    .sort(compareText);
}

/** The files that differ in more than their form. */
function changedFiles(before: Tree, after: Tree): string[] {
  const paths = new Set([before, after].flatMap(({ files }) => files.map(({ path }) => path)));
  return [...paths].filter((path) => !isSameFile(before, after, path));
}
