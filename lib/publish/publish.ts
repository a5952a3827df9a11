import { randomBytes } from 'node:crypto';
import { fail, FindingsError } from '../findings/findings-error';
import type { Finding } from '../findings/finding';
import { joinPath } from '../tree/path';
import type { Tree } from '../tree/tree';
import { applyPlan } from './apply';
import { Disk } from './disk';
import { ignored, readJournal, temporaryPaths, type Journal } from './journal';
import { LOCK_NAME, takeLock, type Lock } from './lock';
import { FORMER_JOURNAL, RECORD_FILE, STATE_FOLDER } from './names';
import { OwnedFolders } from './owned-folders';
import { ChangePlan, planFiles, type CompareFiles, type KeptFile } from './change-plan';
import { blockedFinding } from './problems';
import type { RecordedCluster } from './record';
import { StateFolder } from './state-folder';
import { Writer, type OperationHook } from './writer';

/** What to publish, where, and how. */
export interface PublishOptions {
  /** The absolute path of the repository's root. */
  readonly root: string;
  /**
   * The folder to publish to, as a path from the root, for example `cluster-resources`; `''` for the root. Runs with the
   * same one share a journal.
   */
  readonly output: string;
  /**
   * All folders that are published to. Nothing outside of them is searched, written or removed.
   *
   * @default - `output`
   */
  readonly folders?: readonly string[];
  /**
   * The folders that may have the record of the `named` files. It is written to the first; an earlier run may have
   * written it to another. Without git, lock and journal are in the first.
   *
   * @default - `output`
   */
  readonly homes?: readonly string[];
  /** All planned files. The `owner` of each is the folder, in one of those, whose record lists it. */
  readonly tree: Tree;
  /**
   * Whether the tree has everything: then what earlier runs made and this tree has not is removed. False for a part
   * run, which leaves alone what belongs to owners that are not in the tree.
   *
   * @default true
   */
  readonly complete?: boolean;
  /**
   * The files outside of the published folder that the configuration names, and that may therefore be ours: pictures,
   * and `.sops.yaml`. What earlier runs made of others is left alone.
   *
   * @default - none
   */
  readonly named?: readonly string[];
  /**
   * What to overwrite although it was edited by hand, is not ours, or has merge-conflict markers: everything, or the
   * files at or below these paths.
   *
   * @default false
   */
  readonly overwrite?: boolean | readonly string[];
  /**
   * The clusters to which the owners belong, for their records.
   *
   * @default - none is known
   */
  readonly clusters?: ReadonlyMap<string, RecordedCluster>;
  /**
   * By entry path, the folders of the cluster's FluxApps: where clusters share files, one record lists all that a cluster has.
   *
   * @default - each record lists what is in its folder, and the Kustomization that applies it
   */
  readonly reach?: ReadonlyMap<string, readonly string[]>;
  /**
   * Says how a file that is kept differs from the one that the code makes.
   *
   * @default - that it differs is all that is said
   */
  readonly compareFiles?: CompareFiles;
  /**
   * Only report what would be done.
   *
   * @default false
   */
  readonly check?: boolean;
}

/** What publishing did, or would do. Paths are from the repository's root, in code-unit order. */
export interface PublishResult {
  /** Files that were created or replaced, ownership records among them. */
  readonly written: readonly string[];
  /** Files that were removed, ownership records among them. */
  readonly removed: readonly string[];
  /** How many planned files were there already. */
  readonly unchanged: number;
  /** Files that were kept although the code wants another content, or none. */
  readonly kept: readonly KeptFile[];
  /**
   * All findings: those of the kept files, and what stands in the way. With one of the codes `path-blocked` and
   * `link-outside-repository` nothing at all was written.
   */
  readonly findings: readonly Finding[];
}

type Planned = ReturnType<typeof planFiles>;

/** What only tests ask for. */
export interface PublishInternals {
  /** Told of each change to the disk before it is made. */
  readonly hook?: OperationHook;
  /** How long to wait for another run, in milliseconds. */
  readonly wait?: number;
}

const WAIT_MILLISECONDS = 10_000;

/**
 * Publishes a tree into a repository: writes only files whose bytes differ, removes those that earlier runs made and
 * this one does not, and leaves everything else alone. A run that was killed is completed by the next.
 *
 * @throws FindingsError `publish-locked` when another run does not end, `publish-failed` when the file system refuses,
 *   `record-version` when a newer version of this package wrote a record, `owner-outside-output` when a file has
 *   no owner in a folder that is published to
 */
export function publish(options: PublishOptions, internals: PublishInternals = {}): PublishResult {
  const { root, output } = options;
  const inputs = inputsOf(options, internals.hook);
  const { folders, state } = inputs;
  if (options.check) return report(planRun(inputs));
  const token = randomBytes(16).toString('hex');
  const writer = new Writer(root, token, internals.hook);
  makeOutput(writer, root, folders.home);
  const lock = takeLock(state, internals.wait ?? WAIT_MILLISECONDS);
  try {
    return run(planRun(inputs), { folders, runs: output, writer, lock, state, token });
  } finally {
    lock.release();
  }
}

