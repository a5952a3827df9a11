import { baseName, directoryOf, joinPath } from '../../tree/path';
import { mapOf, textOf } from '../../plain/plain-data';
import { sameAddress } from '../sources/address';
import type { PlacedSync } from './place-sync';
import type { FoundKustomization, Repository } from './repository';
import { isArtifact } from './source-root';

/**
 * Whether a sync is about another repository, as a copy in a tutorial or a template: its path does not exist, nor does
 * any path that other Kustomizations build from its source, and the folder around the file has no name of the path, which
 * a folder has that someone moved or mistyped.
 */
export function isForeignSync({ sync, root }: PlacedSync, repository: Repository): boolean {
  const { file, path, source, url } = sync;
  const [folder = ''] = root.folders;
  const isMissing = (one: string) => !repository.has(joinPath(folder, one));
  if (isArtifact(source.kind) || !isMissing(path)) return false;
  const others = repository
    .builtFrom(source)
    .filter((one) => one.file !== file && one.path !== '' && !isBesideOther(one, url));
  return others.every((one) => isMissing(one.path)) && !isRelated(directoryOf(directoryOf(file)), path);
}

/** Whether the source beside a Kustomization has another address, so that the two are only called alike. */
function isBesideOther({ beside, source }: FoundKustomization, url: string | undefined): boolean {
  const own = beside.find(({ object }) => object.kind === source.kind);
  const address = textOf(mapOf(own?.object.spec).url);
  return url !== undefined && address !== undefined && !sameAddress(address, url);
}

/** Whether two paths have a name in common, or end with names that begin alike. */
function isRelated(one: string, other: string): boolean {
  const names = new Set(one.split('/'));
  const [last, end] = [baseName(one), baseName(other)];
  return one === '' || other.split('/').some((name) => names.has(name)) || last.startsWith(end.slice(0, 3));
}
