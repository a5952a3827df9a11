import { baseName, directoryOf, isBelow, joinPath } from '../../tree/path';
import { fluxNodeType, isFluxKustomization } from '../kinds';
import { apiGroup, identityOf } from '../../tree/manifest';
import { BOOTSTRAP_NAME, FLUX_NAMESPACE, SYNC_FILE } from '../../kinds/names';
import { compareText } from '../../plain/compare-text';
import { groupBy } from '../../plain/group-by';
import { once } from '../../plain/once';
import { listOf, mapOf, withEntry } from '../../plain/plain-data';
import type { Resource } from '../kustomize/resource';
import { isKustomizationFile } from '../sources/folder-listing';
import { bootstrapSync } from './declared-syncs';
import { sourceOfObject, type Entry } from './entry';
import { isExampleFolder } from './example-folders';
import { generatedFolders } from './generated-folders';
import { madeUpEntry, ownEntry } from './named-entries';
import { entryOf, placeSync } from './place-sync';
import { isPlain, type FoundKustomization, type Repository } from './repository';
import { clusterFolder, type HoldingFolders } from './cluster-folder';
import { isArtifact } from './source-root';
import { asText } from '../../plain/as-text';

/**
 * Where Flux starts, told by the Kustomizations that no other one applies: by those that apply their own file, or came
 * with their source to start a cluster; else by the folders that hold the others.
 */
export function guessEntries(repository: Repository): Entry[] {
  // What bootstrap wrote for a path that is not here, as a copy from another repository, shows no path of this one.
  const loose = unapplied(repository).filter(
    ({ file, path }) => baseName(file) !== SYNC_FILE || repository.has(path),
  );
  const holding = loose.filter(
    (one) => isStart(one, loose, repository) || isInstaller(one, loose, repository),
  );
  const starts = holding.length > 0 ? holding : loose.filter((one) => appliesItself(one, repository));
  if (starts.length > 0 && (holding.length > 0 || starts.length === loose.length))
    return starts.flatMap((one) => startEntries(one, repository));
  const used = loose.filter((one) => !isLeftOut(one, repository) && !isUnfilled(one));
  const telling = used.length > 0 ? used : loose;
  return rootFolders(telling, repository).flatMap((folder) => folderEntries(folder, telling, repository));
}

/** Whether the path of a Kustomization has a placeholder such as `<NAME>`, because people copy the file and fill it in. */
function isUnfilled({ path }: FoundKustomization): boolean {
  return /<[^<>]*>/.test(path);
}

/**
 * Whether the kustomization file of its folder does not list a Kustomization, so that Flux would not apply it from there.
 * One that builds that folder starts there itself.
 */
function isLeftOut({ file, path }: FoundKustomization, repository: Repository): boolean {
  const { uses, whole } = repository;
  const files = whole.view.kustomizationFiles(directoryOf(file));
  return (
    files.length > 0 &&
    path !== directoryOf(file) &&
    uses.tops(file).length === 0 &&
    !files.some((path) => refusedFiles(repository).has(path))
  );
}

/** The kustomization files that are Flux Kustomizations, which kustomize refuses. */
const refusedFiles = once(
  ({ kustomizations }: Repository): ReadonlySet<string> =>
    new Set(kustomizations.map(({ file }) => file).filter(isKustomizationFile)),
);

/**
 * The entry at a folder, with the Kustomization of its path if one is beside it or in its build; or the paths of the
 * Kustomizations in it, if someone applies its files by hand.
 */
function folderEntries(
  folder: string,
  loose: readonly FoundKustomization[],
  repository: Repository,
): readonly Entry[] {
  const held = heldBy(folder, loose);
  if (!isAppliedByHand(folder, held, repository)) {
    const own = held.find(({ path, source }) => path === folder && !repository.isForeign(source));
    if (own && folder !== '') return startEntries(own, repository);
    const inBuild = folder === '' ? undefined : ownEntry(folder, repository);
    return [inBuild && !repository.isForeign(inBuild.source) ? inBuild : madeUpEntry(folder, repository)];
  }
  const isCopy = folder !== '' && isSourceRoot(folder, repository);
  const starting = held.filter((one) => !isBuiltElsewhere(one, loose, repository));
  const entries = starting.flatMap((one) =>
    isCopy ? [entryBelow(folder, one, repository)] : startEntries(one, repository),
  );
  return entries.filter(({ path }) => repository.has(path));
}

/**
 * Whether a Kustomization from another folder also builds what one without Flux objects builds, as it does an example of what
 * goes wrong.
 */
function isBuiltElsewhere(
  one: FoundKustomization,
  loose: readonly FoundKustomization[],
  repository: Repository,
): boolean {
  const isFlux = ({ object }: Resource) =>
    fluxNodeType(apiGroup(object.apiVersion), object.kind) !== undefined;
  if (builtBy(one, repository).some(isFlux)) return false;
  const isInPath = ({ location }: Resource) => isBelow(location.file ?? '', one.path);
  return loose.some(
    (other) =>
      directoryOf(other.file) !== directoryOf(one.file) &&
      other.path !== one.path &&
      isBelow(one.path, other.path) &&
      builtBy(other, repository).some(isInPath),
  );
}

