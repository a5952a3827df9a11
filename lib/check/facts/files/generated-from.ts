import { isKustomizationFile } from '../../../graph/sources/folder-listing';
import type { FindingLocation } from '../../../findings/finding';
import { listOf, mapOf, textOf, textsOf, valueAt } from '../../../plain/plain-data';
import type { ManifestObject } from '../../../tree/manifest';
import { baseName, directoryOf, resolvePath } from '../../../tree/path';
import type { Tree } from '../../../tree/tree';
import { objectsOf } from '../../../tree/readable-documents';

/**
 * The file from which a generator of kustomize takes an entry of a Secret or ConfigMap.
 *
 * @param location - where the object comes from: for a generated one, the kustomization file
 * @param key - the name of the entry
 */
export function fileOfEntry(
  tree: Tree,
  { kind, metadata }: ManifestObject,
  { file: path }: FindingLocation,
  key: string,
): string | undefined {
  const file = path === undefined ? undefined : tree.get(path);
  if (!file || !isKustomizationFile(file.path)) return undefined;
  const name = textOf(metadata?.name) ?? '';
  const generator = kind === 'Secret' ? 'secretGenerator' : 'configMapGenerator';
  const entries = listOf(valueAt(objectsOf(file)[0], generator)).map(mapOf);
  // Prefixes and the hash surround the name that the generator sets.
  const own = entries.filter((entry) => name.includes(textOf(entry.name) ?? name));
  return own
    .flatMap(({ files }) => textsOf(files))
    .flatMap((text) => {
      const [first = '', second] = text.split('=');
      const source = second ?? first;
      const named = second === undefined ? baseName(source) : first;
      return named === key ? (resolvePath(directoryOf(file.path), source) ?? []) : [];
    })
    .find((source) => tree.has(source));
}
