import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';

const SCHEMA = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'podinfo chart',
  type: 'object',
  required: ['replicaCount'],
  properties: {
    replicaCount: { type: 'integer', description: 'How many Pods' },
    image: { $ref: '#/definitions/image' },
    level: { enum: ['debug', 'info'] },
  },
  definitions: { image: { type: 'object', properties: { tag: { type: 'string' } } } },
};

const ROOT = join(__dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'cdk8s-flux-values-types-'));
beforeAll(() => {
  execFileSync(process.execPath, [join(ROOT, 'scripts', 'build.mjs')], { cwd: ROOT });
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** In a separate process: Prettier, which formats the type, does not load in Jest's. */
function type(line: string): { code: number | null; stdout: string; stderr: string } {
  const bin = join(ROOT, 'dist', 'lib', 'cli', 'bin.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...line.split(' ')], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { code: status, stdout, stderr };
}

function write(file: string, content: unknown): void {
  writeFileSync(join(folder, file), typeof content === 'string' ? content : JSON.stringify(content));
}

describe('cdk8s-flux values-types', () => {
  it('prints the type of the values, the same each time', () => {
    write('values.schema.json', SCHEMA);
    const { code, stdout, stderr } = type('values-types values.schema.json --name PodinfoValues');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatchInlineSnapshot(`
     "/** Made by cdk8s-flux values-types from values.schema.json. Do not edit. */

     export interface PodinfoValues {
       /**
        * How many Pods
        */
       replicaCount: number;
       image?: Image;
       level?: 'debug' | 'info';
       [k: string]: unknown;
     }
     export interface Image {
       tag?: string;
       [k: string]: unknown;
     }
     "
    `);
    expect(type('values-types values.schema.json --name PodinfoValues').stdout).toBe(stdout);
  });

  it('writes a file that compiles, with closed maps on request', () => {
    write('values.schema.json', SCHEMA);
    expect(type('values-types values.schema.json --closed -o values.ts')).toMatchObject({
      code: 0,
      stdout: '',
    });
    const text = readFileSync(join(folder, 'values.ts'), 'utf8');
    expect(text).not.toContain('unknown');
    const { diagnostics } = ts.transpileModule(text, { reportDiagnostics: true });
    expect(diagnostics).toEqual([]);
  });

  it.each<[string, unknown, string, string]>([
    ['a file that is not there', undefined, 'none.json', 'file-unreadable'],
    ['a file that is no JSON', '{', 'broken.json', 'values-schema-invalid'],
    ['a file that contains no schema', '[]', 'list.json', 'contains no schema'],
    [
      'a schema that refers to others',
      { $ref: 'https://example.com/x.json' },
      'remote.json',
      'the command downloads nothing',
    ],
    ['a name that is none', SCHEMA, 'values.schema.json --name 1x', 'not a valid type name'],
  ])('fails on %s', (_, content, args, expected) => {
    if (content !== undefined) write(args.split(' ')[0] as string, content);
    const { code, stderr } = type(`values-types ${args}`);
    expect(code).toBe(2);
    expect(stderr).toContain(expected);
  });
});
