import { Fleet, GitOpsApp, Setting } from '../../lib';
import { problemsOf } from './article-fleet';

const eu = { environment: 'production', region: 'eu-west-1' };

/** The findings of a fleet in a program without types. */
function problems(props: object): readonly string[] {
  const app = new GitOpsApp();
  new Fleet(app, 'fleet', props as never);
  return problemsOf(app);
}

const withSetting = (setting: Setting<unknown>, value: unknown) =>
  problems({ settings: { it: setting }, clusters: { a: { ...eu, settings: { it: value } } } });
const cluster = (more: object) => problems({ clusters: { a: { ...eu, ...more } } });
const rings = (...given: readonly object[]) =>
  problems({ clusters: { a: eu, b: { ...eu, region: 'b' } }, rings: given });

describe('the limits of a fleet', () => {
  it.each([
    ['a number above the most', Setting.number({ max: 3 }), 4, 'must be a whole number of at most 3'],
    ['a number between whole ones', Setting.number(), 1.5, 'must be a whole number'],
    ['an empty text', Setting.text(), '', 'must not be empty'],
    ['what is no text', Setting.text(), 5, 'must be a string'],
    ['a text that a pattern only begins', Setting.text({ pattern: /[a-z]+/ }), 'abc1', 'must match /[a-z]+/'],
  ])('fail on %s', (_, setting, value, expected) => {
    expect(withSetting(setting, value)).toEqual([expect.stringContaining(expected)]);
  });

  it.each([
    ['the most', Setting.number({ max: 3 }), 3],
    ['a number between whole ones, where they are allowed', Setting.number({ integer: false }), 1.5],
    [
      'a text of a pattern, of which each use looks at the whole',
      Setting.text({ pattern: /[a-z]+/g }),
      'abc',
    ],
  ])('allow %s', (_, setting, value) => {
    expect(withSetting(setting, value)).toEqual([]);
    expect(withSetting(setting, value)).toEqual([]);
  });

  it.each(['1.34', 'v1.34.2', '1.34.2-eks.1', '1.34.0+k3s1'])('allow the version %s', (version) => {
    expect(cluster({ kubernetesVersion: version })).toEqual([]);
  });

  it.each(['1', '1.x', '1.34.2-', '1.34 ', '>=1.34'])('fail on the version %j', (version) => {
    expect(cluster({ kubernetesVersion: version })).toEqual([
      expect.stringContaining('must be a version such as "1.34"'),
    ]);
  });

  it('fail on a cluster without a region, and a layout with a missing value', () => {
    expect(problems({ clusters: { a: { environment: 'production' } } })).toContainEqual(
      expect.stringMatching(/clusters\.a\.region: .*string/),
    );
    expect(problems({ layout: { path: './clusters/{provider}/{name}' }, clusters: { a: eu } })).toEqual([
      expect.stringContaining('{provider}'),
    ]);
  });

  it.each(['a b', '-a', 'a-', 'ä', ''])('fail on the name %j of a ring', (name) => {
    expect(rings({ name, select: {} })).toContainEqual(expect.stringContaining('rings[0].name'));
  });

  it.each([
    [1, []],
    [2, []],
    [
      3,
      [
        'batch-empty: rings[0].batches: got 3, but the ring "all" selects 2 clusters: the batches from "all-3" on are empty (set batches to 2 or less)',
      ],
    ],
  ])('warn if two clusters are in %d batches and some batch is empty', (batches, expected) => {
    const app = new GitOpsApp();
    const clusters = { a: eu, b: { ...eu, region: 'b' } };
    const fleet = new Fleet(app, 'fleet', { clusters, rings: [{ name: 'all', select: {}, batches }] });
    expect(problemsOf(app)).toEqual(expected);
    expect(fleet.clusters.every(({ ring }) => ring !== undefined)).toBe(true);
  });

  it('fail on a cluster in two rings, which then stays in the first, and two rings with the same name', () => {
    const app = new GitOpsApp();
    const fleet = new Fleet(app, 'fleet', {
      clusters: { a: eu, b: { ...eu, region: 'b' } },
      rings: [
        { name: 'first', select: { clusters: ['a'] } },
        { name: 'all', select: {}, batches: 1 },
        { name: 'all-1', select: { clusters: ['b'] } },
      ],
    });
    expect(fleet.clusters.map(({ ring }) => ring)).toEqual(['first', expect.stringMatching(/^all/)]);
    const found = problemsOf(app);
    expect(found).toContainEqual(expect.stringMatching(/^ring-overlap: rings\[1\]\.select: .*a \(.*first\)/));
    expect(found).toContainEqual(expect.stringContaining('"all-1"'));
  });
});
