import { join, relative } from 'node:path';
import type { Project } from '../../config/project';
import { realPath } from '../../config/real-path';
import type { Finding } from '../../findings/finding';
import { fail, FindingsError } from '../../findings/findings-error';
import type { Graph } from '../../graph/graph';
import { filesIn, foldersThatFluxReads } from '../../oci/contents';
import { Git } from '../../revisions/git';
import { listFiles } from '../../revisions/list-files';
import { loadRevision } from '../../revisions/load-revision';
import { resolveRevision } from '../../revisions/resolve-revision';
import { revisionProject } from '../../revisions/revision-project';
import { isManifestName } from '../../tree/left-out';
import type { LoadedRepository } from '../../tree/load-tree';
import { LoadedTree } from '../../tree/loaded-tree';
import { baseName, directoryOf, isBelow, joinPath, repositoryPath } from '../../tree/path';
import { TreeFile } from '../../tree/tree-file';
import type { Io } from '../io';
import { loadProject, openProject } from '../load-project';
import { pathFromTop } from '../path-from-top';
import { announceStep } from '../progress';
import { clusterGraph, projectGraph, refuseUseless } from '../project-graph';
import { withSlashes } from '../../plain/with-slashes';

/** What of a repository is put into an artifact. */
export interface ContentsWish {
  /**
   * The folder that becomes the root of the artifact, from the working folder.
   *
   * @default - the root of the repository, with the files that Flux reads
   */
  readonly path?: string;
  /**
   * The name of the only cluster whose files are wanted.
   *
   * @default - all clusters
   */
  readonly cluster?: string;
  /**
   * The paths that Flux starts from.
   *
   * @default - those of `cdk8s-flux.yaml`, else those that are found
   */
  readonly entry?: readonly string[];
  /**
   * The commit that the files are read from.
   *
   * @default - the files on disk
   */
  readonly at?: string;
}

/** The files of an artifact. */
export interface Contents {
  /** What the configuration of the repository says. */
  readonly project: Project;
  /** The files as the artifact has them. */
  readonly tree: LoadedTree;
  /** Their paths in the artifact, in order. */
  readonly paths: readonly string[];
  /** The folders and files from which they were chosen, from the root of the repository. */
  readonly folders: readonly string[];
  /** The folder of the repository that is the root of the artifact, from the root of the repository. */
  readonly root: string;
  /**
   * What Flux does with the artifact.
   *
   * @default - a folder was named, of which that is not known
   */
  readonly graph?: Graph;
  /** What was left out. */
  readonly findings: readonly Finding[];
  /**
   * The repository of git, and the commit that the files are of.
   *
   * @default - the folder is in no repository of git, or one without a commit
   */
  readonly git?: CommitSource;
}

/** A commit, and where the project lies in it. */
export interface CommitSource {
  readonly git: Git;
  readonly commit: string;
  /** The root of the project from the top of git's repository. */
  readonly folder: string;
}

interface Opened extends LoadedRepository {
  readonly project: Project;
  readonly git?: CommitSource;
}

/**
 * Chooses the files for an artifact, from disk or from a commit, and evaluates them as Flux will.
 *
 * @throws FindingsError `artifact-empty`, and as `loadProject` and `clusterGraph` do
 */
export function openContents(wish: ContentsWish, io: Io): Contents {
  const opened = wish.at === undefined ? openFolder(io) : openCommit(wish.at, io);
  announceStep(`evaluating ${opened.tree.files.length} files`, io);
  const contents = wish.path === undefined ? readByFlux(opened, wish) : inFolder(opened, wish.path, io);
  if (contents.paths.length === 0) {
    fail({
      code: 'artifact-empty',
      message: `found no files for the artifact in ${JSON.stringify(wish.path ?? '.')}`,
      hint: 'run synth first, or set the folder with --path',
    });
  }
  const { project, git } = opened;
  const findings = opened.findings.filter(({ locations }) => isBeside(locations[0]?.file, contents));
  return { ...contents, project, findings, git };
}

