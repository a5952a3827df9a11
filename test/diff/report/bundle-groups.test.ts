import type { Change } from '../../../lib/diff/change';
import { bundleGroups } from '../../../lib/diff/report/bundle-groups';
import { groupChanges } from '../../../lib/diff/report/group-changes';
import { formatDiffMarkdown } from '../../../lib/diff/report/markdown';
import { formatDiffText } from '../../../lib/diff/report/text';
import { change, cluster, diffOf } from './diffs';

const named = (name: string, given: Partial<Change> = {}) =>
  change({ class: 'deleted', object: { group: '', kind: 'ConfigMap', namespace: 'shop', name }, ...given });
const diff = diffOf([cluster('eu', [named('a'), named('b'), named('c')])]);

describe('the same fate of several objects', () => {
  it('is reported once, with the objects', () => {
    expect(formatDiffText(diff)).toBe(
      '3 deleted in cluster eu\n\ndeleted: 3 objects\n  ConfigMap shop/a, ConfigMap shop/b, ConfigMap shop/c\n  each: Flux applies the new fields\n  applied by: flux-system/shop\n',
    );
    const markdown = formatDiffMarkdown(diff);
    expect(markdown).toContain(
      '### Deleted (3)\n\n- **deleted** `3 objects`: each: Flux applies the new fields\n',
    );
    expect(markdown).toContain('  - `ConfigMap shop/a`, `ConfigMap shop/b`, `ConfigMap shop/c`\n');
  });

  it.each<[string, Partial<Change>]>([
    ['class', { class: 'changed' }],
    ['owner', { owner: 'flux-system/other' }],
    ['former owner', { formerOwner: 'flux-system/other' }],
    ['message', { message: 'Flux does something else' }],
    ['hint', { hint: 'do this' }],
    ['field', { fields: [{ path: 'spec.replicas', before: 1, after: 2 }] }],
    ['versions', { versions: [{ of: 'chart', name: 'a', before: '1', after: '2', step: 'major' }] }],
    ['what goes with it', { alongWith: [{ group: '', kind: 'ConfigMap', name: 'x' }] }],
  ])('is reported separately for each %s', (_, given) => {
    expect(bundleGroups(groupChanges(diffOf([cluster('eu', [named('a'), named('b', given)])])))).toHaveLength(
      2,
    );
  });

  it('is reported separately for different clusters', () => {
    const groups = groupChanges(
      diffOf([cluster('eu', [named('a'), named('b')]), cluster('us', [named('a')])]),
    );
    expect(bundleGroups(groups).map(({ clusters }) => clusters)).toEqual([['eu', 'us'], ['eu']]);
  });
});