/**
 * The files that publishing would remove, but for records. Planned files are not compared with the disk.
 *
 * @throws FindingsError `record-version`, `owner-outside-output`, as publishing does
 */
export function findRemoved(options: PublishOptions): readonly string[] {
  const { plan } = planRun({ ...inputsOf(options), removalsOnly: true });
  return plan.removals.map(({ path }) => path).sort();
}

function inputsOf(options: PublishOptions, hook?: OperationHook): RunInputs {
  const { root, output, tree } = options;
  const folders = new OwnedFolders(options.folders ?? [output], options.homes ?? [output]);
  const planned = planFiles(tree, folders, options.named);
  return { options, folders, planned, state: StateFolder.find(root, folders.home, hook) };
}

/** What is planned, and what led to it. */
interface PlannedRun {
  readonly plan: ChangePlan;
  readonly journal: Journal;
  /** What a killed run left of files that it was writing. */
  readonly temporary: readonly string[];
  /** Findings beside those of the plan. */
  readonly notes: readonly Finding[];
}

/** What carrying out a plan needs. */
interface RunContext {
  readonly folders: OwnedFolders;
  /** Distinguishes the journal from those of other runs. */
  readonly runs: string;
  readonly writer: Writer;
  readonly lock: Lock;
  readonly state: StateFolder;
  readonly token: string;
}

function run(planned: PlannedRun, context: RunContext): PublishResult {
  const { folders, runs, writer, lock, state, token } = context;
  const { plan, temporary, journal } = planned;
  if (plan.blocked.length > 0) return { ...report(planned), written: [], removed: [] };
  if (!lock.isHeld()) {
    fail({
      code: 'publish-locked',
      message: 'another run took the lock while this run was preparing its changes',
      hint: 'run the command again',
      locations: [{ file: state.shown(LOCK_NAME) }],
    });
  }
  for (const path of temporary) writer.remove(path);
  applyPlan(plan, writer, folders, { state, earlier: journal, token, runs });
  return report(planned);
}

/** Nothing is written through a link that points outside, or in place of a file. */
function makeOutput(writer: Writer, root: string, output: string): void {
  const obstacle = new Disk(root).obstacle(joinPath(output, RECORD_FILE));
  if (obstacle) throw new FindingsError([blockedFinding(output, obstacle)]);
  writer.makeFolder(output);
}

/** The input for the plan of a run. */
interface RunInputs {
  readonly options: PublishOptions;
  readonly folders: OwnedFolders;
  readonly planned: Planned;
  readonly state: StateFolder;
  readonly removalsOnly?: boolean;
}

function planRun({ options, folders, planned, state, removalsOnly }: RunInputs): PlannedRun {
  const {
    root,
    output,
    tree,
    complete = true,
    overwrite = false,
    named = [],
    clusters = new Map(),
    reach,
    compareFiles,
  } = options;
  const disk = new Disk(root);
  const journal = readJournal(state, options.folders ? '' : output, output);
  const temporary = temporaryPaths(journal).filter((path) => disk.kind(path) === 'file');
  const settings = { folders, tree, complete, overwrite, named, clusters, reach, compareFiles, removalsOnly };
  const former = { journal, recordFolders: findRecords(disk, folders) };
  const plan = new ChangePlan(disk, settings, planned, former);
  const stray = strayState(disk, folders.home, state);
  return { plan, temporary, journal, notes: [...journal.findings, ...stray] };
}

/**
 * The folders with a record: in everything that is published to, and where an earlier run may have left the record of
 * named files.
 */
function findRecords(disk: Disk, folders: OwnedFolders): string[] {
  const homes = folders.homes.filter((home) => disk.kind(joinPath(home, RECORD_FILE)) !== undefined);
  return [...folders.list.flatMap((folder) => disk.findRecords(folder)), ...homes];
}

/** A journal in another place than this version's comes from an earlier version, or from a clone. */
function strayState(disk: Disk, output: string, state: StateFolder): Finding[] {
  const stray = [FORMER_JOURNAL, ...(state.isInGit ? [STATE_FOLDER] : [])];
  return stray
    .map((name) => joinPath(output, name))
    .filter((path) => disk.kind(path) !== undefined)
    .map((path) =>
      ignored(path, 'an earlier version of cdk8s-flux wrote it, or it came with the repository'),
    );
}

function report({ plan, notes }: PlannedRun): PublishResult {
  const writes = [...plan.writes, ...plan.records.filter(({ bytes }) => bytes)];
  const removals = [...plan.removals, ...plan.records.filter(({ bytes }) => !bytes)];
  return {
    written: writes.map(({ path }) => path).sort(),
    removed: removals.map(({ path }) => path).sort(),
    unchanged: plan.unchanged,
    kept: plan.kept,
    findings: [...plan.blocked, ...plan.kept.map(({ finding }) => finding), ...plan.notes, ...notes],
  };
}
