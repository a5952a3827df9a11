import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const SCRIPT = join(__dirname, '../../scripts/mutate.mjs');

const SOURCE = `
const ADULT = [18];
export const isAdult = (age: number): boolean => age >= ADULT[0]!;
export function countTo(limit: number): number {
  let count = 0;
  while (count < limit) {
    count += 1;
  }
  return count;
}
export const double = (value: number): number => value * 2;
let known: number | undefined;
export const remembered = (value: number): number => (known ??= value + 1);
`;

const TESTS = `
import { countTo, isAdult, remembered } from 'tiny';
describe.each([[17, false], [30, true]])('a person of %j', (age, expected) => {
  it('may be an adult', () => expect(isAdult(age)).toBe(expected));
});
it('matches its snapshot', () => expect(isAdult(18)).toMatchInlineSnapshot('true'));
it('counts', async () => expect(countTo(2)).toBe(await Promise.resolve(2)));
it('remembers a number', () => expect(remembered(1)).toBe(2));
it('remembers it still', () => expect(remembered(5)).toBe(2));
it('is wrong in one process', () => expect(isAdult(18)).toBe('elsewhere'));
`;

const FILES = {
  'package.json': '{}',
  'jest.config.js': `module.exports = { moduleNameMapper: { '^tiny$': '<rootDir>/lib/tiny/numbers.ts' } };`,
  'lib/tiny/numbers.ts': SOURCE,
  'test/tiny/numbers.test.ts': TESTS,
  'test/tiny/other.test.ts': `jest.mock('node:fs'); it('passes', () => {});`,
  'test/tiny/slow.long.test.ts': `it('never ends', () => { for (;;); });`,
};

/** What `npm run mutate` prints for a project of one small room. */
function mutate(): string[] {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'tiny-')));
  try {
    for (const [file, text] of Object.entries(FILES)) {
      mkdirSync(join(root, dirname(file)), { recursive: true });
      writeFileSync(join(root, file), text);
    }
    const args = [SCRIPT, 'tiny', '--root', root, '--count', '1000'];
    return execFileSync(process.execPath, args, { encoding: 'utf8' }).split('\n');
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

describe('the measurement of tests with mutants', () => {
  let lines: string[] = [];
  beforeAll(() => {
    lines = mutate();
  }, 120_000);
  const at = (line: number): string[] =>
    lines.filter((text) => text.startsWith(`lib/tiny/numbers.ts:${line} `));

  it('lists what no test notices, although a snapshot would', () => {
    expect(at(3)).toEqual(['lib/tiny/numbers.ts:3  age >= ADULT[0]!  ->  age > ADULT[0]!']);
  });

  it('finds faults in what a module computes while it is loaded, and in what it remembers', () => {
    expect([...at(2), ...at(13)]).toEqual([]);
  });

  it('marks what no test runs', () => {
    expect(at(11)).toContain('lib/tiny/numbers.ts:11  value * 2  ->  value / 2  (no test runs it)');
  });

  it('ends endless loops, and counts them apart', () => {
    expect(at(6)).toEqual([]);
    expect(at(7)).toEqual([]);
    const start = lines.indexOf('timed out:');
    expect(lines.slice(start + 1, start + 3)).toEqual([
      '  lib/tiny/numbers.ts:6  { ... (3 lines)  ->  {}',
      '  lib/tiny/numbers.ts:7  count += 1  ->  count -= 1',
    ]);
    expect(lines.join('\n')).toContain(' 2 timed out, 0 did not run,');
  });

  it('names the tests that it left out', () => {
    const start = lines.indexOf('left out:');
    expect(lines.join('\n')).not.toContain('WARN');
    expect(lines.slice(start + 1, start + 5)).toEqual([
      '  test/tiny/numbers.test.ts: snapshots that are not checked: 1',
      '  test/tiny/other.test.ts: exchanges modules',
      '  test/tiny/slow.long.test.ts: takes long',
      expect.stringContaining('  test/tiny/numbers.test.ts is wrong in one process: '),
    ]);
  });
});
