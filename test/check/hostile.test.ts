import { checkTree } from '../../lib/check/check-tree';
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