/** Whether a folder is the root of the Git repository from which the Kustomizations in it build. */
function isSourceRoot(folder: string, repository: Repository): boolean {
  const { root, source } = madeUpEntry(folder, repository);
  return root === folder && !isArtifact(source.kind);
}

function entryBelow(
  root: string,
  { resource, beside, file }: FoundKustomization,
  repository: Repository,
): Entry {
  return entryOf({ sync: bootstrapSync(resource, beside, file), root: { folders: [root] } }, repository);
}

function heldBy(folder: string, loose: readonly FoundKustomization[]): readonly FoundKustomization[] {
  return loose.filter(({ file }) => directoryOf(file) === folder);
}

/**
 * Whether someone applies the files of a folder by hand, because the folder cannot be the path of `flux bootstrap`:
 * Flux cannot build it if its kustomization file is a Flux Kustomization, and a build of the folder would contain what
 * its Kustomizations build, if their paths are inside. Kustomizations that wait for each other belong to one cluster.
 */
function isAppliedByHand(
  folder: string,
  held: readonly FoundKustomization[],
  repository: Repository,
): boolean {
  if (held.some(({ file }) => isKustomizationFile(file))) return true;
  const { whole, has } = repository;
  if (held.length === 0 || whole.view.kustomizationFiles(folder).length > 0) return false;
  const isRoot = folder === '' || isSourceRoot(folder, repository);
  const isWaiting = ({ resource }: FoundKustomization) =>
    listOf(mapOf(resource.object.spec).dependsOn).length > 0;
  const isInside = ({ path, source }: FoundKustomization) =>
    isRoot
      ? path !== '' && has(joinPath(folder, path))
      : isBelow(path, folder) && has(path) && isMadeByHand(source);
  return held.every((one) => isInside(one) && !isWaiting(one));
}

/** Whether neither bootstrap nor the Flux operator makes a source, as its name shows. */
function isMadeByHand({ kind, name }: FoundKustomization['source']): boolean {
  return !isArtifact(kind) && name !== BOOTSTRAP_NAME;
}

/**
 * The folders and paths for which several artifacts match: we do not know which of them has the folder as its source.
 */
const rivals = once((repository: Repository): ReadonlySet<string> => {
  const artifacts = repository.kustomizations.filter(({ source }) => isArtifact(source.kind));
  const groups = [...groupBy(artifacts, rivalKey)];
  const several = groups.filter(([, all]) => new Set(all.map(({ source: { name } }) => name)).size > 1);
  return new Set(several.map(([key]) => key));
});

function rivalKey({ file, path }: Pick<FoundKustomization, 'file' | 'path'>): string {
  return JSON.stringify([directoryOf(file), path]);
}

function startEntries({ resource, beside, file }: FoundKustomization, repository: Repository): Entry[] {
  const sync = bootstrapSync(inNamespace(resource, repository), beside, file);
  return placeSync(sync, repository).map((placed) => entryOf(placed, repository));
}

/** A Kustomization that gets its namespace when someone applies it: as it is beside its source. */
function inNamespace(resource: Resource, repository: Repository): Resource {
  const { object } = resource;
  if (object.metadata?.namespace !== undefined) return resource;
  const namespace = repository.namespaceOf(sourceOfObject(object)) ?? FLUX_NAMESPACE;
  return { ...resource, object: withEntry(object, 'metadata', { ...object.metadata, namespace }) };
}

/** The Kustomizations that no other Kustomization applies. */
function unapplied(repository: Repository): FoundKustomization[] {
  const all = repository.kustomizations;
  const appliers = new Map<string, Set<FoundKustomization>>();
  for (const one of all) {
    for (const { object, location } of builtBy(one, repository)) {
      if (!isFluxKustomization(object)) continue;
      const key = keyOf(object, location.file);
      appliers.set(key, (appliers.get(key) ?? new Set()).add(one));
    }
  }
  return all.filter((one) => {
    const others = appliers.get(keyOf(one.resource.object, one.file)) ?? new Set();
    return [...others].every((other) => other === one);
  });
}

function keyOf(object: Resource['object'], file: string | undefined): string {
  return JSON.stringify([file, asText(object.metadata?.name ?? '')]);
}

/** What a Kustomization applies, as far as its path shows. */
function builtBy(one: FoundKustomization, repository: Repository): readonly Resource[] {
  const { path, file, source } = one;
  if (source.kind === 'ExternalArtifact')
    return generatedFolders(one, repository).flatMap(
      (folder) => repository.whole.builder.build(folder).resources,
    );
  if (!isPlain(path) || (path === '' && !repository.isMainSource(source)) || repository.isForeign(source))
    return [];
  const [placed] = placeSync({ file, path, source, kustomization: { apiVersion: '', kind: '' } }, repository);
  if (placed?.root.pushedBy === undefined && rivals(repository).has(rivalKey({ file, path }))) return [];
  const folder = joinPath(placed?.root.folders[0] ?? '', path);
  return repository.has(folder) ? repository.whole.builder.build(folder).resources : [];
}

