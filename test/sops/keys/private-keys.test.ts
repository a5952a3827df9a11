import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { inspect } from 'node:util';
import { GpgKeyring } from '../../../lib/sops/keys/gpg-keyring';
import { findPrivateKeys, PrivateKeys } from '../../../lib/sops/keys/private-keys';

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

const identity = (letter: string, length = 58): string => `AGE-SECRET-KEY-1${letter.repeat(length)}`;
const [A, B, C] = ['A', 'C', 'D'].map((letter) => identity(letter)) as [string, string, string];

/** A home folder with files. */
function home(files: Readonly<Record<string, string>> = {}): string {
  const root = mkdtempSync(join(tmpdir(), 'home-'));
  folders.push(root);
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(join(root, dirname(file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  return root;
}

const LINUX = '.config/sops/age/keys.txt';
const MAC = 'Library/Application Support/sops/age/keys.txt';

describe('private keys', () => {
  const keys = new PrivateKeys({ age: [A, B], pgp: ['armored secret'] });

  it('do not show in any text, JSON, copy or debug output', () => {
    const shown = [`${String(keys)}`, JSON.stringify(keys), inspect(keys), JSON.stringify({ ...keys })];
    expect(shown).toEqual([
      '2 age and 1 PGP private keys',
      '"2 age and 1 PGP private keys"',
      'PrivateKeys(2 age and 1 PGP private keys)',
      '{}',
    ]);
    expect([keys.age, keys.pgp, keys.gpg]).toEqual([[A, B], ['armored secret'], undefined]);
    expect([PrivateKeys.none.age, PrivateKeys.none.pgp]).toEqual([[], []]);
  });

  it.each([
    ['age', 'age', true],
    ['age', 'pgp', false],
    ['pgp', 'pgp', true],
    ['pgp', 'age', false],
    ['gpg', 'pgp', true],
    ['gpg', 'age', false],
    ['none', 'age', false],
    ['none', 'pgp', false],
    ['age', 'kms', false],
  ])('of %s may open a file for %s: %s', (own, kind, expected) => {
    const made = new PrivateKeys({
      ...(own === 'age' && { age: [A] }),
      ...(own === 'pgp' && { pgp: ['armored'] }),
      ...(own === 'gpg' && { gpg: new GpgKeyring() }),
    });
    expect(made.canOpen(new Set([kind]))).toBe(expected);
    expect(made.canOpen(new Set([kind, 'kms']))).toBe(expected);
  });
});

describe('the private keys that sops finds', () => {
  it.each<[string, Readonly<Record<string, string>>, Readonly<Record<string, string>>, readonly string[]]>([
    ['nowhere', {}, {}, []],
    ['in the variable', { SOPS_AGE_KEY: `# a comment\n\n  ${A}  \r\n${B}` }, {}, [A, B]],
    ['in a file that a variable names', { SOPS_AGE_KEY_FILE: 'HOME/own' }, { own: `${A}\n` }, [A]],
    ['in the file of Linux', {}, { [LINUX]: A }, [A]],
    ['in the file of macOS', {}, { [MAC]: A }, [A]],
    ['in the first of two standard files', {}, { [LINUX]: A, [MAC]: B }, [A]],
    [
      'in the folder of XDG_CONFIG_HOME',
      { XDG_CONFIG_HOME: 'HOME/x' },
      { 'x/sops/age/keys.txt': B, [LINUX]: A },
      [B],
    ],
    ['in the usual folder if XDG_CONFIG_HOME is empty', { XDG_CONFIG_HOME: '' }, { [LINUX]: A }, [A]],
    ['in the usual folder if that one has none', { XDG_CONFIG_HOME: 'HOME/x' }, { [LINUX]: A }, [A]],
    [
      'in all three places, each once',
      { SOPS_AGE_KEY: A, SOPS_AGE_KEY_FILE: 'HOME/own' },
      { own: `${B}\n${A}\n`, [LINUX]: `${C}\n${B}\n` },
      [A, B, C],
    ],
    [
      'of post-quantum identities',
      { SOPS_AGE_KEY: `AGE-SECRET-KEY-PQ-1${'Q'.repeat(80)}` },
      {},
      [`AGE-SECRET-KEY-PQ-1${'Q'.repeat(80)}`],
    ],
  ])('are those %s', (_, variables, files, expected) => {
    const root = home(files);
    const env = Object.fromEntries(
      Object.entries(variables).map(([name, value]) => [name, value.replace('HOME', root)]),
    );
    for (const found of [
      findPrivateKeys({ env, home: root }),
      findPrivateKeys({ env: { HOME: root, ...env } }),
    ])
      expect([found.keys.age, found.findings]).toEqual([expected, []]);
  });

  it('are those of the user if no home folder is given', () => {
    const found = (HOME?: string): readonly string[] => findPrivateKeys({ env: { HOME } }).keys.age;
    expect(found('')).toEqual(findPrivateKeys({ env: {}, home: homedir() }).keys.age);
    expect(found(undefined)).toEqual(found(''));
  });

  it('include the keyring only on request', () => {
    const gpg = new GpgKeyring();
    expect(findPrivateKeys({ env: {}, home: home(), gpg }).keys.gpg).toBe(gpg);
    expect(findPrivateKeys({ env: {}, home: home() }).keys.gpg).toBeUndefined();
  });

  it.each<[string, Readonly<Record<string, string>>, Readonly<Record<string, string>>, string]>([
    [
      'a plugin identity',
      { SOPS_AGE_KEY: `${A}\n\nAGE-PLUGIN-YUBIKEY-1SECRET` },
      {},
      'the environment variable "SOPS_AGE_KEY" has a plugin identity in line 3, which only the sops command can use',
    ],
    [
      'another text',
      { SOPS_AGE_KEY_FILE: 'HOME/own' },
      { own: `SECRET\n${A}` },
      'the file in "SOPS_AGE_KEY_FILE" has something other than an age identity in line 1; must be AGE-SECRET-KEY-1...',
    ],
    [
      'an identity with one character too few',
      {},
      { [LINUX]: `${A}\n${identity('A', 57)}` },
      'the file "sops/age/keys.txt" has something other than an age identity in line 2; must be AGE-SECRET-KEY-1...',
    ],
    [
      'an identity in small letters',
      {},
      { [LINUX]: `${A}\n${A.toLowerCase()}` },
      'the file "sops/age/keys.txt" has something other than an age identity in line 2; must be AGE-SECRET-KEY-1...',
    ],
    [
      'an identity with more behind it',
      {},
      { [LINUX]: `${A}\n${B} SECRET` },
      'the file "sops/age/keys.txt" has something other than an age identity in line 2; must be AGE-SECRET-KEY-1...',
    ],
    [
      'an identity with more before it',
      {},
      { [LINUX]: `${A}\nSECRET ${B}` },
      'the file "sops/age/keys.txt" has something other than an age identity in line 2; must be AGE-SECRET-KEY-1...',
    ],
    [
      'a file that is missing',
      { SOPS_AGE_KEY: A, SOPS_AGE_KEY_FILE: 'HOME/missing' },
      {},
      'the file in "SOPS_AGE_KEY_FILE" cannot be read: ENOENT',
    ],
    [
      'a folder in place of the file',
      { SOPS_AGE_KEY: A },
      { [`${LINUX}/x`]: '' },
      'the file "sops/age/keys.txt" cannot be read: EISDIR',
    ],
    [
      'an ssh key',
      { SOPS_AGE_KEY: A, SOPS_AGE_SSH_PRIVATE_KEY_FILE: 'x' },
      {},
      '"SOPS_AGE_SSH_PRIVATE_KEY_FILE" names an ssh key, which only the sops command can use',
    ],
    [
      'a command',
      { SOPS_AGE_KEY: A, SOPS_AGE_KEY_CMD: 'x' },
      {},
      '"SOPS_AGE_KEY_CMD" names a command that prints keys, which only the sops command can use',
    ],
  ])('are reported, without their text, where it is %s', (_, variables, files, message) => {
    const root = home(files);
    const env = Object.fromEntries(
      Object.entries(variables).map(([name, value]) => [name, value.replace('HOME', root)]),
    );
    const { keys, findings } = findPrivateKeys({ env, home: root });
    expect(keys.age).toEqual([A]);
    expect(findings).toEqual([
      expect.objectContaining({ code: 'sops-key-unusable', severity: 'warning', message }),
    ]);
    expect(JSON.stringify(findings)).not.toMatch(/SECRET(?!-KEY-1\.\.\.)[^.]/);
  });
});
