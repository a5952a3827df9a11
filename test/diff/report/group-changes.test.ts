import fc from 'fast-check';
import { CHANGE_CLASSES } from '../../../lib/diff/change';
import { countClasses, groupChanges } from '../../../lib/diff/report/group-changes';
import { firstNames } from '../../../lib/plain/first-names';
import { change, cluster, diffOf } from './diffs';

describe('changes of several clusters', () => {
  it('are reported once if they are equal, with all clusters, whatever the files', () => {
    const inFile = (file: string) => [change({ location: { file, line: 1 } })];
    const groups = groupChanges(diffOf([cluster('b', inFile('b.yaml')), cluster('a', inFile('a.yaml'))]));
    expect(groups).toHaveLength(1);
    expect(groups[0]?.clusters).toEqual(['a', 'b']);
    expect(groups[0]?.locations.map(({ file }) => file)).toEqual(['b.yaml', 'a.yaml']);
  });

  it.each([
    ['class', { class: 'restarted' }],
    ['object', { object: { group: 'apps', kind: 'Deployment', namespace: 'shop', name: 'api' } }],
    ['group', { object: { group: 'other', kind: 'Deployment', namespace: 'shop', name: 'web' } }],
    ['owner', { owner: 'flux-system/other' }],
    ['former owner', { formerOwner: 'flux-system/other' }],
    ['message', { message: 'Flux does something else' }],
    ['hint', { hint: 'do this' }],
    ['field', { fields: [{ path: 'spec.replicas', before: 1, after: 2 }] }],
    ['versions', { versions: [{ of: 'chart', name: 'a', before: '1', after: '2', step: 'major' }] }],
    ['what goes with it', { alongWith: [{ group: '', kind: 'ConfigMap', name: 'c' }] }],
  ] as const)('are distinguished by their %s', (_, given) => {
    expect(groupChanges(diffOf([cluster('a', [change()]), cluster('b', [change(given)])]))).toHaveLength(2);
  });

  it('are distinguished by a field that is null in one and not set in another', () => {
    const withValue = (after?: null) => [change({ fields: [{ path: 'spec.x', before: 1, after }] })];
    expect(groupChanges(diffOf([cluster('a', withValue(null)), cluster('b', withValue())]))).toHaveLength(2);
  });

  it('are separate from changes of the repository’s policy', () => {
    const groups = groupChanges(diffOf([cluster('a', [change()])], { policy: [change()] }));
    expect(groups.map(({ clusters }) => clusters)).toEqual(expect.arrayContaining([[], ['a']]));
  });

  it('are in the order of classes, then of identities, whatever the order of the clusters', () => {
    const names = fc.uniqueArray(
      fc.tuple(fc.constantFrom(...CHANGE_CLASSES), fc.constantFrom('a', 'b', 'c')),
      {
        maxLength: 12,
        selector: (pair) => pair.join(),
      },
    );
    fc.assert(
      fc.property(names, fc.infiniteStream(fc.boolean()), (pairs, choice) => {
        const changes = pairs.map(([name, object]) =>
          change({ class: name, object: { group: '', kind: 'ConfigMap', name: object } }),
        );
        const isFirst = changes.map(() => choice.next().value === true);
        const clusters = [true, false].map((first) =>
          cluster(
            first ? 'x' : 'y',
            changes.filter((_, index) => isFirst[index] === first),
          ),
        );
        const told = groupChanges(diffOf(clusters)).map(({ change: { class: name, object } }) => [
          CHANGE_CLASSES.indexOf(name),
          object?.name,
        ]);
        const sorted = pairs
          .map(([name, object]): [number, string] => [CHANGE_CLASSES.indexOf(name), object])
          .sort(([a, x], [b, y]) => a - b || (x < y ? -1 : 1));
        expect(told).toEqual(sorted);
      }),
      { numRuns: 60 },
    );
  });

  it('are counted by class, the worst first', () => {
    const groups = groupChanges(
      diffOf([cluster('a', [change(), change({ class: 'deleted' }), change({ owner: 'x/y' })])]),
    );
    expect(countClasses(groups)).toEqual([
      ['deleted', 1],
      ['changed', 2],
    ]);
  });
});

describe('a list of names', () => {
  it.each([
    [['a'], 'a'],
    [['a', 'b', 'c', 'd'], 'a, b, c, d'],
    [['a', 'b', 'c', 'd', 'e'], 'a, b, c and 2 more'],
  ])('%j is %j', (names, text) => {
    expect(firstNames(names)).toBe(text);
  });
});
