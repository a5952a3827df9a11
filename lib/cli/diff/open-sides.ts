import { resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { checkTree } from '../../check/check-tree';
import { findProject, type Project } from '../../config/project';
import { scratchPath } from '../../config/scratch-folder';
import type { DiffSide } from '../../diff/change';
import type { RepositorySide } from '../../diff/repository-side';
import { fail, FindingsError } from '../../findings/findings-error';
import type { Graph } from '../../graph/graph';
import { BuildMemo } from '../../graph/sources/build-memo';
import { listFiles, listFilesLike, type GitEntry, type ListedCommit } from '../../revisions/list-files';
import { loadRevision, type SharedFiles } from '../../revisions/load-revision';
import { revisionProject } from '../../revisions/revision-project';
import { sharingFiles } from '../../revisions/share-files';
import { notCommitted } from '../../revisions/working-tree';
import { loadTree } from '../../tree/load-tree';
import type { LoadedRepository } from '../../tree/load-tree';
import { rolloutFiles } from '../../rollout/fleet-file';
import { isBelow, repositoryPath } from '../../tree/path';
import type { Tree } from '../../tree/tree';
import type { Io } from '../io';
import { loadProject, type LoadedProject } from '../load-project';
import { pathFromTop } from '../path-from-top';
import { announceStep } from '../progress';
import { projectGraph } from '../project-graph';
import type { SideSource, SideSources } from './side-source';

/** What decides how the sides are read. */
export interface OpenSidesOptions {
  /**
   * The paths that Flux starts from.
   *
   * @default - found
   */
  readonly entries?: readonly string[];
  /**
   * The state whose configuration sets the policy.
   *
   * @default - the base
   */
  readonly policy?: SideSource;
}

/** Both sides of a diff. */
export interface OpenedSides {
  /** The earlier state. */
  readonly base: RepositorySide;
  /** The later state. */
  readonly head: RepositorySide;
}

/**
 * Reads both sides, and checks them with the policy of the base: what a change says of the policy takes effect after it.
 *
 * @throws FindingsError `entry-missing` where Flux starts nowhere on either side, `repositories-several`, and what reading
 *   the sides throws
 */
export function openSides(
  sources: SideSources,
  { entries, policy: policySource }: OpenSidesOptions,
  io: Io,
): OpenedSides {
  const { base, head } = loadSides(sources, io);
  const policy = policySource ? prepare(policySource, io).project() : base.project;
  const memo = new BuildMemo();
  announceStep(`evaluating ${base.tree.files.length + head.tree.files.length} files`, io);
  const graphs = graphsOf([base, head], entries, memo);
  // Folders are checked separately only if neither side says where Flux starts.
  const loose = entries === undefined && graphs.every(({ clusters }) => clusters.length === 0);
  announceStep('checking', io);
  const [before, after] = [base, head].map(({ tree, project, findings: found }, index): RepositorySide => {
    const graph = graphs[index] as Graph;
    const { allow, check: settings, rollout: limits } = policy;
    const partial = entries !== undefined;
    const rollout = rolloutFiles(project);
    const report = checkTree(tree, {
      graph,
      allow,
      settings,
      found,
      partial,
      loose,
      rollout,
      policy: limits,
    });
    const side = sideOf(index === 0 ? sources.base : sources.head);
    return { side, project, tree, report };
  });
  const sides = { base: before as RepositorySide, head: after as RepositorySide };
  refuseNothing(sides, entries);
  return sides;
}

function refuseNothing({ base, head }: OpenedSides, entries: readonly string[] | undefined): void {
  const count = [base, head].flatMap(({ report }) => [...report.graph.clusters, ...report.folders]).length;
  if (count > 0) return;
  const wanted = entries?.map((entry) => JSON.stringify(entry)).join(', ');
  fail({
    code: 'entry-missing',
    message:
      wanted === undefined
        ? 'neither side has a path that Flux starts from, or manifests that it could apply'
        : `neither side has a manifest at the entry path ${wanted}`,
    hint: 'use the path that you gave to flux bootstrap with --path, for example --entry clusters/production',
  });
}

/**
 * What Flux does on both sides. If their configurations have different entry paths, each side uses all of them that it
 * contains, so a change that removes some cannot hide a cluster.
 */
function graphsOf(
  sides: readonly LoadedProject[],
  entries: readonly string[] | undefined,
  memo: BuildMemo,
): readonly Graph[] {
  const own = sides.map((loaded) => graphOf(loaded, entries, memo));
  const [before, after] = sides.map(({ project }) => project.entries);
  if (entries !== undefined || isDeepStrictEqual(before, after)) return own;
  const all = [...new Set(own.flatMap(({ clusters }) => clusters.map(({ entry }) => entry)))];
  return sides.map((loaded, index) => {
    const there = all.filter((entry) => holdsFile(loaded.tree, entry));
    const found = own[index] as Graph;
    return there.length > found.clusters.length ? graphOf(loaded, there, memo) : found;
  });
}

/** What Flux does on a side. If an entry path is missing, only the other side has that cluster. */
function graphOf(
  { project, tree }: LoadedProject,
  entries: readonly string[] | undefined,
  memo: BuildMemo,
): Graph {
  const wanted = entries ?? project.entries;
  const there = wanted.filter((entry) => holdsFile(tree, entry));
  if (wanted.length > 0 && there.length === 0) return { clusters: [], findings: [] };
  const graph = projectGraph({ project, tree }, there, memo);
  const refused = graph.findings.filter(({ code }) => code === 'repositories-several');
  if (refused.length > 0) throw new FindingsError(refused);
  return graph;
}

function holdsFile(tree: Tree, entry: string): boolean {
  const folder = repositoryPath(entry);
  return tree.files.some(({ path }) => isBelow(path, folder));
}

function sideOf(source: SideSource): DiffSide {
  if (source.kind === 'folder') return { name: source.dir };
  return source.kind === 'revision' ? source.revision : { name: 'working tree' };
}

function loadSides({ base, head }: SideSources, io: Io): { base: LoadedProject; head: LoadedProject } {
  if (base.kind === 'folder' && head.kind === 'folder') {
    const after = loadProject(io.cwd, head.dir);
    return { base: sharing(loadProject(io.cwd, base.dir), after), head: after };
  }
  const files: SharedFiles = new Map();
  const later = prepare(head, io);
  const prepared = { base: prepare(base, io, later.listed), head: later };
  // Both sides have the root that one of them sets, the base first, so that a change cannot hide a part.
  const named = [prepared.base, prepared.head].find(({ isNamed }) => isNamed);
  const after = prepared.head.load(named?.folder ?? '', files);
  const before = prepared.base.load(named?.folder ?? '', files);
  return { base: base.kind === head.kind ? before : sharing(before, after), head: after };
}

function sharing(repository: LoadedProject, other: LoadedRepository): LoadedProject {
  return { ...sharingFiles(repository, other.tree), project: repository.project };
}

/** A side whose configuration has been read. */
interface PreparedSide {
  /** The root from the top of git's repository. */
  readonly folder: string;
  /** Whether a file sets it. */
  readonly isNamed: boolean;
  /** The commit and its files, if it is a revision. */
  readonly listed?: ListedCommit;
  /** The content of its configuration. */
  project(): Project;
  /** Reads the files below a root. */
  load(folder: string, files: SharedFiles): LoadedProject;
}

/**
 * @param known - a commit of the same repository, of which most files may be in this side too
 */
function prepare(source: SideSource, io: Io, known?: ListedCommit): PreparedSide {
  if (source.kind === 'folder') {
    const dir = resolve(io.cwd, source.dir);
    return {
      folder: '',
      isNamed: false,
      project: () => findProject(dir),
      load: () => loadProject(io.cwd, source.dir),
    };
  }
  const { git } = source;
  const from = pathFromTop(git.top, io.cwd);
  if (source.kind === 'revision') {
    const { commit } = source.revision;
    const entries: readonly GitEntry[] = known ? listFilesLike(git, commit, known) : listFiles(git, commit);
    const { project, folder, isNamed } = revisionProject(git, source.revision, entries, from);
    return {
      folder,
      isNamed,
      listed: { commit, entries },
      project: () => project,
      load: (root, files) => ({ project, ...loadRevision(git, entries, root, files) }),
    };
  }
  const found = findProject(io.cwd);
  const isNamed = found.configFile !== undefined || found.cdk8s !== undefined;
  const folder = isNamed ? pathFromTop(git.top, found.root) : '';
  return {
    folder,
    isNamed,
    project: () => found,
    load: (root) => {
      const project = { ...found, root: root === '' ? git.top : `${git.top}/${root}` };
      const scratch = scratchPath(found);
      const isLeft = notCommitted(git, project.root);
      return { project, ...loadTree(project.root, { except: (path) => path === scratch || isLeft(path) }) };
    },
  };
}
