import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { diffSchema } from '../../lib/diff/report/json-schema';
import { readMarkdown } from '../diff/report/markdown-elements';
import { build } from '../tools/built';
import { HAND_WRITTEN, removeRepositories, repository, typeIn, type Typed } from './command-line';

beforeAll(build, 120_000);
afterAll(removeRepositories);

const map = HAND_WRITTEN['apps/map.yaml'];
const before = repository(HAND_WRITTEN);
const after = repository({
  ...HAND_WRITTEN,
  'apps/map.yaml': map.replace('kind: ConfigMap', 'kind: ConfigMap\ndata: { a: "1" }'),
  'apps/@team #12 <b>.yaml': map.replace('settings', 'new'),
});
const diff = (...args: string[]): Promise<Typed> => typeIn(after, {}, 'diff', before, after, ...args);
const written = (file: string): string => readFileSync(join(after, file), 'utf8');

describe('the reports of cdk8s-flux diff', () => {
  it('are text by default', async () => {
    const { stdout } = await diff();
    expect(stdout).toMatch(/^1 created, 1 changed in cluster home\n/);
    expect(stdout).toContain('created: ConfigMap shop/new at apps/@team #12 <b>.yaml:1\n');
    expect(stdout).toContain('  data');
  });

  it('are Markdown in which no value takes effect', async () => {
    const { strange, codes } = readMarkdown((await diff('--format', 'markdown')).stdout);
    expect(strange).toEqual([]);
    expect(codes).toEqual(expect.arrayContaining(['apps/@team #12 <b>.yaml:1', 'ConfigMap shop/settings']));
  });

  it('are JSON as the schema says', async () => {
    const validate = new Ajv().compile(diffSchema());
    validate(JSON.parse((await diff('--format', 'json')).stdout));
    expect(validate.errors ?? []).toEqual([]);
  });

  it('link no files from a page outside the head', async () => {
    const outside = join(before, 'page.html');
    await diff('-o', outside);
    expect(readFileSync(outside, 'utf8')).toContain('"files":""');
  });

  it('are written to several files in one run, each in the format of its ending', async () => {
    const { stdout, code } = await diff(
      '-o',
      'out/a.md',
      '--output',
      'out/b.html',
      '-o',
      'out/c.json',
      '-o',
      'out/d',
    );
    expect({ stdout, code }).toEqual({ stdout: '', code: 1 });
    expect(written('out/a.md')).toMatch(/^\*\*1 created/);
    expect(written('out/b.html')).toMatch(/^<!doctype html>/);
    expect(written('out/b.html')).toContain('"files":"../"');
    expect(JSON.parse(written('out/c.json'))).toHaveProperty('clusters');
    expect(written('out/d')).toMatch(/^1 created/);
  });

  it.each([
    [['-o', 'full.html'], 'The full report is in `full.html`.'],
    [['--full-report', 'the artifact'], 'The full report is in `the artifact`.'],
    [[], 'Run `cdk8s-flux diff --format json` for the full report.'],
  ])('say where the full report is if Markdown is cut, with %j', async (args, words) => {
    await diff('-o', 'cut.md', '--max-characters', '420', ...args);
    expect(written('cut.md').length).toBeLessThanOrEqual(420);
    expect(written('cut.md')).toContain(words);
  });

  it.each([
    [['--fail-on', 'created'], 1, '--fail-on created: 1 change\n'],
    [['--fail-on', 'destructive'], 0, ''],
    [['--fail-on', 'none', '--max-clusters', '0'], 1, '--max-clusters 0: the change reaches 1 of 1 cluster'],
    [['--max-clusters', '100%', '--fail-on', 'none'], 0, ''],
  ])('exit with the code for %j', async (args, code, words) => {
    const { code: got, stderr } = await diff(...args);
    expect({ code: got, stderr }).toEqual({ code, stderr: expect.stringContaining(words) });
  });

  it.each([
    ['--fail-on', 'gone', 'not a class of changes'],
    ['--max-clusters', 'x', 'neither a whole number nor a share'],
    ['--max-characters', '1k', 'not a whole number'],
  ])('fail for %s %s, and write nothing', async (option, value, words) => {
    const { code, stderr } = await diff(option, value, '-o', 'never.md');
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(words) });
    expect(existsSync(join(after, 'never.md'))).toBe(false);
  });

  it.each([
    ['--max-characters', '400'],
    ['--full-report', 'all.json'],
  ])('fail for %s %s without Markdown', async (option, value) => {
    const { code, stderr } = await diff(option, value, '-o', 'never.json', '-o', 'never.html');
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringContaining('this option is only for Markdown, but the report is json and html'),
    });
    expect(existsSync(join(after, 'never.json'))).toBe(false);
  });
});
