import { GpgKeyring } from '../../../lib/sops/keys/gpg-keyring';
import { PrivateKeys } from '../../../lib/sops/keys/private-keys';
import { readRecipients } from '../../../lib/sops/keys/recipients';
import type { ReconcileRequest } from '../../../lib/sops/reconcile/reconcile-request';
import { reconcileSecret } from '../../../lib/sops/reconcile/reconcile-secret';
import { itWith } from '../../tools/find-tool';
import { fixture, pgpKey } from '../fixtures';
import { GnupgHome, hasGpg } from '../gnupg-home';

const homes: GnupgHome[] = [];
afterAll(() => homes.forEach((home) => home.remove()));

function keyring(...armored: string[]): GpgKeyring {
  const home = new GnupgHome(...armored);
  homes.push(home);
  return new GpgKeyring({ env: home.env });
}

function request(value: string, fingerprint: string, committed?: Buffer): ReconcileRequest {
  const { recipients } = readRecipients({ pgp: [{ fingerprint }] });
  const entries = new Map([['TOKEN', { kind: 'value' as const, bytes: Buffer.from(value) }]]);
  return { file: 'secret.yaml', desired: { metadata: { name: 'token' }, entries }, recipients, committed };
}

describe('the gpg keyring', () => {
  itWith('gpg', hasGpg, 'encrypts and decrypts, RSA', () => roundTrip('pgp-rsa'));
  itWith('gpg', hasGpg, 'encrypts and decrypts, Curve25519', () => roundTrip('pgp-cv25519'));

  function roundTrip(name: 'pgp-rsa' | 'pgp-cv25519'): void {
    const { fingerprint } = pgpKey(name);
    const gpg = keyring(fixture(`keys/${name}.sec.asc`));
    const keys = new PrivateKeys({ gpg });
    const { bytes } = reconcileSecret(request('first', fingerprint), { keys: PrivateKeys.none, gpg });
    expect(reconcileSecret(request('first', fingerprint, bytes), { keys, gpg })).toMatchObject({
      state: 'kept',
    });
    const changed = reconcileSecret(request('second', fingerprint, bytes), { keys, gpg });
    expect(changed.state).toBe('updated');
    expect(reconcileSecret(request('second', fingerprint, changed.bytes), { keys, gpg }).state).toBe('kept');
  }

  itWith('gpg', hasGpg, 'with the public key only, encrypts and opens nothing', () => {
    const { fingerprint, publicKey } = pgpKey('pgp-cv25519');
    const gpg = keyring(publicKey);
    const { bytes } = reconcileSecret(request('first', fingerprint), { keys: PrivateKeys.none, gpg });
    expect(gpg.hasSecretKey(fingerprint)).toBe(false);
    const keys = new PrivateKeys({ gpg });
    expect(reconcileSecret(request('first', fingerprint, bytes), { keys, gpg }).state).toBe('unverified');
  });

  itWith('gpg', hasGpg, 'that is empty fails, and says which key is missing', () => {
    const { fingerprint } = pgpKey('pgp-rsa');
    const { findings } = reconcileSecret(request('first', fingerprint), {
      keys: PrivateKeys.none,
      gpg: keyring(),
    });
    expect(findings).toMatchObject([
      { code: 'sops-recipient-unusable', message: expect.stringContaining(fingerprint) },
    ]);
  });

  it('that does not exist is not an error', () => {
    const gpg = new GpgKeyring({ command: 'no-such-gpg' });
    expect(gpg.publicKey('00')).toBeUndefined();
    expect(gpg.hasSecretKey('00')).toBe(false);
    expect(gpg.decrypt('')).toBeUndefined();
  });
});
