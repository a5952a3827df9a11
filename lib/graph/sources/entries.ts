import type { Finding, FindingLocation, ObjectIdentity } from '../../findings/finding';
import type { ManifestObject } from '../../tree/manifest';
import { directoryOf, isBelow } from '../../tree/path';
import type { Tree } from '../../tree/tree';
import type { TreeFile } from '../../tree/tree-file';
import { fluxType } from '../../kinds/flux-kinds';
import { KUSTOMIZE_GROUP, SOURCE_GROUP } from '../../kinds/groups';
import { BOOTSTRAP_NAME, FLUX_NAMESPACE, SYNC_FILE } from '../../kinds/names';
import { groupOfKind, isFluxKustomization } from '../kinds';
import { sourcePath } from '../post-build/kustomization-change';
import { BuildLog } from '../kustomize/build-log';
import { instanceSpec } from './flux-instance';
import { loadDocuments, loadManifests } from '../kustomize/load-manifests';
import { newResource, type Resource } from '../kustomize/resource';
import { transform } from '../kustomize/transform';
import { defaultConfig } from '../kustomize/transformer-config';
import { mapOf, textOf, valueAt } from '../../plain/plain-data';
import { compareText } from '../../plain/compare-text';

/** Where Flux starts in a cluster. */
export interface Entry {
  /** The entry path from the repository's root. */
  readonly path: string;
  /** The Kustomization that applies the entry path; made up where the tree does not have it. */
  readonly kustomization: ManifestObject;
  /** Where it stands, or what makes it. */
  readonly location?: FindingLocation;
  /** The source that holds the repository. */
  readonly source: ObjectIdentity;
  /**
   * The address of the source.
   *
   * @default - not known
   */
  readonly url?: string;
  /** `spec.ignore` of the source. */
  readonly ignore?: string;
}

/** The entries of a repository. */
export interface EntrySearch {
  readonly entries: readonly Entry[];
  readonly findings: readonly Finding[];
}

/**
 * Finds where Flux starts: what `flux bootstrap` wrote, and FluxInstances with a sync (also as values of their
 * chart). Where a repository has neither, the topmost folders that hold Kustomizations are taken.
 *
 * @param named - entry paths given by the user; only these are used then
 */
export function findEntries(tree: Tree, named?: readonly string[]): EntrySearch {
  const log = new BuildLog();
  const found = tree.files.flatMap((file) => entriesOf(file, log));
  if (named && named.length > 0) {
    return {
      entries: named.map((path) => namedEntry(sourcePath(path), found, tree, log)),
      findings: log.findings,
    };
  }
  const entries = unique(found.length > 0 ? found : selfApplied(tree));
  return { entries: entries.length > 0 ? entries : guessEntries(tree, log), findings: log.findings };
}

function unique(entries: readonly Entry[]): Entry[] {
  const byPath = new Map<string, Entry>();
  for (const entry of entries) {
    const known = byPath.get(entry.path);
    if (!known || (known.url === undefined && entry.url !== undefined)) byPath.set(entry.path, entry);
  }
  return [...byPath.values()].sort((a, b) => compareText(a.path, b.path));
}

function entriesOf(file: TreeFile, log: BuildLog): Entry[] {
  if (file.path === SYNC_FILE || file.path.endsWith(`/${SYNC_FILE}`)) {
    const resources = loadManifests(file, log);
    const syncs = resources.filter(({ object }) => isFluxKustomization(object));
    if (syncs.length === 0) return [guessedEntry(directoryOf(directoryOf(file.path)))];
    return syncs.map((sync) => bootstrapEntry(sync, resources));
  }
  const documents = mayHoldInstance(file) ? (loadDocuments(file, new BuildLog()) ?? []) : [];
  return documents.flatMap(({ value, line }) => instanceEntry(value, { file: file.path, line }));
}

