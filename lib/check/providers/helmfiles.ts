import { listOf, mapOf, textOf } from '../../graph/plain-data';
import type { Tree } from '../../tree/tree';
import { lastPart } from './release-chart';

/**
 * What runs in a cluster before Flux does: the names of releases and charts of every helmfile, and the addresses of
 * manifests that Talos applies by itself.
 */
export interface Bootstrapped {
  readonly releases: ReadonlySet<string>;
  readonly manifests: readonly string[];
}

/** Looks for helmfiles and Talos configurations among the files of a repository. */
export function findBootstrapped(tree: Tree): Bootstrapped {
  const releases = new Set<string>();
  const manifests: string[] = [];
  for (const file of tree.files) {
    const isHelmfile = file.bytes.includes('\nreleases:') || file.bytes.indexOf('releases:') === 0;
    if (!isHelmfile && !file.bytes.includes('extraManifests:')) continue;
    for (const value of documentsOf(file)) {
      for (const release of listOf(mapOf(value).releases)) {
        const { name, chart } = mapOf(release);
        const chartName = textOf(chart);
        if (chartName !== undefined) releases.add(lastPart(chartName));
        if (textOf(name) !== undefined) releases.add(String(name));
      }
      manifests.push(...listOf(mapOf(mapOf(value).cluster).extraManifests).map(String));
    }
  }
  return { releases, manifests };
}

function documentsOf(file: Tree['files'][number]): unknown[] {
  try {
    return file.documents.map(({ object }) => object);
  } catch {
    // Templates of helmfile are often no YAML.
    return [];
  }
}
