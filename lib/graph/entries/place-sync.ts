import { mapOf, textOf, withEntry } from '../../plain/plain-data';
import { joinPath } from '../../tree/path';
import { LONGEST_PATH, pathPattern } from '../../tree/path-pattern';
import { type Entry } from './entry';
import { sourceOfResource } from './sync-source';
import type { DeclaredSync } from './declared-syncs';
import { isPlain, type Repository } from './repository';
import { isArtifact, sourceRoot, type SourceRoot } from './source-root';

/** A sync with what its path means in the repository. */
export interface PlacedSync {
  readonly sync: DeclaredSync;
  readonly root: SourceRoot;
  /** Whether the path has variables, so that the folder is one of those that it fits. */
  readonly isPattern?: boolean;
}

/** Finds where the path of a sync lies; a path with variables is that of each folder that it fits. */
export function placeSync(sync: DeclaredSync, repository: Repository): PlacedSync[] {
  const { kind, url, ...rest } = { ...sync, kind: sync.source.kind };
  // Flux reads a path from the root of the source, even if someone wrote it from the file's own folder.
  if (!isArtifact(kind) && stepsUp(sync)) return [{ sync, root: { folders: [''] } }];
  const built = repository.builtFrom(sync.source).filter((one) => one.file !== sync.file);
  if (isPlain(sync.path)) return [{ sync, root: sourceRoot({ ...rest, kind, url, built }, repository) }];
  return pathsLike(sync.path, repository).map((path) => {
    const spec = { ...mapOf(sync.kustomization.spec), path: `./${path}` };
    const kustomization = withEntry(sync.kustomization, 'spec', spec);
    return { sync: { ...sync, path, kustomization }, root: { folders: [''] }, isPattern: true };
  });
}

function stepsUp({ kustomization }: DeclaredSync): boolean {
  return (textOf(mapOf(kustomization.spec).path) ?? '').split('/').includes('..');
}

/**
 * The folders that a path with variables may mean; each variable is some part of one name. A path of nothing but variables may
 * mean any folder, so it means none.
 */
export function pathsLike(path: string, { folders }: Repository): string[] {
  if (!path.includes('${') || path.length > LONGEST_PATH) return [];
  const parts = path.split(/\$\{[^}]*\}/);
  return parts.some((part) => /[^/]/.test(part)) ? folders().filter(pathPattern(parts)) : [];
}

/** The entry of a sync; its root is not known where several folders may be it. */
export function entryOf({ sync, root }: PlacedSync, repository: Repository): Entry {
  const { path, kustomization, location, source, url, ignore } = sync;
  const folder = root.folders.length === 1 ? root.folders[0] : undefined;
  const entry = { path: joinPath(folder ?? '', path), kustomization, location, source, root: folder };
  if (url !== undefined) return { ...entry, url, ignore };
  const object = sourceOfResource(source, entry.path, repository);
  const spec = mapOf(object?.spec);
  return { ...entry, url: textOf(spec.url), ignore: ignore ?? textOf(spec.ignore) };
}
