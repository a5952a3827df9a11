import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { finding, type Finding } from '../../findings/finding';
import type { GpgKeyring } from './gpg-keyring';

/** What private keys are made from. */
export interface PrivateKeysInput {
  /**
   * Age identities (`AGE-SECRET-KEY-1...`).
   *
   * @default - none
   */
  readonly age?: readonly string[];
  /**
   * Armored PGP private keys without a passphrase.
   *
   * @default - none
   */
  readonly pgp?: readonly string[];
  /**
   * The gpg keyring, which opens data keys without giving a private key away.
   *
   * @default - not asked
   */
  readonly gpg?: GpgKeyring;
}

/** The private keys that are here. They show up in no text, no JSON, no copy and no debug output. */
export class PrivateKeys {
  /** No private keys. */
  static readonly none = new PrivateKeys({});

  readonly #age: readonly string[];
  readonly #pgp: readonly string[];
  readonly #gpg?: GpgKeyring;

  constructor(input: PrivateKeysInput) {
    this.#age = input.age ?? [];
    this.#pgp = input.pgp ?? [];
    this.#gpg = input.gpg;
  }

  /** The age identities. */
  get age(): readonly string[] {
    return this.#age;
  }

  /** The armored PGP keys. */
  get pgp(): readonly string[] {
    return this.#pgp;
  }

  /** The gpg keyring, if it may be asked. */
  get gpg(): GpgKeyring | undefined {
    return this.#gpg;
  }

  /** Whether there can be no key at all for these wrapped keys, so that it is no use trying. */
  canOpen(kinds: ReadonlySet<string>): boolean {
    return (
      (kinds.has('age') && this.#age.length > 0) ||
      (kinds.has('pgp') && (this.#pgp.length > 0 || this.#gpg !== undefined))
    );
  }

  toString(): string {
    return `${this.#age.length} age and ${this.#pgp.length} PGP private keys`;
  }

  toJSON(): string {
    return this.toString();
  }

  [inspect.custom](): string {
    return `PrivateKeys(${this.toString()})`;
  }
}

/** Where private keys are looked for. */
export interface FindPrivateKeysOptions {
  /**
   * The environment: `SOPS_AGE_KEY`, `SOPS_AGE_KEY_FILE`, `XDG_CONFIG_HOME`.
   *
   * @default process.env
   */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /**
   * The home folder, with `.config/sops/age/keys.txt` (on macOS `Library/Application Support/sops/age/keys.txt`).
   *
   * @default - `HOME` of the environment, else the user's
   */
  readonly home?: string;
  /**
   * The gpg keyring.
   *
   * @default - not asked
   */
  readonly gpg?: GpgKeyring;
}

/** Private keys, and what was wrong where they were looked for. */
export interface FoundPrivateKeys {
  readonly keys: PrivateKeys;
  readonly findings: readonly Finding[];
}

/** Reads the private keys that sops itself would find. A place that does not exist is no defect. */
export function findPrivateKeys(options: FindPrivateKeysOptions = {}): FoundPrivateKeys {
  const { env = process.env, gpg } = options;
  const home = options.home ?? (env.HOME || homedir());
  const findings: Finding[] = [];
  const age: string[] = [];
  const take = (text: string, where: string): void => {
    const read = readIdentities(text);
    age.push(...read.identities);
    findings.push(...read.problems.map((problem) => keyFinding(`${where} ${problem}`)));
  };
  if (env.SOPS_AGE_KEY) take(env.SOPS_AGE_KEY, 'the environment variable "SOPS_AGE_KEY"');
  const takeFile = (file: string, where: string): void => {
    try {
      take(readFileSync(file, 'utf8'), where);
    } catch (error) {
      findings.push(keyFinding(`${where} cannot be read: ${(error as NodeJS.ErrnoException).code}`));
    }
  };
  if (env.SOPS_AGE_KEY_FILE) takeFile(env.SOPS_AGE_KEY_FILE, 'the file in "SOPS_AGE_KEY_FILE"');
  const standard = standardKeyFiles(env, home).find((file) => existsSync(file));
  if (standard !== undefined) takeFile(standard, 'the file "sops/age/keys.txt"');
  for (const [name, what] of ONLY_SOPS)
    if (env[name])
      findings.push(keyFinding(`${JSON.stringify(name)} ${what}, which only the sops command can use`));
  return { keys: new PrivateKeys({ age: [...new Set(age)], gpg }), findings };
}

const ONLY_SOPS = [
  ['SOPS_AGE_SSH_PRIVATE_KEY_FILE', 'names an ssh key'],
  ['SOPS_AGE_KEY_CMD', 'names a command that prints keys'],
] as const;

function standardKeyFiles(env: Readonly<Record<string, string | undefined>>, home: string): string[] {
  const bases = [
    env.XDG_CONFIG_HOME || undefined,
    join(home, '.config'),
    join(home, 'Library', 'Application Support'),
  ];
  return bases.flatMap((base) => (base === undefined ? [] : [join(base, 'sops', 'age', 'keys.txt')]));
}

function readIdentities(text: string): { identities: string[]; problems: string[] } {
  const identities: string[] = [];
  const problems: string[] = [];
  text.split(/\r?\n/).forEach((raw, index) => {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) return;
    if (/^AGE-SECRET-KEY-(PQ-)?1[02-9AC-HJ-NP-Z]{58,}$/.test(line)) identities.push(line);
    else if (line.startsWith('AGE-PLUGIN-'))
      problems.push(`has a plugin identity in line ${index + 1}, which only the sops command can use`);
    else
      problems.push(
        `has something other than an age identity in line ${index + 1}; must be AGE-SECRET-KEY-1...`,
      );
  });
  return { identities, problems };
}

function keyFinding(message: string): Finding {
  return finding({
    code: 'sops-key-unusable',
    severity: 'warning',
    message,
    hint: 'correct or remove it; until then, cdk8s-flux ignores it',
  });
}
