import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fail } from '../findings/findings-error';
import type { Git } from '../revisions/git';
import { findHookManager, runsHook } from './hook-managers';
import { HOOK_COMMAND, hookScript, isOwnHook } from './hook-script';

const HOOK = 'pre-commit';

/** What became of a hook. */
export interface HookChange {
  readonly outcome: 'written' | 'unchanged' | 'removed' | 'absent';
  /** The file. */
  readonly file: string;
}

/**
 * Installs the hook that checks before a commit. A hook of somebody else is never changed, nor is the file of a program that
 * manages hooks: the error says what to add there.
 *
 * @param folder - the folder of the project from the top of the repository
 * @throws FindingsError `hook-exists`, `git-failed`
 */
export function installHook(git: Git, folder: string): HookChange {
  const found = findHookManager(git.top);
  if (found?.runsOurs) return { outcome: 'unchanged', file: join(git.top, found.file) };
  if (found) refuse(`${found.name} manages the hooks of this repository`, found.file, found.lines);
  const file = hookFile(git);
  const shared = configuredFolder(git);
  if (shared !== undefined && !isOwn(file)) {
    if (runsHook(file)) return { outcome: 'unchanged', file };
    refuse(`core.hooksPath is ${JSON.stringify(shared)}, which other repositories may use too`, file, [
      HOOK_COMMAND,
    ]);
  }
  return write(file, hookScript(folder));
}

/**
 * Removes the hook that `installHook` wrote.
 *
 * @throws FindingsError `hook-exists` where the hook is another, `git-failed`
 */
export function uninstallHook(git: Git): HookChange {
  const file = hookFile(git);
  const text = textOf(file);
  if (text === undefined) return { outcome: 'absent', file };
  if (!isOwnHook(text)) {
    fail({
      code: 'hook-exists',
      message: `${JSON.stringify(file)} is not the hook that cdk8s-flux wrote`,
      hint: `remove the line ${JSON.stringify(HOOK_COMMAND)} from it`,
    });
  }
  rmSync(file);
  return { outcome: 'removed', file };
}

function write(file: string, script: string): HookChange {
  const text = textOf(file);
  if (text === script || (text !== undefined && !isOwnHook(text) && runsHook(file)))
    return { outcome: 'unchanged', file };
  if (text !== undefined && !isOwnHook(text))
    refuse('a pre-commit hook already exists', file, [HOOK_COMMAND]);
  try {
    mkdirSync(dirname(file), { recursive: true });
    // A link here would point outside the folder.
    if (text !== undefined) rmSync(file);
    writeFileSync(file, script, { mode: 0o755, flag: 'wx' });
  } catch (error) {
    fail({
      code: 'hook-exists',
      message: `cannot write ${JSON.stringify(file)}: ${(error as Error).message}`,
      hint: 'make the folder writable, or remove the file that is in the way',
    });
  }
  return { outcome: 'written', file };
}

function refuse(why: string, file: string, lines: readonly string[]): never {
  return fail({
    code: 'hook-exists',
    message: `${why}, so the command wrote nothing`,
    hint: `add ${lines.length === 1 ? 'this line' : 'these lines'} to ${JSON.stringify(file)}`,
    details: lines,
  });
}

/** Where git looks for the hook, according to `core.hooksPath` and linked working trees. */
function hookFile(git: Git): string {
  const path = git.output(['rev-parse', '--git-path', `hooks/${HOOK}`]).toString('utf8');
  return resolve(git.top, path.replace(/\r?\n$/, ''));
}

function configuredFolder(git: Git): string | undefined {
  const { isOk, output } = git.run(['config', '--get', 'core.hooksPath']);
  return isOk ? output.toString('utf8').trim() : undefined;
}

function isOwn(file: string): boolean {
  const text = textOf(file);
  return text !== undefined && isOwnHook(text);
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