/** Whether Flux can build the whole repository; else a Kustomization of the root of a source is from another one. */
const isWholeBuilt = once(({ whole }: Repository): boolean =>
  whole.builder.build('').findings.every(({ severity }) => severity !== 'error'),
);

/**
 * Whether a Kustomization starts a cluster: its path contains other Flux objects, and also its own file, or its source
 * came with it in a separate file.
 */
function isStart(
  one: FoundKustomization,
  loose: readonly FoundKustomization[],
  repository: Repository,
): boolean {
  const isFlux = ({ object, location }: Resource) =>
    location.file !== one.file && fluxNodeType(apiGroup(object.apiVersion), object.kind) !== undefined;
  if (!builtBy(one, repository).some(isFlux) || (one.path === '' && !isWholeBuilt(repository))) return false;
  if (appliesItself(one, repository)) return true;
  const { source, beside, file } = one;
  const isAlone = loose.every((other) => other === one || other.file !== file);
  return (
    isAlone &&
    beside.some(({ object }) => object.kind === source.kind && object.metadata?.name === source.name)
  );
}

/**
 * Whether someone applies a Kustomization by hand, after its source: no kustomization lists either, and it builds other
 * Kustomizations, as do all that nothing applies in its folder.
 */
function isInstaller(
  one: FoundKustomization,
  loose: readonly FoundKustomization[],
  repository: Repository,
): boolean {
  const { uses, whole } = repository;
  const isUnlisted = (file: string) =>
    uses.tops(file).length === 0 && whole.view.kustomizationFiles(directoryOf(file)).length === 0;
  if (!isMadeByHand(one.source) || !isUnlisted(one.file)) return false;
  if (!repository.filesOf(one.source).some(isUnlisted)) return false;
  return heldBy(directoryOf(one.file), loose).every((other) =>
    builtBy(other, repository).some(({ object }) => isFluxKustomization(object)),
  );
}

function appliesItself(one: FoundKustomization, repository: Repository): boolean {
  if (one.path === '' && !isWholeBuilt(repository)) return false;
  return builtBy(one, repository).some(
    ({ object, location }) => location.file === one.file && isFluxKustomization(object),
  );
}

/** The folders with Kustomizations that nothing applies, in the form that `flux bootstrap` expects. */
function rootFolders(loose: readonly FoundKustomization[], repository: Repository): string[] {
  const { uses } = repository;
  const placed = loose.flatMap((one) => {
    const tops = uses.tops(one.file);
    return (tops.length > 0 ? tops : [directoryOf(one.file)]).map((folder) => ({ folder, one }));
  });
  const mirrored = placed.map(({ folder, one }) => ({
    folder: uses.tops(one.file).length > 0 ? folder : mirroringFolder(one.file, one.path),
    one,
  }));
  const held = groupBy(mirrored, ({ folder }) => folder);
  const isOne = (folder: string) => !hasNamesakes((held.get(folder) ?? []).map(({ one }) => one));
  const chosen = mirrored.map((at, index) => (isOne(at.folder) ? at : (placed[index] ?? at)));
  const folders = groupBy(chosen, ({ folder }) => folder);
  // Someone who applies the files of a folder by hand does not apply those of its subfolders.
  const isWhole = (folder: string) => !isAppliedByHand(folder, heldBy(folder, loose), repository);
  const buildable = [...folders.keys()].filter(isWhole);
  const roots = [...folders.keys()]
    .filter((folder) => !isExampleFolder(folder))
    .filter((folder) => !joinsAncestor(folder, folders, buildable))
    .map((folder) => (isWhole(folder) ? clusterFolder(folder, folders, repository) : folder));
  return [...new Set(roots)].sort(compareText);
}

/** Whether a folder above that Flux can build also contains Kustomizations, and all may belong to one cluster. */
function joinsAncestor(folder: string, folders: HoldingFolders, buildable: readonly string[]): boolean {
  const above = buildable.filter((other) => other !== folder && isBelow(folder, other));
  return above.some((other) => {
    const within = [...folders].filter(([inner]) => isBelow(inner, other)).flatMap(([, held]) => held);
    return !hasNamesakes(within.map(({ one }) => one));
  });
}

/** Whether several Kustomizations have the same name, so they belong to several clusters. */
function hasNamesakes(all: readonly FoundKustomization[]): boolean {
  const names = all.map(({ resource }) => {
    const { namespace, name } = identityOf(resource.object);
    return JSON.stringify([namespace, name]);
  });
  return new Set(names).size < names.length;
}

/**
 * The part of a file's path before the names that it shares with the end of the path that its Kustomization applies; the
 * file's own folder if they share none.
 */
function mirroringFolder(file: string, path: string): string {
  const names = file.replace(/\.ya?ml$/, '').split('/');
  const applied = path.split('/');
  let same = 0;
  while (same < applied.length && names.at(-1 - same) === applied.at(-1 - same)) same += 1;
  const folder = names.slice(0, -Math.max(same, 1)).join('/');
  return folder === '' ? directoryOf(file) : folder;
}
