import { CHANGE_CLASSES, type ChangeClass } from '../../lib/diff/change';
import { failuresOf, parseFailOn, parseMaxClusters } from '../../lib/diff/verdict';
import { FindingsError } from '../../lib/findings/findings-error';
import { change, cluster, diffOf, everything, found } from './report/diffs';

const failures = (diff: Parameters<typeof failuresOf>[0], failOn: string, maxClusters?: string): string[] =>
  failuresOf(diff, {
    failOn: parseFailOn(failOn),
    maxClusters: maxClusters === undefined ? undefined : parseMaxClusters(maxClusters),
  });
const of = (...classes: ChangeClass[]) =>
  diffOf([
    cluster(
      'a',
      classes.map((name) => change({ class: name })),
    ),
  ]);

function refusal(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (FindingsError.isFindingsError(error))
      return error.findings.map(({ message, hint }) => `${message}; ${hint}`).join();
  }
  throw new Error('nothing was refused');
}

describe('--fail-on', () => {
  it('counts the changes of the classes that it names', () => {
    expect(failures(everything, 'deleted, upgraded')).toEqual([
      '--fail-on deleted: 1 change',
      '--fail-on upgraded: 1 change',
    ]);
    expect(failures(everything, 'recreated')).toEqual([]);
  });

  it.each(['cluster-removed', 'deleted', 'recreated', 'reinstalled'] as const)(
    'counts %s as destructive',
    (name) => {
      expect(failures(of(name), 'destructive')).toHaveLength(1);
    },
  );

  it('counts nothing else as destructive', () => {
    const rest = CHANGE_CLASSES.filter(
      (name) => !['cluster-removed', 'deleted', 'recreated', 'reinstalled'].includes(name),
    );
    expect(failures(of(...rest), 'destructive')).toEqual([]);
  });

  it('knows the classes that concern security', () => {
    expect(failures(of('widened', 'policy-changed', 'decryption-off', 'changed'), 'security')).toHaveLength(
      3,
    );
  });

  it('includes any class, and new findings, with "any"', () => {
    expect(failures(of(...CHANGE_CLASSES), 'any')).toHaveLength(CHANGE_CLASSES.length);
    expect(failures(diffOf([], { findings: { new: [found('x')], gone: [] } }), 'any')).toEqual([
      '--fail-on findings: 1 new finding',
    ]);
  });

  it('passes everything with "none"', () => {
    expect(failures(everything, 'none')).toEqual([]);
  });

  it('includes new errors and warnings, and no resolved ones', () => {
    const info = { ...found('x'), severity: 'info' } as const;
    expect(failures(diffOf([], { findings: { new: [info], gone: [found('y')] } }), 'findings')).toEqual([]);
    expect(
      failures(diffOf([], { findings: { new: [info, found('z')], gone: [] } }), 'findings'),
    ).toHaveLength(1);
  });

  it.each([
    ['delete', '"delete" is not allowed: it is not a class of changes; did you mean "deleted"?'],
    [
      'deleted,',
      /^"" is not allowed: .*use none, destructive, security, any, findings or a class: cluster-removed, /,
    ],
    ['none,deleted', '"none,deleted" is not allowed: "none" cannot be combined with others'],
  ])('fails for %j', (text, message) => {
    expect(refusal(() => parseFailOn(text))).toEqual(
      typeof message === 'string' ? expect.stringContaining(message) : expect.stringMatching(message),
    );
  });
});

describe('--max-clusters', () => {
  const clusters = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => cluster(name, [change()]));
  const diff = diffOf(clusters, { clusterCount: 12 });

  it.each(['6', '12', '50%', '100%', ' 6 '])('passes 6 of 12 clusters at %s', (limit) => {
    expect(failures(diff, 'none', limit)).toEqual([]);
  });

  it.each([
    ['5', '--max-clusters 5: the change reaches 6 of 12 clusters: a, b, c and 3 more'],
    ['49%', '--max-clusters 49%: the change reaches 6 of 12 clusters: a, b, c and 3 more'],
    ['0', '--max-clusters 0: the change reaches 6 of 12 clusters: a, b, c and 3 more'],
  ])('fails 6 of 12 clusters at %s, and names them', (limit, reason) => {
    expect(failures(diff, 'none', limit)).toEqual([reason]);
  });

  it('counts no cluster in which nothing changes', () => {
    expect(failures(diffOf([cluster('a', [])]), 'none', '0')).toEqual([]);
  });

  it.each(['', 'many', '-1', '1.5', '101%', '5 %x', '99999999999'])('fails for %j', (text) => {
    expect(refusal(() => parseMaxClusters(text))).toContain(
      'neither a whole number nor a share of 0% to 100%',
    );
  });
});
