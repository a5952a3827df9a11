import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { HOOK_COMMAND } from './hook-script';

/** A program that manages the hooks of a repository, and what to add to its file. */
export interface HookManager {
  /** Its name. */
  readonly name: string;
  /** The file to add to, from the top of the repository. */
  readonly file: string;
  /** The lines to add. */
  readonly lines: readonly string[];
  /** Whether the file runs our hook already. */
  readonly runsOurs: boolean;
}

const LEFTHOOK = ['lefthook', '.lefthook', '.config/lefthook'].flatMap((name) =>
  ['yml', 'yaml', 'toml', 'json', 'jsonc'].map((ending) => `${name}.${ending}`),
);
const PRE_COMMIT = ['.pre-commit-config.yaml', '.pre-commit-config.yml', 'prek.toml'];

/** The program that manages the hooks of a repository; undefined where none does. */
export function findHookManager(top: string): HookManager | undefined {
  const lefthook = LEFTHOOK.find((file) => existsSync(join(top, file)));
  if (lefthook !== undefined) {
    const lines = ['pre-commit:', '  commands:', '    cdk8s-flux:', `      run: ${HOOK_COMMAND}`];
    return manager('lefthook', lefthook, lines, top);
  }
  const preCommit = PRE_COMMIT.find((file) => existsSync(join(top, file)));
  if (preCommit !== undefined) {
    const lines = [
      '- repo: local',
      '  hooks:',
      '    - id: cdk8s-flux',
      '      name: cdk8s-flux',
      `      entry: ${HOOK_COMMAND}`,
      '      language: system',
      '      pass_filenames: false',
      '      always_run: true',
    ];
    return manager('pre-commit', preCommit, lines, top);
  }
  const isHusky = statSync(join(top, '.husky'), { throwIfNoEntry: false })?.isDirectory() === true;
  return isHusky ? manager('husky', '.husky/pre-commit', [HOOK_COMMAND], top) : undefined;
}

function manager(name: string, file: string, lines: readonly string[], top: string): HookManager {
  return { name, file, lines, runsOurs: runsHook(join(top, file)) };
}

/** Whether a file runs our hook, in whatever words. */
export function runsHook(file: string): boolean {
  try {
    return /cdk8s-flux hook run|id: cdk8s-flux\b/.test(readFileSync(file, 'utf8'));
  } catch {
    return false;
  }
}
