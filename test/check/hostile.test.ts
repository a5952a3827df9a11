import { checkTree } from '../../lib/check/check-tree';
import { filesOfPrograms } from '../../lib/check/facts/files/used-files';
import { assignmentProblem } from '../../lib/check/facts/releases/values-text';
import { isSameFile } from '../../lib/diff/compare/same-file';
import { bootstrapPaths } from '../../lib/graph/entries/bootstrap-commands';
import { pathPattern } from '../../lib/tree/path-pattern';
import { bootstrap, configMap, fluxKustomization, treeOf } from '../graph/tree-of';

/*
 * Each of these takes minutes where its cost grows faster than the input.
 */

const many = 100_000;

function check(files: Readonly<Record<string, string>>): string[] {
  const tree = treeOf({ ...bootstrap, ...files });
  return checkTree(tree).findings.map(({ code }) => code);
}

describe('a check', () => {
  it('reads a line of spaces before $imagepolicy once', () => {
    const line = `  a: b${' #'.repeat(many)}${' '.repeat(many)}$imagepolicy ${' '.repeat(many)}x\n`;
    expect(check({ 'clusters/prod/c.yaml': `${configMap('c')}${line}` })).toContain('marker-without-policy');
  });

  it('reads a script with many variables once', () => {
    const script = Array.from({ length: 20_000 }, (_, index) => `x${index}=1; echo $\{x${index}}`).join('\n');
    const codes = check({
      'clusters/prod/apps.yaml': fluxKustomization('apps', './apps', ['postBuild: {substitute: {a: b}}']),
      'apps/c.yaml': configMap('c', { run: `#!/bin/sh\n${script}\n` }),
    });
    expect(codes).toContain('variable-eaten');
  });
});

const terraform = 'resource "flux_bootstrap_git" "x" {';

describe('long texts of files that Flux does not read are read once', () => {
  it.each([
    ['blank lines in a block', 'a.tf', `${terraform}${'\n'.repeat(many)}  path = "a"\n}\n`, ['a']],
    ['blocks without an end', 'a.tf', `${terraform}\n`.repeat(many), []],
    [
      'blank lines around a local value',
      'a.tf',
      `${terraform}\n  path = local.p\n}\n${'\n'.repeat(many)}p = "a"\n`,
      ['a'],
    ],
    [
      'variables without an end',
      'a.tf',
      `${terraform}\n  path = var.p\n}\n${'variable "p" {'.repeat(many)}`,
      [],
    ],
    ['commands in a comment', 'a.sh', `# ${'flux bootstrap '.repeat(many)}`, []],
    ['placeholders without an end', 'a.sh', `flux bootstrap git --path=a/${'${{'.repeat(many)}`, []],
  ])('%s', (_, file, text, expected) => {
    expect(bootstrapPaths(treeOf({ [file]: text })).map(({ path }) => path)).toEqual(expected);
  });

  it('a line of letters in a page', () => {
    const text = `${'a'.repeat(many)} kubectl apply apps/*.yaml\n`;
    expect([...filesOfPrograms([{ path: 'README.md', text }])]).toContain('apps');
  });

  it.each(['${', '$(', '{{', '$a', '/..', '/a'])('paths behind many of %j in a page', (part) => {
    const text = `${part.repeat(many)} kubectl apply -f $DIR/apps/web.yaml\n`;
    expect([...filesOfPrograms([{ path: 'README.md', text }])]).toContain('apps/web.yaml');
  });

  it('quotes in a value', () => {
    expect(assignmentProblem(`'x${"'".repeat(many)}x,y'`)).toContain('comma');
  });

  it('spaces in a file that differs', () => {
    const [before, after] = ['x', 'y'].map((end) => treeOf({ 'a.txt': `${' '.repeat(many)}${end}` }));
    expect(before && after && isSameFile(before, after, 'a.txt')).toBe(false);
  });

  it.each([
    [['a', 'a', 'b'], 'axaxb', true],
    [['a', 'b'], 'a/b', false],
    [Array(1_000).fill('a'), `${'a'.repeat(4_000)}b`, false],
    [Array(5_000).fill('a'), 'a'.repeat(10_000), false],
  ])('a path with many unknown parts', (parts, path, expected) => {
    expect(pathPattern(parts)(path)).toBe(expected);
  });
});
