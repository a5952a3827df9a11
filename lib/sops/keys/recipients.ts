import { finding, type Finding, type FindingLocation } from '../../findings/finding';
import { allKeys, type EnvelopeMetadata, type WrappedKey } from '../envelope/envelope-metadata';
import type { Recipient } from './key-request';

/** Recipients as an author gives them. */
export interface RecipientsInput {
  /**
   * Age recipients: `age1...`, also post-quantum ones (`age1pq1...`) and those of tags (`age1tag1...`).
   *
   * @default - none
   */
  readonly age?: readonly string[];
  /**
   * PGP recipients.
   *
   * @default - none
   */
  readonly pgp?: readonly { readonly fingerprint: string; readonly publicKey?: string }[];
}

/** Recipients in their one spelling, and what is wrong with those that were left out. */
export interface ReadRecipients {
  readonly recipients: readonly Recipient[];
  readonly findings: readonly Finding[];
}

const AGE = /^age1(?:(?:pq|tag|tagpq)1)?[02-9ac-hj-np-z]{58,}$/;

/**
 * Checks recipients and brings them into one spelling and order: age before PGP, each in code-unit order, once.
 *
 * `sops-recipient-unsupported` is said of kinds that sops knows and `age-encryption` cannot wrap for: ssh keys and
 * plugins.
 */
export function readRecipients(input: RecipientsInput, location: FindingLocation = {}): ReadRecipients {
  const findings: Finding[] = [];
  const byId = new Map<string, Recipient>();
  for (const given of input.age ?? []) {
    const id = given.trim();
    if (AGE.test(id)) byId.set(id, { kind: 'age', id });
    else findings.push(refuseAge(id, location));
  }
  for (const { fingerprint, publicKey } of input.pgp ?? []) {
    const id = normalFingerprint(fingerprint);
    if (/^[0-9A-F]{40}$/.test(id))
      byId.set(id, publicKey === undefined ? { kind: 'pgp', id } : { kind: 'pgp', id, publicKey });
    else findings.push(refusePgp(fingerprint, location));
  }
  const recipients = [...byId.values()].sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
  return { recipients, findings };
}

/** A fingerprint without spaces and `0x`, in upper case. */
export function normalFingerprint(fingerprint: string): string {
  return fingerprint.replace(/\s+/g, '').replace(/^0x/i, '').toUpperCase();
}

/** Whether only the sops command can wrap a data key for a file's keys: key groups, keys of a cloud, ssh keys, plugins. */
export function onlySopsWraps(metadata: EnvelopeMetadata): boolean {
  return (
    metadata.split ||
    allKeys(metadata).some(({ kind, id }) => kind !== 'pgp' && !(kind === 'age' && AGE.test(id)))
  );
}

/** What two lists of recipients have that the other has not. */
export interface RecipientDifference {
  /** Wanted, and not in the file. */
  readonly added: readonly Recipient[];
  /** In the file, and not wanted. */
  readonly removed: readonly WrappedKey[];
}

/** Compares whom a file is encrypted for with whom it should be. */
export function compareRecipients(
  keys: readonly WrappedKey[],
  wanted: readonly Recipient[],
): RecipientDifference {
  const there = new Set(keys.map(keyId));
  const ids = new Set(wanted.map(keyId));
  return {
    added: wanted.filter((recipient) => !there.has(keyId(recipient))),
    removed: keys.filter((key) => !ids.has(keyId(key))),
  };
}

function keyId(key: { readonly kind: string; readonly id: string }): string {
  return `${key.kind} ${key.kind === 'pgp' ? normalFingerprint(key.id) : key.id}`;
}

function sortKey(recipient: Recipient): string {
  return `${recipient.kind} ${recipient.id}`;
}

function refuseAge(id: string, location: FindingLocation): Finding {
  // A private key that was pasted here must not be printed.
  if (/^AGE-SECRET-KEY/i.test(id)) {
    return finding({
      code: 'sops-private-key',
      message: 'got a private age key; must be a recipient, which is a public key',
      hint: 'remove the private key, create a new key pair, and use its public key (age1...)',
      locations: [location],
    });
  }
  const known = id.startsWith('ssh-') || /^age1[a-z0-9-]+1/.test(id);
  return finding({
    code: known ? 'sops-recipient-unsupported' : 'sops-recipient-invalid',
    message: `${JSON.stringify(id.slice(0, 80))} is ${known ? 'a kind of age recipient that only the sops command supports' : 'not an age recipient'}; must be age1...`,
    hint: known
      ? 'use an age key pair (age-keygen), or encrypt the file with sops and add it with SopsSecret.fromFile'
      : 'use the public key that age-keygen prints',
    locations: [location],
  });
}

function refusePgp(fingerprint: string, location: FindingLocation): Finding {
  return finding({
    code: 'sops-recipient-invalid',
    message: `${JSON.stringify(fingerprint.slice(0, 80))} is not a PGP fingerprint; must be 40 hexadecimal digits`,
    hint: 'use the fingerprint that gpg --list-keys --fingerprint prints',
    locations: [location],
  });
}
