import { formatDiffMarkdown } from '../../lib/diff/report/markdown';
import { formatDiffText } from '../../lib/diff/report/text';
import { fluxKustomization } from '../graph/tree-of';
import { diffOf, settings } from './pair-of-trees';

const waiting = (name: string, on = 'nope') =>
  fluxKustomization(name, './apps', [`dependsOn: [{ name: ${on} }]`]);
const base = {
  'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
  'apps/one.yaml': settings('one'),
};
const added = { 'clusters/prod/one.yaml': waiting('one'), 'clusters/prod/two.yaml': waiting('two') };

describe('findings with one cause', () => {
  it('are one in a report of what is new', () => {
    const diff = diffOf(base, added);
    const found = diff.findings.new.filter(({ code }) => code === 'dependency-missing');
    expect(found.map(({ occurrences }) => occurrences?.length)).toEqual([2]);
    expect(formatDiffText(diff)).toContain(
      'concerns:\n    Kustomization "flux-system/one" at clusters/prod/one.yaml:14\n    Kustomization "flux-system/two" at',
    );
    expect(formatDiffMarkdown(diff)).toContain('`clusters/prod/one.yaml:14` and 1 more place: waits for');
  });

  it('are one in a report of what is gone', () => {
    const diff = diffOf(
      { ...base, ...added },
      Object.fromEntries(Object.keys(added).map((path) => [path, undefined])),
    );
    expect(formatDiffText(diff)).toContain(
      'error: dependency-missing at clusters/prod/one.yaml:14 and 1 more place: waits for',
    );
  });
});
