import { randomBytes } from 'node:crypto';
import { makeKeyPair } from '../../../lib/secrets/key-pair';
import { wrapDataKey } from '../../../lib/sops/keys/data-key';
import { GpgKeyring } from '../../../lib/sops/keys/gpg-keyring';
import { runKeyTasks } from '../../../lib/sops/keys/key-task';
import { PrivateKeys } from '../../../lib/sops/keys/private-keys';
import { pgpKey } from '../fixtures';

/** The packets of an armored key. */
function packets(armored: string): Buffer {
  const body = /\r?\n\r?\n([^]*?)\r?\n(?:=|-----END)/.exec(armored)?.[1] as string;
  return Buffer.from(body, 'base64');
}

function armored(bytes: Buffer): string {
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n${lines.join('\n')}\n-----END PGP PUBLIC KEY BLOCK-----\n`;
}

/** The first packet, a public key as gpg writes it (a header of three bytes), as a public subkey. */
function asSubkey(key: Buffer): Buffer {
  expect(key[0]).toBe(0x99);
  const length = 3 + key.readUInt16BE(1);
  const subkey = Buffer.from(key.subarray(0, length));
  subkey[0] = 0xb9;
  return subkey;
}

function wrapFor(fingerprint: string, publicKey: string): () => unknown {
  const options = { now: '2026-01-01T00:00:00Z', file: 'a.yaml' };
  const task = wrapDataKey(randomBytes(32), [{ kind: 'pgp', id: fingerprint, publicKey }], options);
  return () => runKeyTasks([task], PrivateKeys.none)[0];
}

describe('a PGP certificate', () => {
  const attacker = makeKeyPair('pgp-cv25519', 'attacker');
  const { fingerprint, publicKey } = pgpKey('pgp-rsa');

  it('is identified by the fingerprint of its primary key', () => {
    expect(wrapFor(fingerprint, publicKey)()).toMatchObject([{ kind: 'pgp', id: fingerprint }]);
  });

  it('fails for another’s fingerprint', () => {
    expect(wrapFor(fingerprint, attacker.publicKey)).toThrow(
      /sops-recipient-unusable[^]*has the fingerprint/,
    );
  });

  it('fails for another’s fingerprint that it lists as its own subkey', () => {
    const crafted = armored(Buffer.concat([packets(attacker.publicKey), asSubkey(packets(publicKey))]));
    expect(wrapFor(attacker.id, crafted)()).toMatchObject([{ id: attacker.id }]);
    expect(wrapFor(fingerprint, crafted)).toThrow(/sops-recipient-unusable/);
  });
});

describe('a fingerprint from a file', () => {
  it('cannot be an option of gpg', () => {
    const gpg = new GpgKeyring({ command: process.execPath });
    expect(gpg.publicKey('--eval=process.stdout.write("BEGIN PGP PUBLIC KEY BLOCK")')).toBeUndefined();
  });
});
