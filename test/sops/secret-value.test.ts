import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { settled } from '../../lib/sops/values/resolved-value';
import { SecretValue } from '../../lib/sops/values/secret-value';

const PLAIN = 'correct horse battery staple';
const root = mkdtempSync(join(tmpdir(), 'cdk8s-flux-values-'));
const context = { root, env: { TOKEN: PLAIN, EMPTY: '' } };

beforeAll(() => {
  writeFileSync(join(root, 'token.txt'), PLAIN);
  writeFileSync(join(root, '.env'), `# a comment\nTOKEN="${PLAIN}"\n`);
});

afterAll(() => rmSync(root, { recursive: true }));

/** The value as text, or the place where it was looked for. */
function resolve(value: SecretValue, entry = 'TOKEN'): string {
  const resolved = settled(value.lookUp(context, entry), true);
  if (resolved.kind === 'missing') return `missing: ${resolved.lookedFor}`;
  return Buffer.from(resolved.kind === 'value' ? resolved.bytes : resolved.make()).toString('utf8');
}

describe('SecretValue', () => {
  it.each<[string, SecretValue]>([
    ['the environment', SecretValue.env('TOKEN')],
    ['a file of variables, by the entry’s name', SecretValue.envFile('.env')],
    ['a file of variables, by another name', SecretValue.envFile('.env', 'TOKEN')],
    ['a file', SecretValue.file('token.txt')],
    ['a command', SecretValue.command([process.execPath, '-e', `console.log(${JSON.stringify(PLAIN)})`])],
    ['the code', SecretValue.literal(PLAIN)],
  ])('comes from %s, and is shown by nothing', (_name, value) => {
    expect(resolve(value)).toBe(PLAIN);
    const shown = [
      inspect(value, { showHidden: true, depth: 9 }),
      JSON.stringify({ value }),
      String(value),
      `${value.description}`,
    ];
    for (const text of shown) expect(text).not.toContain(PLAIN);
    expect(JSON.stringify(Object.entries(value))).not.toContain(PLAIN);
    expect(inspect(structuredClone({ ...value }))).not.toContain(PLAIN);
  });

  it('creates random text of the requested length and alphabet', () => {
    const text = resolve(SecretValue.generate({ length: 40, alphabet: 'abc' }));
    expect(text).toMatch(/^[abc]{40}$/);
    expect(resolve(SecretValue.generate({ length: 40 }))).not.toBe(
      resolve(SecretValue.generate({ length: 40 })),
    );
  });

  it.each<[string, SecretValue, RegExp]>([
    ['a variable that is not set', SecretValue.env('OTHER'), /environment variable "OTHER" \(not set\)/],
    ['a variable that is empty', SecretValue.env('EMPTY'), /environment variable "EMPTY" \(empty\)/],
    [
      'a variable that its file lacks',
      SecretValue.envFile('.env', 'OTHER'),
      /"OTHER" in file ".env" \(not found\)/,
    ],
    ['a file that is not there', SecretValue.file('none.txt'), /none\.txt/],
    ['a command that fails', SecretValue.command([process.execPath, '-e', 'process.exit(3)']), /3/],
  ])('says where it looked: %s', (_name, value, expected) => {
    expect(resolve(value)).toMatch(/^missing: /);
    expect(resolve(value)).toMatch(expected);
  });

  it('is combined from others, and reports what is wrong with each', () => {
    const parts = { user: SecretValue.notSecret('robot'), token: SecretValue.env('TOKEN') };
    const value = SecretValue.combine(parts, ({ user, token }) => `${user}:${token}`);
    expect(resolve(value)).toBe(`robot:${PLAIN}`);
    expect(value.check('TOKEN')).toEqual([]);
    expect(String(value)).toBe('[secret: combination of no secret, env TOKEN]');
    const missing = SecretValue.combine({ token: SecretValue.env('OTHER') }, ({ token }) => token);
    expect(resolve(missing)).toBe('missing: environment variable "OTHER" (not set)');
    const literal = SecretValue.combine({ token: SecretValue.literal(PLAIN) }, ({ token }) => token);
    expect(literal.check('TOKEN').map(({ code }) => code)).toEqual(['secret-literal']);
  });

  it('is created once if a part of it is generated', () => {
    const value = SecretValue.combine(
      { token: SecretValue.generate({ length: 9 }) },
      ({ token }) => `<${token}>`,
    );
    expect(value.lookUp(context, 'TOKEN').kind).toBe('generate');
    expect(resolve(value)).toMatch(/^<.{9}>$/);
  });

  it('fails on a command without a program', () => {
    expect(() => SecretValue.command([])).toThrow(/secret-command-empty/);
  });
});
