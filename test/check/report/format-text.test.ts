import { checkTree } from '../../../lib/check/check-tree';
import { formatText } from '../../../lib/check/report/format-text';
import type { Finding } from '../../../lib/findings/finding';
import { bootstrap, treeOf } from '../../graph/tree-of';

const info = (code: string, line: number, more: Partial<Finding> = {}): Finding =>
  ({
    ...{ code, severity: 'info', message: `message ${line}`, hint: 'do it', fingerprint: String(line) },
    locations: [{ file: 'clusters/prod/a.yaml', line }],
    ...more,
  }) as Finding;

function textOf(...findings: readonly Finding[]): string {
  const tree = treeOf(bootstrap);
  return formatText({ ...checkTree(tree), findings }, tree);
}

/** The first line of each block. */
const heads = (text: string) =>
  text
    .split('\n\n')
    .slice(0, -1)
    .map((block) => block.split('\n')[0]);

describe('infos', () => {
  it('come after warnings, in the order of their codes', () => {
    const warning = info('crd-race', 3, { severity: 'warning' });
    expect(
      heads(textOf(info('orphan-file', 1), info('source-unused', 2), warning, info('orphan-file', 4))),
    ).toEqual([
      'warning: crd-race at clusters/prod/a.yaml:3',
      'info: orphan-file at clusters/prod/a.yaml:1',
      'info: orphan-file at clusters/prod/a.yaml:4',
      'info: source-unused at clusters/prod/a.yaml:2',
    ]);
  });

  it('of the report as a whole stay first', () => {
    const assumed = info('entry-guessed', 1, { locations: [{}] });
    expect(heads(textOf(assumed, info('crd-race', 3, { severity: 'error' })))).toEqual([
      'info: entry-guessed',
      'error: crd-race at clusters/prod/a.yaml:3',
    ]);
  });

  it('of one code have one line each from three on', () => {
    expect(
      textOf(info('orphan-file', 1), info('orphan-file', 2, { field: 'spec.x' }), info('orphan-file', 3)),
    ).toMatch(
      [
        'info: orphan-file, 3 times',
        '  clusters/prod/a.yaml:1: message 1',
        '  clusters/prod/a.yaml:2: spec.x: message 2',
        '  clusters/prod/a.yaml:3: message 3',
        '  fix: do it',
        '',
      ].join('\n'),
    );
  });

  it('that say the same of files of one name, as each cluster has them, have one line', () => {
    const missing = (cluster: string, more: Partial<Finding> = {}) =>
      info('listed-file-missing', 4, {
        locations: [{ file: `clusters/${cluster}/kustomization.yaml`, line: 4 }],
        ...more,
      });
    const two = { message: 'message of two' };
    const other = { locations: [{ file: 'apps/other.yaml', line: 4 }] };
    const all = [
      ...['a', 'b', 'c'].map((one) => missing(one)),
      missing('d', two),
      missing('e', two),
      missing('f', other),
    ];
    expect(textOf(...all)).toContain(
      [
        'info: listed-file-missing, 6 times',
        '  clusters/a/kustomization.yaml:4 and 2 more: message 4',
        '  clusters/d/kustomization.yaml:4, clusters/e/kustomization.yaml:4: message of two',
        '  apps/other.yaml:4: message 4',
        '  fix: do it',
      ].join('\n'),
    );
  });

  it('with different advice have it below each line', () => {
    const [one, two, three] = [1, 2, 3].map((line) => info('orphan-file', line, { hint: `do ${line}` }));
    expect(textOf(one as Finding, two as Finding, three as Finding)).toContain(
      '  clusters/prod/a.yaml:2: message 2\n    fix: do 2\n  clusters/prod/a.yaml:3: message 3\n    fix: do 3\n',
    );
  });

  it('with details are printed in full', () => {
    const detailed = info('orphan-file', 2, { details: ['More of it'] });
    expect(textOf(info('orphan-file', 1), detailed, info('orphan-file', 3))).toContain('    More of it\n');
  });

  it('have no line that a terminal or a runner obeys', () => {
    const hostile = ['\u001b]0;x', '\n::error::x', '##vso[x]'].map((message, line) =>
      info('orphan-file', line + 1, { message }),
    );
    expect(textOf(...hostile)).toMatch(/\\x1b\]0;x[^]*: \\n::error[^]*: #\\#vso/);
  });
});
