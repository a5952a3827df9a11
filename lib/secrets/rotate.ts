import { randomBytes } from 'node:crypto';
import { finding, type Finding } from '../findings/finding';
import { FindingsError } from '../findings/findings-error';
import { decryptEnvelope } from '../sops/envelope/decrypt-envelope';
import { DATA_KEY_BYTES } from '../sops/envelope/encrypted-value';
import { readEnvelope, type Envelope } from '../sops/envelope/envelope';
import { allKeys } from '../sops/envelope/envelope-metadata';
import { rotateEnvelope } from '../sops/envelope/rotate-envelope';
import { openDataKey, wrapDataKey } from '../sops/keys/data-key';
import type { GpgKeyring } from '../sops/keys/gpg-keyring';
import type { Recipient } from '../sops/keys/key-request';
import { runKeyTasks, type KeyTask } from '../sops/keys/key-task';
import type { PrivateKeys } from '../sops/keys/private-keys';
import { normalFingerprint, onlySopsWraps } from '../sops/keys/recipients';
import { timestamp } from '../sops/reconcile/encrypt-secret';
import { sopsCommandNeeded, type SopsCommand } from '../sops/sops-command';
import type { TreeFile } from '../tree/tree-file';
import { splitDocuments } from './encrypted-documents';

/** What renewing data keys needs from its surroundings. */
export interface RotateContext {
  /** The private keys that open the present data keys. */
  readonly keys: PrivateKeys;
  /** PGP public keys, ASCII-armored, by fingerprint. */
  readonly publicKeys: ReadonlyMap<string, string>;
  /**
   * Where other PGP public keys come from.
   *
   * @default - nowhere
   */
  readonly gpg?: GpgKeyring;
  /**
   * The sops command, for files that only it can rewrite.
   *
   * @default - such files are refused
   */
  readonly sops?: SopsCommand;
  /**
   * The time that goes into the files.
   *
   * @default - the present
   */
  readonly now?: Date;
}

/** What became of a file. */
export interface RotatedFile {
  /** The file, as a path from the repository's root. */
  readonly file: string;
  /**
   * The new content.
   *
   * @default - it could not be made, and the findings say why
   */
  readonly bytes?: Buffer;
  readonly findings: readonly Finding[];
}

/**
 * Gives each file a new data key, wrapped for the same recipients, and encrypts every value anew. Nothing is written,
 * and plaintext is in memory only.
 *
 * The findings are those of `readEnvelope`, `openDataKey` and `wrapDataKey`, `sops-key-missing` and
 * `sops-command-needed`.
 */
export function rotateFiles(files: readonly TreeFile[], context: RotateContext): RotatedFile[] {
  return runKeyTasks(
    files.map((file) => rotateTask(file, context)),
    context.keys,
  );
}

function* rotateTask(file: TreeFile, context: RotateContext): KeyTask<RotatedFile> {
  const { path, bytes } = file;
  const text = bytes.toString('utf8');
  try {
    if (splitDocuments(text).length > 1) return bySops(file, context);
    const envelope = readEnvelope(text, path);
    if (onlySopsWraps(envelope.metadata)) return bySops(file, context);
    const opened = yield* openDataKey(envelope, context.keys);
    if (opened === undefined) return { file: path, findings: [keyMissing(envelope)] };
    const decrypted = decryptEnvelope(envelope, opened);
    const dataKey = randomBytes(DATA_KEY_BYTES);
    const lastModified = timestamp(context);
    const options = { now: lastModified, file: path, gpg: context.gpg };
    const keys = yield* wrapDataKey(dataKey, recipientsOf(envelope, context), options);
    const rotated = rotateEnvelope(envelope, decrypted, { dataKey, keys, lastModified });
    return rotated === undefined
      ? bySops(file, context)
      : { file: path, bytes: Buffer.from(rotated), findings: [] };
  } catch (error) {
    if (!FindingsError.isFindingsError(error)) throw error;
    return { file: path, findings: error.findings };
  }
}

function bySops({ path, bytes }: TreeFile, { sops }: RotateContext): RotatedFile {
  const rotated = sops?.change(bytes, { set: [], unset: [], rotate: true });
  return rotated
    ? { file: path, bytes: rotated, findings: [] }
    : { file: path, findings: [sopsCommandNeeded({ file: path })] };
}

function recipientsOf({ metadata }: Envelope, { publicKeys }: RotateContext): Recipient[] {
  return allKeys(metadata).map(({ kind, id }): Recipient => {
    if (kind === 'age') return { kind, id };
    const fingerprint = normalFingerprint(id);
    return { kind: 'pgp', id: fingerprint, publicKey: publicKeys.get(fingerprint) };
  });
}

function keyMissing({ file, metadata }: Envelope): Finding {
  const ids = allKeys(metadata).map(({ id }) => JSON.stringify(id));
  return finding({
    code: 'sops-key-missing',
    message: `no private key found for any of the recipients ${ids.join(', ')}`,
    hint: "provide one with SOPS_AGE_KEY_FILE or SOPS_AGE_KEY, in sops' key file, or in the gpg keyring",
    locations: [{ file }],
  });
}
