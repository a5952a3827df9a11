import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { fail } from '../../findings/findings-error';
import { printable } from '../../findings/printable';
import type { Environment, Pipeline } from './pipeline';

/** Nothing that a repository could bring is run: no hook, no other program, no submodule, and nothing afterwards. */
const SAFE = [
  ['core.hooksPath', '/dev/null'],
  ['core.fsmonitor', 'false'],
  ['fetch.recurseSubmodules', 'false'],
  ['submodule.recurse', 'false'],
  ['maintenance.auto', 'false'],
  ['gc.auto', '0'],
].flatMap(([name, value]) => ['-c', `${name}=${value}`]);

/** How long a fetch may take, in milliseconds. */
const TIMEOUT = 10 * 60_000;

/** Where commits are fetched to, and as whom. */
export interface FetchOptions {
  /** The folder of the clone. */
  readonly folder: string;
  /** The variables of the process. */
  readonly env: Environment;
  /**
   * The server and the token that it wants.
   *
   * @default - what git is configured with
   */
  readonly credentials?: { readonly server: string; readonly token: string };
}

/**
 * Fetches the commits of a pipeline, and the history up to their merge base, as data: nothing is checked out, no
 * reference is changed. A clone that has all is left alone.
 *
 * @throws FindingsError `fetch-failed`
 */
export function fetchCommits({ head, change }: Pipeline, options: FetchOptions): void {
  const wanted = change ? [change.base, head] : [head];
  const isShallow = runGit(['rev-parse', '--is-shallow-repository'], options).output === 'true';
  const needsHistory = change !== undefined && isShallow;
  if (!needsHistory && missing(wanted, options).length === 0) return;
  const references = change ? [change.base, change.ref] : [head];
  fetchAll([...(needsHistory ? ['--unshallow'] : []), 'origin', ...references], options);
  // The reference may have moved on by now.
  for (const commit of missing(wanted, options)) fetchAll(['origin', commit], options);
  const [gone] = missing(wanted, options);
  if (gone !== undefined) {
    fail({
      code: 'fetch-failed',
      message: `the commit ${gone} is no longer on the server`,
      hint: 'the branch changed after this run began; the run for the newer commit posts the report',
    });
  }
}

function missing(commits: readonly string[], options: FetchOptions): string[] {
  return commits.filter((commit) => !runGit(['cat-file', '-e', `${commit}^{commit}`], options).isOk);
}

function fetchAll(args: readonly string[], options: FetchOptions): void {
  const { isOk, complaint } = runGit(
    ['fetch', '--quiet', '--no-tags', '--no-recurse-submodules', ...args],
    options,
  );
  if (isOk) return;
  fail({
    code: 'fetch-failed',
    message: `git fetch ${args.join(' ')} failed: ${complaint}`,
    hint: 'set "fetch-depth: 0" for actions/checkout, and make sure that the job may read the repository: "permissions: contents: read"',
  });
}

interface GitRun {
  readonly isOk: boolean;
  readonly output: string;
  readonly complaint: string;
}

function runGit(args: readonly string[], { folder, env, credentials }: FetchOptions): GitRun {
  const { status, stdout, stderr, error } = spawnSync('git', [...SAFE, '-C', folder, ...args], {
    // Windows looks for programs in the working folder first.
    cwd: dirname(process.execPath),
    env: {
      ...env,
      LC_ALL: 'C',
      GIT_TERMINAL_PROMPT: '0',
      GIT_ALLOW_PROTOCOL: 'file:git:http:https:ssh',
      ...headerSettings(credentials),
    },
    encoding: 'utf8',
    timeout: TIMEOUT,
    windowsHide: true,
  });
  const lines = stderr?.trim().split('\n') ?? [];
  const fatal = lines.find((line) => line.startsWith('fatal: ')) ?? lines[0] ?? '';
  const complaint = error?.message ?? fatal.replace(/^fatal: /, '');
  return {
    isOk: error === undefined && status === 0,
    output: stdout?.trim() ?? '',
    complaint: printable(withoutToken(complaint, credentials?.token)) || 'no reason given',
  };
}

/**
 * Passes the token as a setting in the environment, where no list of processes shows it, and only for its own server.
 * The empty value before it removes what actions/checkout may have left: GitHub refuses two.
 */
function headerSettings(credentials: FetchOptions['credentials']): Record<string, string> {
  if (!credentials) return {};
  const { server, token } = credentials;
  const key = `http.${server.replace(/\/$/, '')}/.extraheader`;
  const basic = Buffer.from(`x-access-token:${token}`).toString('base64');
  return {
    GIT_CONFIG_COUNT: '2',
    GIT_CONFIG_KEY_0: key,
    GIT_CONFIG_VALUE_0: '',
    GIT_CONFIG_KEY_1: key,
    GIT_CONFIG_VALUE_1: `AUTHORIZATION: basic ${basic}`,
  };
}

/** The address of a remote may contain a token, as with GitLab. */
function withoutToken(text: string, token: string | undefined): string {
  const shown = text.replace(/(\w+:\/\/)[^/@\s]+@/g, '$1***@');
  return token ? shown.replaceAll(token, '***') : shown;
}
