import { readdirSync, statSync, watch, type FSWatcher } from 'node:fs';
import { join } from 'node:path';
import type { Project } from '../config/project';
import { scratchPath } from '../config/scratch-folder';
import { finding } from '../findings/finding';
import { FindingsError } from '../findings/findings-error';
import { plural } from '../findings/summary';
import { codeOf, isCode } from '../plain/error-code';
import { joinPath } from '../tree/path';
import { EXIT } from './exit-code';
import type { Io } from './io';
import { printFindings } from './print-findings';

/**
 * Editors save a file in several steps, and tools several files. A run waits until nothing has changed for this long.
 */
const QUIET_TIME = 200;

/** Code, or configuration of a run. */
const CODE = /\.[cm]?[jt]sx?$|^cdk8s(?:-flux)?\.yaml$|\.json$/;

/** Folders whose changes are not made by the author. */
const IGNORED = new Set(['.git', 'node_modules', 'dist']);

/**
 * Does work now, and again whenever a file of the project changes that the work itself did not make. Ends when the
 * process is asked to (Ctrl-C), or when the caller aborts.
 *
 * @param signal - ends the watch, with the exit code of the last run
 */
export async function watchProject(
  project: Project,
  io: Io,
  work: () => Promise<number>,
  signal: AbortSignal = interrupted(),
): Promise<number> {
  let code: number = EXIT.clean;
  while (!signal.aborted) {
    const before = stateOfCode(project);
    code = await tried(work, io);
    if (signal.aborted) break;
    if (stateOfCode(project) !== before) continue;
    io.stderr('cdk8s-flux: waiting for changes (press Ctrl-C to stop)\n');
    await nextChange(project, signal);
  }
  return code;
}

async function tried(work: () => Promise<number>, io: Io): Promise<number> {
  try {
    return await work();
  } catch (error) {
    if (!FindingsError.isFindingsError(error)) throw error;
    printFindings(error.findings, io);
    return EXIT.failed;
  }
}

function interrupted(): AbortSignal {
  const controller = new AbortController();
  process.once('SIGINT', () => controller.abort());
  return controller.signal;
}

/**
 * Waits for a change of what the author writes; the published folder and the scratch folder are ours. Each folder is
 * watched separately, because a recursive watch would include all of node_modules.
 */
function nextChange(project: Project, signal: AbortSignal): Promise<void> {
  return new Promise((done, refuse) => {
    let timer: NodeJS.Timeout | undefined;
    const watchers: FSWatcher[] = [];
    const close = (): void => {
      for (const watcher of watchers) watcher.close();
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
    };
    const end = (): void => {
      close();
      done();
    };
    const soon = (): void => {
      clearTimeout(timer);
      timer = setTimeout(end, QUIET_TIME);
    };
    signal.addEventListener('abort', end);
    try {
      // A watcher fails when its folder is removed, which is a change like others.
      for (const folder of authorsFolders(project)) watchers.push(watch(folder, soon).on('error', soon));
    } catch (error) {
      if (isCode(error, 'ENOENT')) return soon();
      close();
      refuse(unwatchable(error, watchers.length));
    }
  });
}

/** Why the folders of a project cannot be watched. */
function unwatchable(error: unknown, count: number): FindingsError {
  return new FindingsError([
    finding({
      code: 'watch-failed',
      message: `cannot watch the folders of the project for changes (${codeOf(error) || 'unknown'} after ${plural(count, 'folder')})`,
      hint: isCode(error, 'EMFILE', 'ENOSPC')
        ? 'close other programs that watch files, or raise the limits fs.inotify.max_user_instances and fs.inotify.max_user_watches; without --watch, synth needs neither'
        : 'use synth without --watch',
    }),
  ]);
}

/** Detects whether code or configuration was saved during a run. Other changes may come from the run itself. */
function stateOfCode(project: Project): string {
  const files = authorsFolders(project).flatMap((folder) =>
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile() && CODE.test(entry.name))
      .map(({ name }) => join(folder, name)),
  );
  return files
    .map((file) => {
      const { mtimeMs, size } = statSync(file, { throwIfNoEntry: false }) ?? {};
      return `${file} ${mtimeMs} ${size}`;
    })
    .join('\n');
}

/** The folders of the project in which an author may write, as absolute paths. */
function authorsFolders(project: Project): string[] {
  const ours = new Set([project.output, scratchPath(project)].filter((path) => path !== ''));
  return foldersOf(project.root, ours).map((folder) => join(project.root, folder));
}

/** A folder and those below it, as paths from the root, without folders that contain nothing of the author's. */
function foldersOf(root: string, except: ReadonlySet<string | undefined>, folder = ''): string[] {
  const entries = readdirSync(join(root, folder), { withFileTypes: true });
  const inside = entries
    .filter((entry) => entry.isDirectory() && !IGNORED.has(entry.name))
    .map(({ name }) => joinPath(folder, name))
    .filter((path) => !except.has(path));
  return [folder, ...inside.flatMap((path) => foldersOf(root, except, path))];
}