/** Whether it is worth parsing a file; one that is printed is parsed already. */
function mayHoldInstance(file: TreeFile): boolean {
  if (file.isPrinted) return file.documents.some(({ object }) => instanceSpec(object) !== undefined);
  const { bytes } = file;
  return bytes.includes('kind: FluxInstance') || (bytes.includes('instance:') && bytes.includes('sync:'));
}

function bootstrapEntry(sync: Resource, resources: readonly Resource[]): Entry {
  const { object, location } = sync;
  const spec = mapOf(object.spec);
  const source = sourceOf(spec.sourceRef, textOf(object.metadata?.namespace) ?? FLUX_NAMESPACE);
  const sourceObject = resources.find(
    (other) => other.object.kind === source.kind && other.object.metadata?.name === source.name,
  );
  const { url, ignore } = mapOf(sourceObject?.object.spec);
  return {
    path: sourcePath(spec.path),
    kustomization: object,
    location,
    source,
    url: textOf(url),
    ignore: textOf(ignore),
  };
}

/** The source to which a `sourceRef` refers. */
export function sourceOf(sourceRef: unknown, namespace: string): ObjectIdentity {
  const { kind, name, namespace: own } = mapOf(sourceRef);
  const sourceKind = textOf(kind) ?? 'GitRepository';
  const group = groupOfKind(sourceKind) || SOURCE_GROUP;
  return {
    group,
    kind: sourceKind,
    namespace: textOf(own) ?? namespace,
    name: textOf(name) ?? BOOTSTRAP_NAME,
  };
}

function instanceEntry(document: unknown, location: FindingLocation): Entry[] {
  const { sync, kustomize } = instanceSpec(document) ?? {};
  const { path, kind, url, name } = mapOf(sync);
  if (textOf(path) === undefined) return [];
  const namespace = textOf(valueAt(document, 'metadata', 'namespace')) ?? FLUX_NAMESPACE;
  const syncName = textOf(name) ?? namespace;
  const plain = madeKustomization(textOf(path) ?? '', syncName, namespace, textOf(kind) ?? 'GitRepository');
  const made = patched(plain, mapOf(kustomize).patches, location);
  const source = sourceOf({ kind, name: syncName }, namespace);
  return [{ path: sourcePath(path), kustomization: made, location, source, url: textOf(url) }];
}

function madeKustomization(path: string, name: string, namespace: string, kind: string): ManifestObject {
  return {
    ...fluxType('Kustomization'),
    metadata: { name, namespace },
    spec: { interval: '10m', path: `./${sourcePath(path)}`, prune: true, sourceRef: { kind, name } },
  };
}

/** The operator applies the patches of a FluxInstance to all that it makes, for example to add decryption. */
function patched(made: ManifestObject, patches: unknown, location: FindingLocation): ManifestObject {
  const log = new BuildLog();
  const context = { read: () => undefined, location, log, isComplete: false, config: defaultConfig };
  const [result] = transform([newResource(made, location)], { patches }, context);
  return result?.object ?? made;
}

function namedEntry(path: string, found: readonly Entry[], tree: Tree, log: BuildLog): Entry {
  const known = found.find((entry) => entry.path === path);
  if (known) return known;
  if (!tree.files.some((file) => isBelow(file.path, path))) {
    log.error(
      'entry-missing',
      `the entry path ${JSON.stringify(path)} holds no manifest`,
      { file: path },
      {
        hint:
          found.length === 0
            ? 'give the path that flux bootstrap got, from the root of the repository'
            : `use one of ${found.map((entry) => JSON.stringify(entry.path)).join(', ')}`,
      },
    );
  }
  return guessedEntry(path);
}

function guessedEntry(path: string): Entry {
  const kustomization = madeKustomization(path, BOOTSTRAP_NAME, FLUX_NAMESPACE, 'GitRepository');
  return { path, kustomization, source: sourceOf({ kind: 'GitRepository' }, FLUX_NAMESPACE) };
}

