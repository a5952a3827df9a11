import { once } from '../../plain/once';
import type { FindingLocation, ObjectIdentity } from '../../findings/finding';
import { isSimilar } from '../../findings/nearest-name';
import { KUSTOMIZE_GROUP, SOURCE_GROUP } from '../../kinds/groups';
import { BOOTSTRAP_FOLDER, FLUX_NAMESPACE, SYNC_FILE } from '../../kinds/names';
import { isMap, mapOf, textOf, valueAt, type PlainMap } from '../../plain/plain-data';
import type { ManifestObject } from '../../tree/manifest';
import { directoryOf } from '../../tree/path';
import type { TreeFile } from '../../tree/tree-file';
import { isFluxKustomization } from '../kinds';
import { BuildLog } from '../kustomize/build-log';
import { loadDocuments, loadManifests } from '../kustomize/read/load-manifests';
import { newResource, type Resource } from '../kustomize/resource';
import { transform } from '../kustomize/transform/transform';
import { contextOutsideBuild } from '../kustomize/fields/transform-context';
import { sourcePath } from '../post-build/kustomization-change';
import { madeKustomization, sourceOf } from './entry';
import { instanceSpec } from './flux-instance';
import type { Repository } from './repository';
import { createdBy, selfApplied } from './self-applied';

/** What says where Flux starts, before it is known which folder of the repository the path starts from. */
export interface DeclaredSync {
  /** The file that says so. */
  readonly file: string;
  /** The path from the root of the source. */
  readonly path: string;
  /** The Kustomization that applies the path. */
  readonly kustomization: ManifestObject;
  readonly location?: FindingLocation;
  readonly source: ObjectIdentity;
  readonly url?: string;
  /** Which revision of the source is meant. */
  readonly ref?: PlainMap;
  readonly ignore?: string;
  /** Whether the file says nothing, so that only the place where bootstrap put it tells the path. */
  readonly isBlank?: boolean;
}

/**
 * What `flux bootstrap` wrote and FluxInstances with a sync, also as values of their chart: as they are once the
 * kustomizations that use them have changed them. If there is none, ResourceSets that apply themselves.
 */
export function declaredSyncs(repository: Repository, log: BuildLog): DeclaredSync[] {
  const { files } = repository.tree;
  const syncs = files.flatMap((file) => {
    const isSync = isSyncFile(file);
    if ((!isSync && !mayHoldInstance(file)) || repository.uses.isPatch(file.path)) return [];
    return isSync ? bootstrapSyncs(file, repository, log) : instanceSyncs(file, repository);
  });
  return syncs.length > 0 ? syncs : files.flatMap((file) => resourceSetSyncs(file, repository));
}

/** Those of ResourceSets that apply themselves, which someone applied once by hand. */
function resourceSetSyncs(file: TreeFile, repository: Repository): DeclaredSync[] {
  return selfApplied(file, repository).map(({ resource, beside }) =>
    bootstrapSync(resource, beside, file.path),
  );
}

/** Whether a file is the one that bootstrap writes, or is in its folder and contains the same under another name. */
function isSyncFile(file: TreeFile): boolean {
  return isNamedSync(file) || isRenamedSync(file);
}

function isNamedSync({ path }: TreeFile): boolean {
  return path === SYNC_FILE || path.endsWith(`/${SYNC_FILE}`);
}

function isRenamedSync(file: TreeFile): boolean {
  const folder = directoryOf(file.path);
  const isBeside = folder === BOOTSTRAP_FOLDER || folder.endsWith(`/${BOOTSTRAP_FOLDER}`);
  if (!isBeside || !file.bytes.includes(`${SOURCE_GROUP}/`) || !file.bytes.includes(`${KUSTOMIZE_GROUP}/`))
    return false;
  const path = directoryOf(folder);
  return loadManifests(file, new BuildLog()).some(
    ({ object }) => isFluxKustomization(object) && sourcePath(mapOf(object.spec).path) === path,
  );
}

/** Whether a file is worth parsing; a file that synth prints is already parsed. */
const mayHoldInstance = once((file: TreeFile): boolean => {
  if (file.isPrinted) return file.documents.some(({ object }) => instanceSpec(object) !== undefined);
  const { bytes } = file;
  return bytes.includes('FluxInstance') || (bytes.includes('instance:') && bytes.includes('sync:'));
});

function bootstrapSyncs(file: TreeFile, repository: Repository, log: BuildLog): DeclaredSync[] {
  const states = statesOf(file, loadManifests(file, log), repository);
  const syncs = states.flatMap((resources) =>
    ownSyncs(
      resources
        .filter(({ object }) => isFluxKustomization(object))
        .map((sync) => bootstrapSync(sync, resources, file.path, repository)),
    ),
  );
  if (syncs.length > 0 || !isNamedSync(file) || states.some((resources) => resources.length > 0))
    return syncs;
  const path = directoryOf(directoryOf(file.path));
  const source = sourceOf({}, FLUX_NAMESPACE);
  const kustomization = madeKustomization(path, source.name, source);
  return [{ file: file.path, path, kustomization, source, isBlank: true }];
}

