import type { Finding } from '../../findings/finding';
import { compareText } from '../../plain/compare-text';
import { once } from '../../plain/once';
import type { Tree } from '../../tree/tree';
import { directoryOf, isBelow, joinPath } from '../../tree/path';
import { BuildLog } from '../kustomize/build-log';
import { sourcePath } from '../post-build/kustomization-change';
import type { SourceViews } from '../kustomize/source-views';
import { noteArtifactRoots, noteGuess, noteNoEntry, refuseRepositories } from './assumptions';
import { declaredSyncs, type DeclaredSync } from './declared-syncs';
import type { Entry } from './entry';
import { isForeignSync } from './foreign-syncs';
import { guessEntries } from './guess-entries';
import { misplacedSyncs } from './misplaced-syncs';
import { madeUpEntry, namedEntry } from './named-entries';
import { entryOf, placeSync, type PlacedSync } from './place-sync';
import { Repository } from './repository';
import { isArtifact } from './source-root';
import { correctGuess } from './told-entries';

/** The entries of a repository. */
export interface EntrySearch {
  readonly entries: readonly Entry[];
  readonly findings: readonly Finding[];
}

/** What is known of the entries beside the files. */
export interface EntryOptions {
  /** Entry paths that someone names; only these are used then. */
  readonly named?: readonly string[];
  /** Entry paths that are known for sure, as those that code has published. */
  readonly known?: readonly string[];
}

/**
 * Finds where Flux starts. Evidence counts from strong to weak: paths that someone names; those that are known, together
 * with what `flux bootstrap` wrote and FluxInstances with a sync; the paths that command lines give to `flux bootstrap`;
 * Kustomizations that nothing applies. What is shown or tested in a repository is none of its clusters.
 */
export function findEntries(tree: Tree, views: SourceViews, options: EntryOptions = {}): EntrySearch {
  const { named = [], known = [] } = options;
  const repository = new Repository(tree, views);
  const log = new BuildLog();
  const { placed, unplaced } = placedSyncs(repository, log);
  repository.url = unplaced?.url;
  if (named.length > 0) {
    const entries = named.map((path) => namedEntry(sourcePath(path), placed, repository));
    entries.forEach((entry, index) => {
      if (!pathsOf(tree).has(entry.path)) refuseMissing(sourcePath(named[index]), placed, log);
    });
    return { entries, findings: log.findings };
  }
  const clusters = clustersAmong(placed, repository);
  const declared = [
    ...known.map((path) => namedEntry(path, placed, repository)),
    ...clusters.map((one) =>
      one.sync.isBlank ? madeUpEntry(one.sync.path, repository) : entryOf(one, repository),
    ),
  ];
  if (declared.length > 0) noteArtifactRoots(clusters, log);
  log.findings.push(...misplacedSyncs(clusters, repository));
  return searched(declared.length > 0 ? declared : guessed(unplaced, repository, log), log);
}

/** The declared syncs that lie in the repository, and the first one of a cluster that does not show where. */
function placedSyncs(
  repository: Repository,
  log: BuildLog,
): { readonly placed: readonly PlacedSync[]; readonly unplaced?: DeclaredSync } {
  const placed = declaredSyncs(repository, log).map((sync) => ({ sync, at: placeSync(sync, repository) }));
  const lost = placed.find(({ sync, at }) => at.length === 0 && !repository.uses.isExample(sync.file));
  return { placed: placed.flatMap(({ at }) => at), unplaced: lost?.sync };
}

/** The entries that are guessed if no sync shows one: there is none, or nobody knows its path. */
function guessed(unplaced: DeclaredSync | undefined, repository: Repository, log: BuildLog): Entry[] {
  const entries = unique(correctGuess(guessEntries(repository), repository));
  if (entries.length === 0) noteNoEntry(log);
  else if (!areSeveralRepositories(entries)) noteGuess(ownOf(entries), unplaced, log);
  return entries;
}

/**
 * Copies of other repositories are not part of this one's clusters; if there are only several of them, they are
 * refused.
 */
function searched(entries: readonly Entry[], log: BuildLog): EntrySearch {
  if (areSeveralRepositories(entries)) {
    const refusal = new BuildLog();
    const folders = new Set(entries.map(({ root, path }) => root || (path.split('/')[0] ?? '')));
    refuseRepositories([...folders].sort(compareText), refusal);
    return { entries: [], findings: refusal.findings };
  }
  return { entries: unique(ownOf(entries)), findings: log.findings };
}

/** The entries of the repository itself; those of copies if there are no others. */
function ownOf(entries: readonly Entry[]): readonly Entry[] {
  const own = entries.filter((entry) => !isCopy(entry));
  return own.length > 0 ? own : entries;
}

/** Whether an entry belongs to a whole repository inside a folder. */
function isCopy({ root, source }: Entry): boolean {
  return !isArtifact(source.kind) && root !== undefined && root !== '';
}

/** Whether all entries that show the location of their repository belong to different ones. */
function areSeveralRepositories(entries: readonly Entry[]): boolean {
  const telling = entries.filter(({ root, location }) => root !== '' || location !== undefined);
  const roots = new Set(telling.map(({ root }) => root));
  return roots.size > 1 && !roots.has('') && entries.some(isCopy);
}

/**
 * The syncs of clusters, without those of examples, unless their paths exist from the repository's root, and without those of
 * other repositories.
 */
function clustersAmong(placed: readonly PlacedSync[], repository: Repository): PlacedSync[] {
  const { uses, has } = repository;
  const real = placed.filter((one) => !uses.isExample(one.sync.file) && !isForeignSync(one, repository));
  if (real.length > 0) return real;
  return placed.filter(({ sync, root }) => {
    const [folder = ''] = root.folders;
    return isBelow(sync.file, joinPath(folder, sync.path)) && folder === '' && has(sync.path);
  });
}

function unique(entries: readonly Entry[]): Entry[] {
  const byPath = new Map<string, Entry>();
  for (const entry of entries) {
    const known = byPath.get(entry.path);
    if (!known || (known.url === undefined && entry.url !== undefined)) byPath.set(entry.path, entry);
  }
  return [...byPath.values()].sort((a, b) => compareText(a.path, b.path));
}

/** All files of a tree, and the folders around them. */
const pathsOf = once((tree: Tree): ReadonlySet<string> => {
  const paths = new Set<string>();
  for (const { path } of tree.files) {
    for (let folder = path; !paths.has(folder); folder = directoryOf(folder)) paths.add(folder);
  }
  return paths;
});

function refuseMissing(path: string, placed: readonly PlacedSync[], log: BuildLog): void {
  const paths = [...new Set(placed.map(({ sync, root }) => joinPath(root.folders[0] ?? '', sync.path)))];
  log.error(
    'entry-missing',
    `the entry path ${JSON.stringify(path)} does not exist or contains no manifests`,
    { file: path },
    {
      hint:
        paths.length === 0
          ? 'use the path that you gave to flux bootstrap with --path, from the root of the repository'
          : `use one of ${paths.map((one) => JSON.stringify(one)).join(', ')}`,
    },
  );
}
