import type { ObjectIdentity } from '../../findings/finding';
import { BOOTSTRAP_NAME } from '../../kinds/names';
import { mapOf, textOf } from '../../plain/plain-data';
import { joinPath } from '../../tree/path';
import { isFluxKustomization } from '../kinds';
import { sourcePath } from '../post-build/kustomization-change';
import { bootstrapSync, type DeclaredSync } from './declared-syncs';
import { madeKustomization, sourceOfObject, type Entry } from './entry';
import { entryOf, type PlacedSync } from './place-sync';
import type { BuiltPath, Repository } from './repository';
import { pushedFolders } from './pushed-artifacts';
import { isArtifact } from './source-root';
import { isElsewhere, likelySyncSource } from './sync-source';

/**
 * The entry at a path that someone names: with the Kustomization that applies it, wherever that stands, and the source
 * that this one names. It is made up where the repository has none.
 */
export function namedEntry(path: string, placed: readonly PlacedSync[], repository: Repository): Entry {
  return (
    declaredAt(path, placed, repository) ??
    ownEntry(path, repository) ??
    otherKustomization(path, repository) ??
    madeUpEntry(path, repository)
  );
}

/** The sync of the path, from the root of the repository or of its source. */
function declaredAt(path: string, placed: readonly PlacedSync[], repository: Repository): Entry | undefined {
  const withRoot = (one: PlacedSync, folder: string) =>
    entryOf({ sync: one.sync, root: { folders: [folder] } }, repository);
  for (const one of placed.filter(({ sync }) => !sync.isBlank)) {
    const root = one.root.folders.find((folder) => joinPath(folder, one.sync.path) === path);
    if (root !== undefined) return withRoot(one, root);
  }
  if (repository.has(path)) return undefined;
  const [other] = placed.filter(({ sync }) => sync.path === path);
  return other && entryOf(other, repository);
}

/** The entry at a path whose Kustomization is among the objects in the path. */
export function ownEntry(path: string, repository: Repository): Entry | undefined {
  if (!repository.has(path)) return undefined;
  const { resources } = repository.whole.builder.build(path);
  const own = resources.filter(
    ({ object }) =>
      isFluxKustomization(object) &&
      sourcePath(textOf(mapOf(object.spec).path)) === path &&
      !isElsewhere(sourceOfObject(object), resources, repository),
  );
  const root = own.find(({ object }) => object.metadata?.name === BOOTSTRAP_NAME) ?? own[0];
  return root && entryOfSync(bootstrapSync(root, resources, root.location.file ?? ''), repository);
}

/** A Kustomization of the path in another place, for example if someone applied it by hand. */
function otherKustomization(path: string, repository: Repository): Entry | undefined {
  const all = repository.kustomizationsAt(path).filter(({ source }) => !repository.isAtOtherAddress(source));
  const found = all.find(({ resource }) => resource.object.metadata?.name === BOOTSTRAP_NAME) ?? all[0];
  return found && entryOfSync(bootstrapSync(found.resource, found.beside, found.file), repository);
}

function entryOfSync(sync: DeclaredSync, repository: Repository): Entry {
  return entryOf({ sync, root: { folders: [''] } }, repository);
}

/** An entry of which the repository does not have the Kustomization. */
export function madeUpEntry(path: string, repository: Repository): Entry {
  const { source, built } = likelySyncSource(path, repository);
  const root = rootAbove(path, source.kind, built, repository);
  const inSource = root === '' ? path : path.slice(root.length + 1);
  const kustomization = madeKustomization(inSource, freeName(source, inSource, repository), source);
  const sync = { file: '', path: inSource, kustomization, source, url: repository.url };
  return entryOf({ sync, root: { folders: [root] } }, repository);
}

/**
 * A name for the Kustomization of a path: that of the source, as bootstrap does, unless a Kustomization of another path
 * has it.
 */
function freeName({ name, namespace }: ObjectIdentity, path: string, { kustomizations }: Repository): string {
  const taken = new Set(
    kustomizations
      .filter(
        (one) => one.path !== path && (one.resource.object.metadata?.namespace ?? namespace) === namespace,
      )
      .map(({ resource }) => resource.object.metadata?.name),
  );
  const candidates = [name, BOOTSTRAP_NAME, `${BOOTSTRAP_NAME}-root`];
  return candidates.find((candidate) => !taken.has(candidate)) ?? name;
}

/** The folder at or above a path that is the root of its source: the one below which most paths exist. */
function rootAbove(path: string, kind: string, built: readonly BuiltPath[], repository: Repository): string {
  const missing = (root: string) => built.filter((one) => !repository.has(joinPath(root, one.path))).length;
  const segments = path.split('/');
  const above = segments.map((_, index) => segments.slice(0, index).join('/'));
  // A top folder in which all paths exist, and none from the root, is a copy of another repository.
  const isCopy = !path.includes('/') && built.length > 0 && missing(path) === 0;
  if (isArtifact(kind) || isCopy) above.push(path);
  const least = Math.min(...above.map(missing));
  const best = above.filter((root) => missing(root) === least);
  const pushed = isArtifact(kind) ? pushedFolders(repository.tree, undefined) : [];
  const named = best.filter((root) => pushed.some(({ folder }) => folder === root));
  return (named.length === 1 ? named : best)[0] ?? '';
}
