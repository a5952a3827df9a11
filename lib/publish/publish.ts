import { fail, FindingsError } from '../findings/findings-error';
import type { Finding } from '../findings/finding';
import { directoryOf, isBelow, joinPath } from '../tree/path';
import type { Tree } from '../tree/tree';
import { applyPlan } from './apply';
import { Disk } from './disk';
import { journalPath, readJournal } from './journal';
import { takeLock, type Lock } from './lock';
import { LOCK_FILE, TEMPORARY_FILE } from './names';
import { ChangePlan, planFiles, type KeptFile } from './change-plan';
import { blockedFinding } from './problems';
import { Writer, type OperationHook } from './writer';

/** What to publish, where, and how. */
export interface PublishOptions {
  /** The absolute path of the repository's root. */
  readonly root: string;
  /** The folder to publish to, as a path from the root, for example `cluster-resources`; `''` for the root. */
  readonly output: string;
  /** All planned files. The `owner` of each is the folder, at or below `output`, whose record lists it. */
  readonly tree: Tree;
  /**
   * Whether the tree has everything: then what earlier runs made and this tree has not is removed. False for a part
   * run, which leaves alone what belongs to owners that are not in the tree.
   *
   * @default true
   */
  readonly complete?: boolean;
  /**
   * What to overwrite although it was edited by hand, is not ours, or has merge-conflict markers: everything, or the
   * files at or below these paths.
   *
   * @default false
   */
  readonly overwrite?: boolean | readonly string[];
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
 *   no owner at or below `output`
 */
export function publish(options: PublishOptions, internals: PublishInternals = {}): PublishResult {
  if (options.check) return report(planRun(options, planFiles(options.tree, options.output)).plan);
  const { root, output } = options;
  const writer = new Writer(root, internals.hook);
  const planned = planFiles(options.tree, output);
  makeOutput(writer, root, output);
  const lockFile = joinPath(output, LOCK_FILE);
  const lock = takeLock(`${root}/${lockFile}`, lockFile, internals.wait ?? WAIT_MILLISECONDS);
  try {
    return run(options, planned, writer, lock);
  } finally {
    lock.release();
  }
}

function run(options: PublishOptions, planned: Planned, writer: Writer, lock: Lock): PublishResult {
  const { plan, temporary, journal } = planRun(options, planned);
  if (plan.blocked.length > 0) return { ...report(plan), written: [], removed: [] };
  if (!lock.isHeld()) {
    fail({
      code: 'publish-locked',
      message: 'another run has taken over while this one was planning',
      hint: 'run again',
      locations: [{ file: journalPath(options.output) }],
    });
  }
  for (const path of temporary) writer.remove(path);
  applyPlan(plan, writer, options.output, journal);
  return report(plan);
}

/** The lock lies in the published folder, so that this one has to be in order first. */
function makeOutput(writer: Writer, root: string, output: string): void {
  const obstacle = new Disk(root).obstacle(joinPath(output, LOCK_FILE));
  if (obstacle) throw new FindingsError([blockedFinding(output, obstacle)]);
  writer.makeFolder(output);
}

function planRun(options: PublishOptions, planned: Planned) {
  const { root, output, tree, complete = true, overwrite = false } = options;
  const disk = new Disk(root);
  const { records, temporary } = disk.search(output);
  const journal = readJournal(disk, output);
  for (const path of journal.keys()) {
    const left = joinPath(directoryOf(path), TEMPORARY_FILE);
    if (!isBelow(path, output) && disk.kind(left) === 'file') temporary.push(left);
  }
  const plan = new ChangePlan(disk, { output, tree, complete, overwrite }, planned, journal, records);
  return { plan, temporary, journal };
}

function report(plan: ChangePlan): PublishResult {
  const writes = [...plan.writes, ...plan.records.filter(({ bytes }) => bytes)];
  const removals = [...plan.removals, ...plan.records.filter(({ bytes }) => !bytes)];
  return {
    written: writes.map(({ path }) => path).sort(),
    removed: removals.map(({ path }) => path).sort(),
    unchanged: plan.unchanged,
    kept: plan.kept,
    findings: [...plan.blocked, ...plan.kept.map(({ finding }) => finding)],
  };
}
