import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SettledValue } from '../../../lib/sops/values/resolved-value';
import {
  deferCommand,
  readEnvFile,
  readEnvironment,
  readFile,
  type ValueContext,
} from '../../../lib/sops/values/value-sources';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'values-')));
afterAll(() => rmSync(root, { recursive: true }));
writeFileSync(join(root, 'file'), 'a\n');
writeFileSync(join(root, 'empty'), '');
writeFileSync(join(root, '.env'), 'TOKEN="a b" # a comment\nEMPTY=\nexport OTHER=c\n');
mkdirSync(join(root, 'folder'));

const context: ValueContext = {
  root,
  env: { TOKEN: 'a', EMPTY: '', ZERO: '0', PATH: process.env['PATH'] },
};
const shown = (value: SettledValue): string =>
  value.kind === 'value'
    ? JSON.stringify(Buffer.from(value.bytes).toString())
    : value.kind === 'missing'
      ? value.lookedFor
      : value.kind;

describe('a value', () => {
  it.each([
    ['TOKEN', '"a"'],
    ['ZERO', '"0"'],
    ['EMPTY', 'environment variable "EMPTY" (empty)'],
    ['OTHER', 'environment variable "OTHER" (not set)'],
  ])('of the environment variable %s is %s', (name, expected) => {
    expect(shown(readEnvironment(name, context))).toBe(expected);
  });

  it('is that of this process if no environment is given', () => {
    expect(shown(readEnvironment('PATH', { root }))).toBe(JSON.stringify(process.env['PATH']));
  });

  it.each([
    ['.env', 'TOKEN', '"a b"'],
    ['.env', 'OTHER', '"c"'],
    ['.env', 'EMPTY', 'variable "EMPTY" in file ".env" (empty)'],
    ['.env', 'MISSING', 'variable "MISSING" in file ".env" (not found)'],
    ['missing.env', 'TOKEN', 'file "missing.env" (not found)'],
  ])('in the file %s of the variable %s is %s', (file, name, expected) => {
    expect(shown(readEnvFile(file, name, context))).toBe(expected);
  });

  it.each([
    ['file', '"a\\n"'],
    ['./folder/../file', '"a\\n"'],
    [join(root, 'file'), '"a\\n"'],
    ['empty', '""'],
    ['folder', 'file "folder" (EISDIR)'],
    ['missing', 'file "missing" (not found)'],
    ['file/x', 'file "file/x" (ENOTDIR)'],
  ])('of the file %s is %s', (file, expected) => {
    expect(shown(readFile(file, context))).toBe(expected);
  });
});

describe('what a command prints', () => {
  const run = (script: string): string => {
    const value = deferCommand('sh', ['-c', script], context);
    return value.kind === 'deferred' ? shown(value.settle()) : '';
  };

  it.each([
    ['printf a', '"a"'],
    ['printf "a\\n"', '"a"'],
    ['printf "a\\r\\n"', '"a"'],
    ['printf "a\\n\\n"', '"a\\n"'],
    ['printf "a\\r"', '"a\\r"'],
    ['printf " a b "', '" a b "'],
    ['printf "$TOKEN in $PWD"', JSON.stringify(`a in ${root}`)],
    ['true', 'command "sh" (printed nothing)'],
    ['printf "\\n"', 'command "sh" (printed nothing)'],
    ['printf "\\r\\n"', 'command "sh" (printed nothing)'],
    ['printf a; exit 3', 'command "sh" (failed with 3)'],
    ['printf a; kill -9 $$', 'command "sh" (failed with SIGKILL)'],
  ])('by %s is %s', (script, expected) => {
    expect(run(script)).toBe(expected);
  });

  it('is missing, without its arguments, if there is no such command', () => {
    const value = deferCommand('no-such-command', ['--token', 'SECRET'], context);
    expect(value.kind === 'deferred' && [value.lookedFor, shown(value.settle())]).toEqual([
      'command "no-such-command"',
      'command "no-such-command" (not found)',
    ]);
  });

  it('is asked for only when it is needed, and once', () => {
    const value = deferCommand('sh', ['-c', 'test ! -e once && touch once && printf a'], context);
    expect(existsSync(join(root, 'once'))).toBe(false);
    if (value.kind !== 'deferred') throw new Error(value.kind);
    expect([shown(value.settle()), shown(value.settle())]).toEqual(['"a"', '"a"']);
  });
});
