import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, realpathSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { findUpwards } from '../config/find-upwards';
import { finding, type Finding } from '../findings/finding';
import { fail } from '../findings/findings-error';
import type { MadeKey, MakeKeyRequest } from '../sops/keys/key-request';
import { runKeyTasks, type KeyTask } from '../sops/keys/key-task';
import { PrivateKeys } from '../sops/keys/private-keys';

/** The kinds of key pairs that can be made. */
export const KEY_PAIR_KINDS = ['age', 'age-pq', 'pgp-rsa', 'pgp-cv25519'] as const;

/** A kind of key pair. */
export type KeyPairKind = (typeof KEY_PAIR_KINDS)[number];

/**
 * Makes a key pair: X25519 (`age`), the post-quantum hybrid of age (`age-pq`), RSA with 4096 bits or Curve25519. PGP
 * keys have no passphrase, which Flux could not enter.
 */
export function makeKeyPair(kind: KeyPairKind, name: string): MadeKey {
  const [made] = runKeyTasks([makeTask({ op: 'make', kind, name })], PrivateKeys.none);
  return made ?? fail({ code: 'sops-key-worker', message: 'the key pair could not be created' });
}

function* makeTask(request: MakeKeyRequest): KeyTask<MadeKey | undefined> {
  const [answer] = yield [request];
  return answer?.ok ? answer.made : undefined;
}

/** Whether a key is one of age. */
export function isAge(kind: KeyPairKind): boolean {
  return kind === 'age' || kind === 'age-pq';
}

/** The content of a private key's file, in the form that `age-keygen` or gpg gives it. */
export function privateKeyText(kind: KeyPairKind, made: MadeKey, now: Date): string {
  if (!isAge(kind)) return made.privateKey;
  return `# created: ${now.toISOString().slice(0, 19)}Z\n# public key: ${made.publicKey}\n${made.privateKey}\n`;
}

/**
 * Whether a private key may be written to a file: where git would take it up, or something is there already, it may
 * not.
 */
export function checkPrivateKeyFile(file: string): Finding[] {
  const real = join(nearestRealFolder(dirname(file)), basename(file));
  const git = findUpwards('.git', dirname(real));
  const findings: Finding[] = [];
  if (git !== undefined && !isIgnored(real, dirname(git))) {
    findings.push(
      finding({
        code: 'key-in-repository',
        message: `the private key would be in ${JSON.stringify(file)}, in a git repository that does not ignore this file`,
        hint: 'use a file outside the repository with --private-key FILE, or add the file to .gitignore',
      }),
    );
  }
  if (existsSync(file)) findings.push(keyFileExists(file));
  return findings;
}

/** Says that a key's file is there already. It is never overwritten: what it opens would be lost. */
export function keyFileExists(file: string): Finding {
  return finding({
    code: 'key-file-exists',
    message: `the file ${JSON.stringify(file)} already exists; key files are never overwritten`,
    hint: 'use the existing key, or choose another file',
  });
}

/**
 * Writes a file that must not be there yet.
 *
 * @param mode - who may read it
 */
export function writeNewFile(file: string, content: string, mode: number): void {
  mkdirSync(dirname(file), { recursive: true, ...(mode === 0o600 && { mode: 0o700 }) });
  const descriptor = openSync(file, 'wx', mode);
  try {
    writeSync(descriptor, content);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** A symbolic link may lead into a repository. */
function nearestRealFolder(folder: string): string {
  if (existsSync(folder)) return realpathSync(folder);
  return join(nearestRealFolder(dirname(folder)), basename(folder));
}

function isIgnored(file: string, repository: string): boolean {
  const { status } = spawnSync('git', ['check-ignore', '--quiet', '--', file], {
    cwd: repository,
    stdio: 'ignore',
  });
  return status === 0;
}