type Chosen = Pick<Contents, 'tree' | 'paths' | 'folders' | 'root' | 'graph'>;

/**
 * What Flux reads from the repository. The root of the artifact is the root of the repository, so paths are the same in
 * both.
 */
function readByFlux({ project, tree }: Opened, { entry, cluster }: ContentsWish): Chosen {
  const whole = clusterGraph({ project, tree }, { entries: entry, cluster });
  refuseUseless(whole);
  if (whole.clusters.length === 0) {
    fail({
      code: 'entry-missing',
      message: 'found no path that Flux starts from',
      hint: 'set it with --entry, or set the folder for the artifact with --path',
    });
  }
  const folders = foldersThatFluxReads(whole);
  const paths = filesIn(tree, folders);
  const chosen = subtree(tree, '', paths);
  const entries = cluster === undefined ? entry : whole.clusters.map((one) => one.entry);
  return { tree: chosen, paths, folders, root: '', graph: projectGraph({ project, tree: chosen }, entries) };
}

/** A whole folder, which is the root of the artifact. */
function inFolder({ project, tree }: Opened, path: string, io: Io): Chosen {
  const native = relative(realPath(project.root), join(realPath(io.cwd), path));
  const root = native === '' ? '' : repositoryPath(withSlashes(native));
  const inside = [...tree.paths]
    .filter((file) => isBelow(file, root))
    .map((file) => file.slice(startOf(root)));
  const whole = subtree(tree, root, inside);
  const paths = filesIn(whole, ['']);
  const chosen = subtree(whole, '', paths);
  return { tree: chosen, paths, folders: [root], root };
}

function openFolder(io: Io): Opened {
  const found = openProject(io.cwd, '.');
  const git = gitOf(found.root, io);
  // A repository without its own configuration starts at its root.
  const isNamed = found.configFile !== undefined || found.cdk8s !== undefined;
  const { project, ...loaded } = loadProject(io.cwd, isNamed || !git ? found.root : git.top);
  const commit = git?.run(['rev-parse', '--verify', '--quiet', 'HEAD^{commit}']);
  if (!git || !commit?.isOk) return { project, ...loaded };
  const folder = pathFromTop(git.top, project.root);
  return { project, ...loaded, git: { git, commit: commit.output.toString('utf8').trim(), folder } };
}

function openCommit(name: string, io: Io): Opened {
  const git = Git.of(io.cwd, io.env);
  const revision = resolveRevision(git, name);
  const entries = listFiles(git, revision.commit);
  const { project, folder } = revisionProject(git, revision, entries, pathFromTop(git.top, io.cwd));
  return { project, ...loadRevision(git, entries, folder), git: { git, commit: revision.commit, folder } };
}

/** The git repository that a folder is in. A folder outside git can be packed too. */
function gitOf(folder: string, io: Io): Git | undefined {
  try {
    return Git.of(folder, io.env);
  } catch (error) {
    if (FindingsError.isFindingsError(error)) return undefined;
    throw error;
  }
}

/** The tree of some files below a folder, by their paths from that folder. */
function subtree(tree: LoadedTree, root: string, paths: readonly string[]): LoadedTree {
  const isManifest = (path: string): boolean => isManifestName(baseName(path));
  const read = (path: string): Buffer | undefined => tree.get(joinPath(root, path))?.bytes;
  const manifests = paths.filter(isManifest).flatMap((path) => {
    const bytes = read(path);
    return bytes ? [TreeFile.fromBytes(path, bytes)] : [];
  });
  return new LoadedTree(manifests, new Set(paths.filter((path) => !isManifest(path))), read);
}

function startOf(root: string): number {
  return root === '' ? 0 : root.length + 1;
}

/** Whether the files that were left out are beside files of the artifact. */
function isBeside(file: string | undefined, { root, paths }: Chosen): boolean {
  if (file === undefined || !isBelow(file, root)) return false;
  const folder = directoryOf(file.slice(startOf(root)));
  return paths.some((path) => directoryOf(path) === folder);
}
