import { BOOTSTRAP_FOLDER, COMPONENTS_FILE } from '../kinds/names';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Project } from '../config/project';
import { scratchPath } from '../config/scratch-folder';
import type { Graph } from '../graph/graph';
import { sourcePath } from '../graph/post-build/kustomization-change';
import { clustersOf, type Plan, type PlannedCluster } from '../plan/plan';
import { loadTree } from '../tree/load-tree';
import { joinPath } from '../tree/path';
import { Tree } from '../tree/tree';
import { TreeFile } from '../tree/tree-file';

/** What has to be known to tell how a run leaves the repository. */
export interface AfterwardsOptions {
  readonly project: Project;
  readonly plan: Plan;
  /** The files to publish. */
  readonly files: Tree;
  /** Finds the files that publishing removes. */
  readonly findRemoved: () => readonly string[];
}

/** A state of the repository, and what Flux does with it. */
export interface RepositoryState {
  readonly tree: Tree;
  readonly graph: Graph;
}

/** The files of a state of the repository, before it is known what Flux does with them. */
export interface UnbuiltState {
  readonly tree: Tree;
  /** What `build` depends on beside the files, as plain data. */
  readonly settings: object;
  readonly build: () => RepositoryState;
}

/**
 * The repository as a run leaves it: the planned files, and those on disk that are not ours, without what publishing
 * removes. Nothing is read before it is asked for, and each state is made once.
 */
export class Afterwards {
  private readonly clusters: readonly PlannedCluster[];
  private readonly entries: readonly string[];
  private removed?: ReadonlySet<string>;
  private wholeState?: RepositoryState;

  constructor(private readonly options: AfterwardsOptions) {
    const clusters = [...clustersOf(options.plan)].filter(([directory, { path }]) => directory === path);
    this.clusters = clusters.map(([, cluster]) => cluster);
    const named = options.project.entries.map(sourcePath);
    this.entries = [...new Set([...named, ...this.clusters.map(({ path }) => path)])];
  }

  /** The whole repository, as its folder on disk will be. */
  get whole(): RepositoryState {
    this.wholeState ??= this.loadWhole();
    return this.wholeState;
  }

  /**
   * The planned files and what others put into the entry paths, which is most often all that Flux reads. Flux's own
   * manifests count as empty, but where clusters have shards: how controllers are started then says what they reconcile.
   */
  loadNear(): UnbuiltState {
    const foreign = this.entries.flatMap((entry) => this.foreignFiles(entry));
    // Looking for removed files costs as much as publishing. It finds nothing if all files are ours or bootstrap's.
    const gone = foreign.every(isOfBootstrap) ? undefined : this.gone;
    const kept = foreign.filter(({ path }) => gone?.has(path) !== true);
    const tree = new Tree([...this.options.files.files, ...kept]);
    const { entries, clusters } = this;
    return { tree, settings: { entries, clusters }, build: () => this.stateOf(tree) };
  }

  private loadWhole(): RepositoryState {
    const { project, files } = this.options;
    const { gone } = this;
    const scratch = scratchPath(project);
    const except = (path: string): boolean => path === scratch || gone.has(path) || files.has(path);
    const { tree } = loadTree(project.root, { except });
    for (const file of files.files) tree.add(file);
    return this.stateOf(tree);
  }

  private get gone(): ReadonlySet<string> {
    this.removed ??= new Set(this.options.findRemoved());
    return this.removed;
  }

  /** The files below an entry path that are not planned. */
  private foreignFiles(entry: string): TreeFile[] {
    const { project, files } = this.options;
    const folder = join(project.root, entry);
    if (!existsSync(folder)) return [];
    const scratch = scratchPath(project);
    const components: TreeFile[] = [];
    const isSharded = this.options.plan.directories.some(({ sharding }) => sharding !== undefined);
    const except = (inFolder: string): boolean => {
      const path = joinPath(entry, inFolder);
      const isComponents = !isSharded && path.endsWith(`/${COMPONENTS_FILE}`);
      if (isComponents) components.push(TreeFile.fromBytes(path, ''));
      return isComponents || path === scratch || files.has(path);
    };
    const { tree } = loadTree(folder, { except });
    const loaded = tree.files.map(({ path, bytes }) => TreeFile.fromBytes(joinPath(entry, path), bytes));
    return [...loaded, ...components];
  }

  /** What Flux does with a tree, with the names that the clusters have in the code. */
  private stateOf(tree: Tree): RepositoryState {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- what was checked before needs no graph
    const { buildGraph } = require('../graph/build-graph') as typeof import('../graph/build-graph');
    return { tree, graph: buildGraph(tree, { entries: this.entries, clusters: this.clusters }) };
  }
}

function isOfBootstrap({ path }: TreeFile): boolean {
  return path.includes(`/${BOOTSTRAP_FOLDER}/`);
}
