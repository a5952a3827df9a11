import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { itWith } from '../tools/find-tool';
import { PackedPackage, REGISTRY } from './consumer';

const FIXTURES = join(__dirname, '..', 'fixtures', 'consumers');
const MINUTES = 60_000;
const packed = new PackedPackage();

beforeAll(() => {
  if (REGISTRY) packed.pack();
}, 5 * MINUTES);

afterAll(() => packed.remove());

/** A project with the tests of all matchers, which run unchanged in each framework. */
function project(name: string, files: readonly string[], head: string) {
  const read = (file: string): string => readFileSync(join(FIXTURES, `${file}.txt`), 'utf8');
  return packed.install(name, {
    ...Object.fromEntries(files.map((file) => [file, read(`${name}/${file}`)])),
    'matchers.test.ts': `${head}${read('matchers.test.ts')}`,
  });
}

describe('the matchers pass, and fail with their messages,', () => {
  itWith(
    'npm registry',
    REGISTRY,
    'in Jest 30',
    () => {
      const jest = project(
        'jest-30',
        ['package.json', 'tsconfig.json', 'jest.config.js', 'matchers.d.ts'],
        '',
      );
      jest.run('npx', 'tsc');
      expect(jest.run('npx', 'jest', '--ci')).toContain('6 passed');
    },
    5 * MINUTES,
  );

  itWith(
    'npm registry',
    REGISTRY,
    'in Vitest',
    () => {
      const head = "import { expect, test } from 'vitest';\n";
      const vitest = project('vitest', ['package.json', 'tsconfig.json', 'matchers.d.ts'], head);
      vitest.run('npx', 'tsc');
      expect(vitest.run('npx', 'vitest', 'run')).toContain('6 passed');
    },
    5 * MINUTES,
  );
});
