import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readEnvelope, type Envelope } from '../../lib/sops/envelope/envelope';
import { PrivateKeys } from '../../lib/sops/keys/private-keys';

const folder = join(__dirname, '..', 'fixtures', 'sops');

/** A file of test/fixtures/sops: throw-away keys, and files that the real sops made with them. */
export function fixture(path: string): string {
  return readFileSync(join(folder, path), 'utf8');
}

/** A parsed encrypted file of the fixtures. */
export function envelope(name: string): Envelope {
  return readEnvelope(fixture(`encrypted/${name}.yaml`), `${name}.yaml`);
}

/** The identity of an age key of the fixtures. */
export function ageIdentity(name: 'age-1' | 'age-2'): string {
  return /^AGE-SECRET-KEY-\S+$/m.exec(fixture(`keys/${name}.agekey`))?.[0] ?? '';
}

/** The recipient of an age key of the fixtures. */
export function ageRecipient(name: 'age-1' | 'age-2'): string {
  return /public key: (\S+)/.exec(fixture(`keys/${name}.agekey`))?.[1] ?? '';
}

/** A PGP key of the fixtures: fingerprint and public key. */
export function pgpKey(name: 'pgp-rsa' | 'pgp-cv25519'): { fingerprint: string; publicKey: string } {
  return {
    fingerprint: fixture(`keys/${name}.fingerprint`).trim(),
    publicKey: fixture(`keys/${name}.pub.asc`),
  };
}

/** Private keys of the fixtures. */
export function privateKeys(...names: ('age-1' | 'age-2' | 'pgp-rsa' | 'pgp-cv25519')[]): PrivateKeys {
  return new PrivateKeys({
    age: names.flatMap((name) => (name === 'age-1' || name === 'age-2' ? [ageIdentity(name)] : [])),
    pgp: names.flatMap((name) => (name.startsWith('pgp') ? [fixture(`keys/${name}.sec.asc`)] : [])),
  });
}
