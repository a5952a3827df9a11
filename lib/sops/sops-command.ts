import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { shellQuoted } from '../findings/shell-quoted';
import { finding, type Finding, type FindingLocation } from '../findings/finding';

/** The keys that lead to a value. */
export type SopsPath = readonly string[];

/** What is to be changed in a file. */
export interface SopsChange {
  /** Values to set, as plain data. */
  readonly set: readonly (readonly [path: SopsPath, value: unknown])[];
  /** Values to take away. */
  readonly unset: readonly SopsPath[];
  /** Whether a new data key is made. */
  readonly rotate: boolean;
}

/** How sops is called. */
export interface SopsCommandOptions {
  /**
   * The program.
   *
   * @default 'sops'
   */
  readonly command?: string;
  /**
   * Its environment, in which it finds its keys.
   *
   * @default process.env
   */
  readonly env?: NodeJS.ProcessEnv;
  /**
   * The folder in which it runs, and from which it looks for `.sops.yaml` upwards.
   *
   * @default - the working folder
   */
  readonly cwd?: string;
}

/**
 * The sops command, for files whose data key only it can open or wrap. Plaintext goes through pipes; what is written
 * to the temporary folder is encrypted.
 */
export class SopsCommand {
  constructor(private readonly options: SopsCommandOptions = {}) {}

  /**
   * Encrypts an object by the rules of `.sops.yaml`; `undefined` when it cannot.
   *
   * @param plain - the object, as YAML
   * @param path - the file that it is for, from the folder in which the command runs
   */
  encrypt(plain: Buffer, path: string): Buffer | undefined {
    const types = ['--input-type', 'yaml', '--output-type', 'yaml'];
    return this.run(['encrypt', ...types, '--filename-override', path], plain);
  }

  /** Decrypts a file and checks its MAC; `undefined` when it cannot. */
  decrypt(bytes: Buffer): Record<string, unknown> | undefined {
    const args = [
      'decrypt',
      '--input-type',
      'yaml',
      '--output-type',
      'json',
      '--filename-override',
      'secret.yaml',
    ];
    const printed = this.run(args, bytes);
    return printed && parseQuietly(printed);
  }

  /**
   * Changes a file; the ciphertexts of other values stay, unless it is rotated. `undefined` when it cannot.
   */
  change(bytes: Buffer, { set, unset, rotate }: SopsChange): Buffer | undefined {
    const folder = mkdtempSync(join(tmpdir(), 'cdk8s-flux-'));
    const file = join(folder, 'secret.yaml');
    try {
      writeFileSync(file, bytes, { mode: 0o600 });
      const steps = [
        ...set.map(([path, value]) => ({
          args: ['set', '--value-stdin', file, index(path)],
          input: JSON.stringify(value),
        })),
        ...unset.map((path) => ({ args: ['unset', file, index(path)], input: '' })),
        ...(rotate ? [{ args: ['rotate', '--in-place', file], input: '' }] : []),
      ];
      const done = steps.every(({ args, input }) => this.run(args, Buffer.from(input)) !== undefined);
      return done ? readFileSync(file) : undefined;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  private run(args: readonly string[], input?: Buffer): Buffer | undefined {
    const { command = 'sops', env = process.env, cwd } = this.options;
    const result = spawnSync(command, args, {
      input: input ?? Buffer.alloc(0),
      cwd,
      env,
      stdio: ['pipe', 'pipe', 'ignore'],
      timeout: 120_000,
      maxBuffer: 64 * 1024 * 1024,
    });
    return result.status === 0 ? result.stdout : undefined;
  }
}

function index(path: SopsPath): string {
  return path.map((key) => `[${JSON.stringify(key)}]`).join('');
}

/** Says that a file must change and that only the sops command can do it. */
export function sopsCommandNeeded(location: FindingLocation): Finding {
  return finding({
    code: 'sops-command-needed',
    message:
      'the file must change, and only the sops command can change it, because it has key groups, cloud keys, ssh keys, several documents or encrypted comments; sops or its keys are not available here',
    hint: `install sops, log in to the service that holds the keys, and check that this works: sops decrypt ${shellQuoted(location.file ?? '')}`,
    locations: [location],
  });
}

/** The message of a syntax error quotes the text, which is plain text here, so it must not be passed on. */
function parseQuietly(printed: Buffer): Record<string, unknown> | undefined {
  try {
    return JSON.parse(printed.toString('utf8')) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
