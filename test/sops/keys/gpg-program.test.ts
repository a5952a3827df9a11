import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GpgKeyring } from '../../../lib/sops/keys/gpg-keyring';

const folder = mkdtempSync(join(tmpdir(), 'gpg-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const LOG = join(folder, 'log');
const FINGERPRINT = 'AB'.repeat(20);

/** The keyring of a program in place of gpg, which notes how it is called, with its input. */
function keyring(script: string, asks?: boolean): GpgKeyring {
  const program = join(folder, 'gpg');
  rmSync(LOG, { force: true });
  writeFileSync(program, `#!/bin/sh\n{ printf '%s|' "$@"; cat; printf '\\n'; } >> ${LOG}\n${script}\n`);
  chmodSync(program, 0o755);
  return new GpgKeyring({ command: program, env: { PATH: process.env['PATH'], OWN: 'own' }, asks });
}

const calls = (): string[] => (existsSync(LOG) ? readFileSync(LOG, 'utf8').trimEnd().split('\n') : []);
const BLOCK = '-----BEGIN PGP PUBLIC KEY BLOCK-----';

describe('gpg', () => {
  it('is asked once for a public key', () => {
    const gpg = keyring(`printf '%s %s' '${BLOCK}' "$OWN"`);
    for (let time = 0; time < 2; time += 1) expect(gpg.publicKey(FINGERPRINT)).toBe(`${BLOCK} own`);
    expect(gpg.publicKey(FINGERPRINT.toLowerCase())).toBe(`${BLOCK} own`);
    expect(calls()).toEqual([
      `--no-tty|--quiet|--armor|--export|${FINGERPRINT}|`,
      `--no-tty|--quiet|--armor|--export|${FINGERPRINT.toLowerCase()}|`,
    ]);
  });

  it.each([
    ['prints nothing', ''],
    ['prints another text', 'printf "gpg: warning"'],
    ['fails', `printf '${BLOCK}'; exit 2`],
  ])('has no public key if it %s, and is not asked again', (_, script) => {
    const gpg = keyring(script);
    for (let time = 0; time < 2; time += 1) expect(gpg.publicKey(FINGERPRINT)).toBeUndefined();
    expect(calls()).toHaveLength(1);
  });

  it.each([
    '',
    '--output=x',
    FINGERPRINT.slice(1),
    `${FINGERPRINT}A`,
    `${FINGERPRINT} --x`,
    `-${FINGERPRINT}`,
  ])('is not asked for what is not a fingerprint: %j', (text) => {
    expect(keyring(`printf '${BLOCK}'`).publicKey(text)).toBeUndefined();
    expect(calls()).toEqual([]);
  });

  it('lists its private keys, with those of subkeys, once', () => {
    const list = [
      'sec:u:255:22:AAAA:1:::u:::scESC:::#::ed25519:::0:',
      `fpr:::::::::${FINGERPRINT}:`,
      `grp:::::::::${'C'.repeat(40)}:`,
      `fpr:::::::::${'D'.repeat(40)}:`,
      'fpr:',
    ];
    const gpg = keyring(`printf '${list.join('\\n')}'`);
    const asked = [FINGERPRINT, FINGERPRINT.toLowerCase(), 'D'.repeat(40), 'C'.repeat(40), 'AAAA', 'E'];
    expect(asked.map((id) => gpg.hasSecretKey(id))).toEqual([true, true, true, false, false, false]);
    expect(calls()).toEqual(['--no-tty|--quiet|--list-secret-keys|--with-colons|']);
  });

  it('has no private keys if it fails', () => {
    const gpg = keyring(`printf 'fpr:::::::::${FINGERPRINT}:'; exit 2`);
    expect(gpg.hasSecretKey(FINGERPRINT)).toBe(false);
  });

  it.each([
    ['may ask for a passphrase', undefined, ''],
    ['may ask for a passphrase if that is said', true, ''],
    ['does not ask for a passphrase if nobody is there', false, '--batch|--pinentry-mode|error|'],
  ])('%s', (_, asks, options) => {
    const gpg = keyring("printf 'key'", asks);
    expect(String(gpg.decrypt('armored'))).toBe('key');
    expect(calls()).toEqual([`--no-tty|--quiet|${options}--use-agent|--decrypt|armored`]);
  });

  it('decrypts nothing if it fails', () => {
    expect(keyring("printf 'key'; exit 2").decrypt('armored')).toBeUndefined();
  });
});
