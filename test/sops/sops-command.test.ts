import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SopsCommand, sopsCommandNeeded, type SopsChange } from '../../lib/sops/sops-command';

const folder = mkdtempSync(join(tmpdir(), 'sops-command-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const LOG = join(folder, 'log');

/** A program in place of sops, which notes how it is called, and the command with it. */
function command(script: string): SopsCommand {
  const program = join(folder, 'sops');
  rmSync(LOG, { force: true });
  writeFileSync(program, `#!/bin/sh\nfor arg in "$@"; do printf '%s|' "$arg" >> ${LOG}; done\n${script}\n`);
  chmodSync(program, 0o755);
  return new SopsCommand({ command: program, cwd: folder, env: { PATH: process.env['PATH'], OWN: 'own' } });
}

const NOTE_INPUT = `cat >> ${LOG}; printf '\\n' >> ${LOG}`;

/** The calls, with the temporary file as FILE. */
const calls = (): string[] =>
  readFileSync(LOG, 'utf8')
    .trimEnd()
    .replaceAll(/[^|\n]*\/secret\.yaml/g, 'FILE')
    .split('\n');

const change = (wish: Partial<SopsChange>): SopsChange => ({ set: [], unset: [], rotate: false, ...wish });
const BYTES = Buffer.from('a: ENC[x]\n');

describe('the sops command', () => {
  it('encrypts by the rules for a path, in its folder and environment', () => {
    const sops = command(`${NOTE_INPUT}; printf '%s %s' "$OWN" "$PWD"`);
    expect(String(sops.encrypt(Buffer.from('a: 1'), 'apps/a.yaml'))).toBe(`own ${folder}`);
    expect(calls()).toEqual([
      'encrypt|--input-type|yaml|--output-type|yaml|--filename-override|apps/a.yaml|a: 1',
    ]);
  });

  it('decrypts to plain data', () => {
    const sops = command(`${NOTE_INPUT}; printf '{"a":{"b":1}}'`);
    expect(sops.decrypt(BYTES)).toEqual({ a: { b: 1 } });
    expect(calls()).toEqual([
      'decrypt|--input-type|yaml|--output-type|json|--filename-override|secret.yaml|a: ENC[x]',
    ]);
  });

  it.each([
    [
      'sets values, each by standard input',
      change({
        set: [
          [['data', 'a"b'], 'x'],
          [['n'], [1]],
        ],
      }),
      ['set|--value-stdin|FILE|["data"]["a\\"b"]|"x"', 'set|--value-stdin|FILE|["n"]|[1]'],
    ],
    [
      'takes values away',
      change({ unset: [['data', 'a'], ['b']] }),
      ['unset|FILE|["data"]["a"]|', 'unset|FILE|["b"]|'],
    ],
    ['renews the data key', change({ rotate: true }), ['rotate|--in-place|FILE|']],
    [
      'does these in this order',
      change({ set: [[['a'], 1]], unset: [['b']], rotate: true }),
      ['set|--value-stdin|FILE|["a"]|1', 'unset|FILE|["b"]|', 'rotate|--in-place|FILE|'],
    ],
  ])('%s', (_, wish, expected) => {
    const script = `for file in "$@"; do case "$file" in */secret.yaml) printf '+' >> "$file";; esac; done`;
    const sops = command(`${NOTE_INPUT}; ${script}`);
    expect(String(sops.change(BYTES, wish))).toBe(`a: ENC[x]\n${'+'.repeat(expected.length)}`);
    expect(calls()).toEqual(expected);
  });

  it('changes nothing if nothing is to be changed', () => {
    const sops = command('exit 1');
    expect(sops.change(BYTES, change({}))).toEqual(BYTES);
    expect(existsSync(LOG)).toBe(false);
  });

  it('stops at the first step that fails', () => {
    const sops = command(`${NOTE_INPUT}; test "$1" = set`);
    const wish = change({ set: [[['a'], 1]], unset: [['b'], ['c']], rotate: true });
    expect(sops.change(BYTES, wish)).toBeUndefined();
    expect(calls()).toEqual(['set|--value-stdin|FILE|["a"]|1', 'unset|FILE|["b"]|']);
  });

  it('leaves no file behind, and lets nobody else read the one that it changes', () => {
    const before = readdirSync(tmpdir()).filter((name) => name.startsWith('cdk8s-flux-'));
    const sops = command(
      `for file in "$@"; do true; done; ls -l "$4" "$3" 2>/dev/null | cut -c1-10 > ${LOG}`,
    );
    sops.change(BYTES, change({ set: [[['a'], 1]] }));
    expect(readFileSync(LOG, 'utf8').trim()).toBe('-rw-------');
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('cdk8s-flux-'))).toEqual(before);
    expect(statSync(folder).isDirectory()).toBe(true);
  });

  it.each([
    ['fails', 'exit 3'],
    ['prints something and fails', 'printf "{}"; exit 1'],
    ['ends by a signal', 'printf "{}"; kill -9 $$'],
  ])('gives nothing if it %s', (_, script) => {
    const sops = command(script);
    expect(sops.encrypt(BYTES, 'a.yaml')).toBeUndefined();
    expect(sops.decrypt(BYTES)).toBeUndefined();
    expect(sops.change(BYTES, change({ rotate: true }))).toBeUndefined();
  });

  it('gives nothing if it does not exist, or prints no JSON', () => {
    expect(new SopsCommand({ command: 'no-such-sops' }).decrypt(BYTES)).toBeUndefined();
    expect(command('printf "SECRET: {"').decrypt(BYTES)).toBeUndefined();
  });

  it('may be needed: the hint names a command that works', () => {
    expect(sopsCommandNeeded({ file: "it's a.yaml", constructPath: 'prod/a' })).toMatchObject({
      code: 'sops-command-needed',
      hint: expect.stringContaining("sops decrypt 'it'\\''s a.yaml'"),
      locations: [{ file: "it's a.yaml", constructPath: 'prod/a' }],
    });
    expect(sopsCommandNeeded({}).hint).toMatch(/sops decrypt ''$/);
  });
});
