import { finding, type Finding } from '../../findings/finding';
import { FindingsError } from '../../findings/findings-error';
import { DATA_KEY_BYTES } from '../envelope/encrypted-value';
import { allKeys, type WrappedKey } from '../envelope/envelope-metadata';
import type { Envelope } from '../envelope/envelope';
import { combineShares } from '../envelope/shamir';
import type { GpgKeyring } from './gpg-keyring';
import type { KeyAnswer, Recipient, UnwrapRequest, WrapRequest } from './key-request';
import type { KeyTask } from './key-task';
import type { PrivateKeys } from './private-keys';

/**
 * Opens the data key of a file, also one that is split among key groups.
 *
 * @returns the key, or `undefined` when no private key for it is here
 * @throws FindingsError `sops-tampered` when there is a private key and what is wrapped for it is damaged
 */
export function* openDataKey(envelope: Envelope, keys: PrivateKeys): KeyTask<Buffer | undefined> {
  const { groups, split, threshold } = envelope.metadata;
  if (!keys.canOpen(new Set(allKeys(envelope.metadata).map(({ kind }) => kind)))) return undefined;
  const requests = groups.map((group): UnwrapRequest => ({ op: 'unwrap', keys: group }));
  const answers = yield requests;
  const parts = answers.flatMap((answer) => (answer.ok && answer.key ? [Buffer.from(answer.key)] : []));
  if (parts.length < threshold) {
    const damaged = answers.find((answer) => !answer.ok && answer.reason === 'damaged');
    if (damaged && !damaged.ok) throw damage(envelope, damaged.detail);
    return undefined;
  }
  const dataKey = split ? join(parts.slice(0, threshold), envelope) : parts[0];
  if (dataKey?.length !== DATA_KEY_BYTES) {
    throw damage(envelope, `the data key has ${dataKey?.length ?? 0} bytes; it must have ${DATA_KEY_BYTES}`);
  }
  return dataKey;
}

function join(shares: readonly Buffer[], envelope: Envelope): Buffer | undefined {
  // With a threshold of one, every share is the secret itself, on a constant polynomial.
  if (shares.length === 1) return shares[0]?.subarray(0, -1);
  try {
    return combineShares(shares);
  } catch (error) {
    throw damage(envelope, error instanceof Error ? error.message : String(error));
  }
}

function damage(envelope: Envelope, detail: string): FindingsError {
  return new FindingsError([
    finding({
      code: 'sops-tampered',
      message: detail,
      hint: 'restore the file from git',
      locations: [{ file: envelope.file }],
      field: 'sops',
    }),
  ]);
}

/** What wrapping a data key needs to know. */
export interface WrapOptions {
  /** When, in RFC 3339. */
  readonly now: string;
  /** The file that the key is for, as a path from the repository's root. */
  readonly file: string;
  /**
   * Where public keys come from that are not given.
   *
   * @default - every PGP recipient must come with its public key
   */
  readonly gpg?: GpgKeyring;
}

/**
 * Wraps a data key for recipients.
 *
 * @throws FindingsError `sops-recipient-unusable` for each recipient that it cannot be wrapped for
 */
export function* wrapDataKey(
  dataKey: Buffer,
  recipients: readonly Recipient[],
  options: WrapOptions,
): KeyTask<WrappedKey[]> {
  const findings: Finding[] = [];
  const requests = recipients.flatMap((recipient): WrapRequest[] => {
    const complete = withPublicKey(recipient, options.gpg);
    if (complete) return [{ op: 'wrap', recipient: complete, dataKey }];
    findings.push(
      unusable(recipient, 'its public key is neither in the code nor in the gpg keyring', options),
    );
    return [];
  });
  const answers: readonly KeyAnswer[] = requests.length === 0 ? [] : yield requests;
  const wrapped = answers.flatMap((answer, index): WrappedKey[] => {
    const { kind, id } = (requests[index] as WrapRequest).recipient;
    if (answer.ok && answer.enc)
      return [
        kind === 'age'
          ? { kind, id, enc: answer.enc }
          : { kind, id, enc: answer.enc, createdAt: options.now },
      ];
    findings.push(unusable({ kind, id }, answer.ok ? 'no result' : answer.detail, options));
    return [];
  });
  if (findings.length > 0) throw new FindingsError(findings);
  return wrapped;
}

function withPublicKey(recipient: Recipient, gpg?: GpgKeyring): Recipient | undefined {
  if (recipient.kind === 'age' || recipient.publicKey !== undefined) return recipient;
  const publicKey = gpg?.publicKey(recipient.id);
  return publicKey === undefined ? undefined : { ...recipient, publicKey };
}

function unusable(recipient: Recipient, detail: string, options: WrapOptions): Finding {
  return finding({
    code: 'sops-recipient-unusable',
    message: `cannot encrypt for the ${recipient.kind} recipient ${JSON.stringify(recipient.id)}: ${detail}`,
    hint:
      recipient.kind === 'age'
        ? 'use the public key that age-keygen prints (age1...)'
        : 'set publicKey to the output of gpg --armor --export FINGERPRINT; the key must be able to encrypt, and not expired',
    locations: [{ file: options.file }],
  });
}
