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

function fixture(...names: string[]): Record<string, string> {
  return Object.fromEntries(
    names.map((name) => [
      name.split('/').slice(1).join('/'),
      readFileSync(join(FIXTURES, `${name}.txt`), 'utf8'),
    ]),
  );
}

describe('the packed package', () => {
  itWith(
    'npm registry',
    REGISTRY,
    'works in a stock cdk8s TypeScript app: CommonJS, ts-node, Jest 29, types included',
    () => {
      const stock = packed.install(
        'stock',
        fixture(
          'stock/package.json',
          'stock/tsconfig.json',
          'stock/jest.config.js',
          'stock/cdk8s.yaml',
          'stock/main.ts',
          'stock/main.test.ts',
        ),
      );
      stock.run('npx', 'tsc', '--noEmit');
      stock.run('npx', 'jest');
      stock.run('npx', 'cdk8s', 'synth');
      expect(stock.read('cluster-resources/flux/web.yaml')).toContain('path: ./cluster-resources/web\n');
      expect(stock.run('npx', 'cdk8s-flux', 'synth', '--check')).toContain('up to date');
    },
    5 * MINUTES,
  );

  itWith(
    'npm registry',
    REGISTRY,
    'works in an ESM app, types included',
    () => {
      const esm = packed.install(
        'esm',
        fixture(
          'esm/package.json',
          'esm/tsconfig.json',
          'esm/main.ts',
          'esm/plain.mjs',
          'esm/bare/tsconfig.json',
          'esm/bare/main.ts',
        ),
      );
      esm.run('npx', 'tsc');
      // Without the types of Node, which an app may not have.
      esm.run('npx', 'tsc', '-p', 'bare');
      expect(esm.run('node', 'build/main.js')).toContain('path: ./cluster-resources/web\n');
      expect(esm.run('node', 'plain.mjs')).toContain('path: ./cluster-resources/web\n');
    },
    5 * MINUTES,
  );
});