/** Of the Kustomizations in one file, the one that applies the file; others that people added there are applied with it. */
function ownSyncs(syncs: readonly DeclaredSync[]): readonly DeclaredSync[] {
  const own = syncs.filter(({ file, path }) => {
    const folder = directoryOf(directoryOf(file));
    return folder === path || folder.endsWith(`/${path}`);
  });
  return own.length > 0 ? own : syncs;
}

/**
 * The objects of a file as built by each folder that no other kustomization lists; unchanged if nothing builds the
 * file.
 */
function statesOf(
  file: TreeFile,
  plain: readonly Resource[],
  { uses, whole }: Repository,
): (readonly Resource[])[] {
  const built = uses
    .tops(file.path)
    .map((folder) => whole.builder.build(folder).resources)
    .map((resources) => resources.filter(({ location }) => location.file === file.path))
    .filter((resources) => resources.length > 0);
  return built.length > 0 ? built : [plain];
}

/** The source of a Kustomization among the objects in its file, or the one with nearly its name. */
function sourceBeside(
  named: ObjectIdentity,
  beside: readonly Resource[],
  repository: Repository | undefined,
): Resource | undefined {
  const nameOf = ({ object }: Resource): string => textOf(object.metadata?.name) ?? '';
  const sources = beside.filter(({ object }) => object.kind === named.kind);
  const [first, ...more] = sources;
  const found = sources.find((other) => nameOf(other) === named.name);
  if (found || !first || more.length > 0 || repository?.filesOf(named).length !== 0) return found;
  return isSimilar(named.name, nameOf(first)) ? first : undefined;
}

/**
 * The sync of a Kustomization and the objects in its file.
 *
 * @param repository where the Kustomization is what bootstrap wrote: if its source is in no file, the only one beside it
 * is meant if it has nearly the same name
 */
export function bootstrapSync(
  { object, location }: Resource,
  beside: readonly Resource[],
  file: string,
  repository?: Repository,
): DeclaredSync {
  const spec = mapOf(object.spec);
  const named = sourceOf(spec.sourceRef, textOf(object.metadata?.namespace) ?? FLUX_NAMESPACE);
  const found = sourceBeside(named, beside, repository);
  const source = { ...named, name: textOf(found?.object.metadata?.name) ?? named.name };
  const { url, ignore, ref } = mapOf(found?.object.spec);
  const path = sourcePath(spec.path);
  const address = { url: textOf(url), ref: isMap(ref) ? ref : undefined };
  return { file, path, kustomization: object, location, source, ...address, ignore: textOf(ignore) };
}

function instanceSyncs(file: TreeFile, repository: Repository): DeclaredSync[] {
  const documents = loadDocuments(file, new BuildLog()) ?? [];
  const plain = documents.filter(({ value }) => instanceSpec(value) !== undefined);
  const hasSet = documents.some(({ value }) => mapOf(value).kind === 'ResourceSet');
  if (!hasSet && plain.every(({ value }) => mapOf(value).kind === undefined))
    return plain.flatMap(({ value, line }) => instanceSync(value, { file: file.path, line }));
  const states = statesOf(file, loadManifests(file, new BuildLog()), repository);
  return states.flatMap((resources) =>
    resources
      .flatMap((resource) => [resource, ...createdBy(resource)])
      .flatMap(({ object, location }) => instanceSync(object, location)),
  );
}

function instanceSync(document: unknown, location: FindingLocation): DeclaredSync[] {
  const { sync, kustomize } = instanceSpec(document) ?? {};
  const { path, kind, url, name } = mapOf(sync);
  if (textOf(path) === undefined) return [];
  const namespace = textOf(valueAt(document, 'metadata', 'namespace')) ?? FLUX_NAMESPACE;
  const source = sourceOf({ kind, name: textOf(name) ?? namespace }, namespace);
  const plain = madeKustomization(sourcePath(path), source.name, source);
  const kustomization = patched(plain, mapOf(kustomize).patches, location);
  const file = location.file ?? '';
  return [{ file, path: sourcePath(path), kustomization, location, source, url: textOf(url) }];
}

/** The operator applies the patches of a FluxInstance to everything that it creates, for example to add decryption. */
function patched(made: ManifestObject, patches: unknown, location: FindingLocation): ManifestObject {
  const context = contextOutsideBuild(() => undefined);
  const [result] = transform([newResource(made, location)], { patches }, context);
  return result?.object ?? made;
}
