import { spawnSync } from 'node:child_process';
import { dirname, resolve } from 'node:path';
import { fail } from '../findings/findings-error';

/** The maximum output of one git command, in bytes. */
const MAX_OUTPUT_BYTES = 512 * 1024 * 1024;

/**
 * The settings of every git command: it reads objects as they are, starts no other program, and opens no connection.
 */
const SAFE = [
  '--no-replace-objects',
  '--literal-pathspecs',
  ...['-c', 'core.fsmonitor=false'],
  ...['-c', 'core.quotePath=false'],
];

const SAFE_ENVIRONMENT = {
  LC_ALL: 'C',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_TERMINAL_PROMPT: '0',
  GIT_NO_LAZY_FETCH: '1',
  // An empty list of transports, so that objects missing from a partial clone are not fetched.
  GIT_ALLOW_PROTOCOL: 'none',
};

/** How a run of git ended. */
export interface GitRun {
  /** Whether it succeeded. */
  readonly isOk: boolean;
  /** What it printed. */
  readonly output: Buffer;
  /** What it complained of, in one line. */
  readonly complaint: string;
}

/** A git repository that is only read. */
export class Git {
  /**
   * The repository that a folder belongs to.
   *
   * @throws FindingsError `git-missing`, `git-repository-missing`
   */
  static of(folder: string, env: Readonly<Record<string, string | undefined>>): Git {
    const { isOk, output, complaint } = runGit(resolve(folder), ['rev-parse', '--show-toplevel'], env);
    if (isOk) return new Git(output.toString('utf8').replace(/\r?\n$/, ''), env);
    return fail({
      code: 'git-repository-missing',
      message: `git cannot read a repository in ${JSON.stringify(folder)}: ${complaint}`,
      hint: 'run the command in a clone of the repository, or compare two folders: cdk8s-flux diff ./before ./after',
    });
  }

  private constructor(
    /** The absolute path of the folder that holds the working tree. */
    readonly top: string,
    private readonly env: Readonly<Record<string, string | undefined>>,
  ) {}

  /** Runs git in the repository. */
  run(args: readonly string[], input?: string): GitRun {
    return runGit(this.top, args, this.env, input);
  }

  /**
   * The output of a run that must succeed.
   *
   * @throws FindingsError `git-failed`
   */
  output(args: readonly string[], input?: string): Buffer {
    const { isOk, output, complaint } = this.run(args, input);
    if (isOk) return output;
    return fail({
      code: 'git-failed',
      message: `git ${String(args[0])} failed in ${JSON.stringify(this.top)}: ${complaint}`,
      hint: 'check that the clone is complete: git fsck',
    });
  }
}

function runGit(
  folder: string,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  input?: string,
): GitRun {
  const { status, stdout, stderr, error } = spawnSync('git', [...SAFE, '-C', folder, ...args], {
    // Windows looks for programs in the working folder first, where a repository could contain its own git.
    cwd: dirname(process.execPath),
    env: { ...env, ...SAFE_ENVIRONMENT },
    input,
    maxBuffer: MAX_OUTPUT_BYTES,
    windowsHide: true,
  });
  if ((error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT') {
    fail({
      code: 'git-missing',
      message: 'git is not installed, and cdk8s-flux needs it to read revisions',
      hint: 'install git, or compare two folders: cdk8s-flux diff ./before ./after',
    });
  }
  const complaint = error?.message ?? firstLine(stderr.toString('utf8'));
  return { isOk: error === undefined && status === 0, output: stdout ?? Buffer.alloc(0), complaint };
}

function firstLine(text: string): string {
  return (text.trim().split('\n')[0] ?? '').replace(/^fatal: /, '') || 'no reason given';
}