/** Flux Kustomizations of the whole tree, with the objects that stand in the same file. */
function allKustomizations(
  tree: Tree,
): { kustomization: Resource; path: string; file: string; beside: readonly Resource[] }[] {
  return tree.files
    .filter((file) => file.bytes.includes(`${KUSTOMIZE_GROUP}/`))
    .flatMap((file) => {
      const beside = loadManifests(file, new BuildLog());
      const kustomizations = beside.filter(({ object }) => isFluxKustomization(object));
      return kustomizations.map((kustomization) => {
        const path = sourcePath(mapOf(kustomization.object.spec).path);
        return { kustomization, path, file: file.path, beside };
      });
    });
}

/** Kustomizations whose path holds their own file, as a bootstrap by hand leaves them; the topmost of them. */
function selfApplied(tree: Tree): Entry[] {
  const own = allKustomizations(tree).filter(({ path, file }) => path !== '' && isBelow(file, path));
  const paths = new Set(own.map(({ path }) => path));
  return own
    .filter(({ path }) => !hasAncestor(path, paths))
    .map(({ kustomization, beside }) => bootstrapEntry(kustomization, beside));
}

/**
 * The topmost folders with Kustomizations that lie on the path of no other Kustomization, and the folders around them
 * that hold others like them: `flux` of `flux/apps/web.yaml` for the path `apps/web`.
 */
function guessEntries(tree: Tree, log: BuildLog): Entry[] {
  const kustomizations = allKustomizations(tree);
  const paths = new Set(kustomizations.map(({ path }) => path).filter((path) => path !== ''));
  const top = kustomizations.filter(({ file }) => {
    const folder = directoryOf(file);
    return !paths.has(folder) && !hasAncestor(folder, paths);
  });
  const roots = new Set(top.map(({ file, path }) => mirroringFolder(file, path)));
  const topmost = [...roots].filter((folder) => !hasAncestor(folder, roots)).sort(compareText);
  if (topmost.length === 0) {
    log.info(
      'entry-not-found',
      'the repository says nowhere where Flux starts',
      {},
      { hint: 'name the entry path with --entry' },
    );
  }
  for (const path of topmost) {
    const message = `no bootstrap is found; ${JSON.stringify(path === '' ? '.' : path)} is taken for an entry path`;
    log.info('entry-guessed', message, { file: path }, { hint: 'name the entry path with --entry' });
  }
  return topmost.map(guessedEntry);
}

/**
 * The folder in which a Kustomization's file stands under the name of the path that it applies, with all folders on the
 * way; the file's own folder where the names differ.
 */
function mirroringFolder(file: string, path: string): string {
  const names = file.replace(/\.ya?ml$/, '').split('/');
  const applied = path.split('/');
  let same = 0;
  while (same < applied.length && names.at(-1 - same) === applied.at(-1 - same)) same += 1;
  const folder = names.slice(0, -Math.max(same, 1)).join('/');
  return folder === '' ? directoryOf(file) : folder;
}

/** Whether a folder lies below one of some others. */
function hasAncestor(folder: string, folders: ReadonlySet<string>): boolean {
  for (let current = folder; current !== '';) {
    current = directoryOf(current);
    if (folders.has(current)) return true;
  }
  return false;
}

/**
 * Short names for entry paths: what tells them apart, or the last segment of a single one.
 */
export function clusterNames(paths: readonly string[]): string[] {
  const split = paths.map((path) => path.split('/').filter(Boolean));
  const first = split[0] ?? [];
  const shared = (at: (segments: readonly string[], index: number) => string | undefined) => {
    let count = 0;
    while (count < first.length && split.every((segments) => at(segments, count) === at(first, count)))
      count += 1;
    return count;
  };
  if (paths.length === 1) return [first.at(-1) ?? 'cluster'];
  const [start, end] = [shared((s, i) => s[i]), shared((s, i) => s[s.length - 1 - i])];
  const names = split.map((segments) =>
    segments.slice(start, Math.max(segments.length - end, start)).join('/'),
  );
  return names.map((name, index) =>
    name === '' || names.indexOf(name) !== index ? paths[index] || 'root' : name,
  );
}
