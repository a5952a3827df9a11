import { checkTree } from '../../../lib/check/check-tree';
import { Excerpts } from '../../../lib/check/report/excerpts';
import { finding } from '../../../lib/findings/finding';
import { Masker } from '../../../lib/mask/masker';
import { treeOf } from '../../graph/tree-of';

const FILE = 'apps/a.yaml';
const tree = treeOf({ [FILE]: 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n' });

const excerpt = (column: number): string[] =>
  new Excerpts(tree, Masker.of({ clusters: [], findings: [] }, tree)).of(
    finding({
      code: 'yaml-invalid',
      severity: 'error',
      message: 'm',
      locations: [{ file: FILE, line: 2, column }],
    }),
  );

describe('an excerpt', () => {
  it.each([
    [1, ['2 | kind: ConfigMap', '  | ^']],
    [15, ['2 | kind: ConfigMap', '  |               ^']],
  ])('underlines column %d', (column, lines) => {
    expect(excerpt(column)).toEqual(lines);
  });

  it.each([0, -1, 16])('underlines nothing if the line has no column %d', (column) => {
    expect(excerpt(column)).toEqual(['2 | kind: ConfigMap']);
  });

  it('does not show a byte order mark, nor count it as a column', () => {
    const marked = treeOf({
      'clusters/prod/a.yaml':
        '\ufeffapiVersion: source.toolkit.fluxcd.io/v1beta2\nkind: HelmRepository\nmetadata: { name: a, namespace: b }\n',
    });
    const { findings, masker } = checkTree(marked, {
      entries: ['clusters/prod'],
      settings: { fluxVersion: '2.9' },
    });
    const found = findings.find(({ code }) => code === 'removed-api');
    expect(found?.locations[0]).toMatchObject({ line: 1, column: 1, endColumn: 45 });
    expect(found && new Excerpts(marked, masker).of(found)[0]).toBe(
      '1 | apiVersion: source.toolkit.fluxcd.io/v1beta2',
    );
  });
});
