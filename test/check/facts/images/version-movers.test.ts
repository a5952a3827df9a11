import { isExactVersion, isOpenRange } from '../../../../lib/check/facts/images/version-movers';
import { assignmentProblem } from '../../../../lib/check/facts/releases/values-text';
import { checkTree } from '../../../../lib/check/check-tree';
import { bootstrap, fluxKustomization, treeOf } from '../../../graph/tree-of';
import { inLine, line, object, type Files } from '../../small-repositories';

describe('a version', () => {
  it.each([
    '1.2.3',
    '=1.2.3',
    '= v1.2.3',
    'v1.2.3',
    ' 1.2.3 ',
    '1.2.3-rc.1',
    '1.2.3+build.5',
    '1.2.3-rc.1+b',
    '10.20.30',
  ])('%j is exact', (text) => {
    expect(isExactVersion(text)).toBe(true);
  });

  it.each(['1.2', '1.2.x', '>=1.2.3', '1.2.3 - 2.0.0', '~1.2.3', 'x1.2.3', '1.2.3 || 2.0.0', undefined])(
    '%j is not',
    (text) => {
      expect(isExactVersion(text)).toBe(false);
    },
  );

  it.each([
    undefined,
    '*',
    'x',
    'X',
    '',
    ' ',
    '>=1.0.0',
    '> 1.0',
    '>=v1.0.0',
    '1.x || >=2.0.0',
    '>=1.0.0 || <0.5',
  ])('%j has no upper end', (text) => {
    expect(isOpenRange(text)).toBe(true);
  });

  it.each(['1.x', '>=1.0.0 <2.0.0', '1.0.0 - 2.0.0', '~1.2', '^1', '<2', '1.x || 2.x', '!=1.0.0', 'v>=1'])(
    '%j has one',
    (text) => {
      expect(isOpenRange(text)).toBe(false);
    },
  );
});

/** Two clusters that apply folders of their own. */
const files = (one: string, other: string): Files =>
  Object.fromEntries(
    [
      ['a', one],
      ['b', other],
    ].flatMap(([name, text]) => [
      ...Object.entries(bootstrap).map(([file, sync]) => [
        file.replaceAll('clusters/prod', `clusters/${name}`),
        sync.replaceAll('clusters/prod', `clusters/${name}`),
      ]),
      [`clusters/${name}/apps.yaml`, fluxKustomization('apps', `./${name}`)],
      [`${name}/all.yaml`, text],
    ]),
  );
const told = (one: string, other = one) =>
  checkTree(treeOf(files(one, other)), { policy: { maxClusters: 1 } })
    .findings.filter(({ code }) => code === 'floating-version-shared')
    .map(inLine);
const source = (kind: string, spec: string, name = 's') =>
  object('source.toolkit.fluxcd.io/v1', kind, name, 'flux-system', `spec: { interval: 1h, ${spec} }`);
const chart = (chartSpec: string, url = 'https://example.com/charts') =>
  source('HelmRepository', `url: "${url}"`, 'charts') +
  object(
    'helm.toolkit.fluxcd.io/v2',
    'HelmRelease',
    'web',
    'flux-system',
    `spec: { interval: 1h, chart: { spec: { ${chartSpec}, sourceRef: { kind: HelmRepository, name: charts } } } }`,
  );
const oci = (ref: string, url = 'oci://example.com/s') => source('OCIRepository', `url: "${url}"${ref}`);
const git = (ref: string, url = 'https://example.com/s') => source('GitRepository', `url: "${url}"${ref}`);
const bucket = (name: string, endpoint = 'e', more = '') =>
  source('Bucket', `bucketName: ${name}, endpoint: ${endpoint}${more}`);

describe('what moves by itself', () => {
  it.each([
    [
      'a chart',
      chart('chart: web, version: 1.x'),
      'spec.chart.spec.version) the chart "web" in the range "1.x" changes',
    ],
    [
      'an artifact',
      oci(', ref: { semver: 1.x }'),
      'spec.ref.semver) the artifact "oci://example.com/s" in the range "1.x" changes',
    ],
    [
      'a tag',
      oci(', ref: { tag: main }'),
      'spec.ref) the artifact "oci://example.com/s" at the tag "main" changes',
    ],
    ['the usual tag', oci(''), 'at the tag "latest" changes'],
    [
      'a range of tags',
      git(', ref: { semver: 1.x }'),
      'spec.ref.semver) the repository "https://example.com/s" in the range "1.x" changes',
    ],
    [
      'a branch',
      git(', ref: { branch: main }'),
      'spec.ref) the repository "https://example.com/s" at the branch "main" changes',
    ],
    [
      'a branch by its full name',
      git(', ref: { name: refs/heads/dev/x, branch: main }'),
      'at the branch "dev/x" changes',
    ],
    ['the usual branch', git(''), 'at the branch "master" changes'],
    ['a bucket', bucket('b'), 'spec.bucketName) the content of the bucket "b" changes'],
  ])('is named: %s', (_, text, words) => {
    expect(told(text)).toEqual([line(words, 'in 2 clusters at once')]);
  });

  it.each([
    ['an exact chart', chart('chart: web, version: 1.2.3')],
    ['a chart without a version, which open-version-range-shared reports', chart('chart: web')],
    [
      'a chart of another source',
      chart('chart: web, version: 1.x').replace(
        'sourceRef: { kind: HelmRepository',
        'sourceRef: { kind: Bucket',
      ),
    ],
    ['an exact range of an artifact', oci(', ref: { semver: 1.2.3 }')],
    ['an exact range of tags', git(', ref: { semver: 1.2.3 }')],
    ['a digest beside a range', oci(', ref: { semver: 1.x, digest: "sha256:0" }')],
    ['a commit beside a range', git(', ref: { semver: 1.x, commit: "0123" }')],
    ['a tag', git(', ref: { tag: v1 }')],
    ['a tag by its full name', git(', ref: { name: refs/tags/v1 }')],
    ['the repository itself', git('', 'https://github.com/acme/fleet')],
  ])('is not %s', (_, text) => {
    expect(told(text)).toEqual([]);
  });

  it.each([
    ['two charts', chart('chart: web, version: 1.x'), chart('chart: api, version: 1.x')],
    ['two ranges', chart('chart: web, version: 1.x'), chart('chart: web, version: 2.x')],
    [
      'two addresses of charts',
      chart('chart: web, version: 1.x'),
      chart('chart: web, version: 1.x', 'https://example.com/other'),
    ],
    ['two artifacts', oci(''), oci('', 'oci://example.com/t')],
    ['two tags', oci(', ref: { tag: main }'), oci(', ref: { tag: dev }')],
    ['two ranges of artifacts', oci(', ref: { semver: 1.x }'), oci(', ref: { semver: 2.x }')],
    [
      'two filters',
      oci(', ref: { semver: 1.x, semverFilter: a }'),
      oci(', ref: { semver: 1.x, semverFilter: b }'),
    ],
    [
      'two repositories',
      git(', ref: { branch: main }'),
      git(', ref: { branch: main }', 'https://example.com/t'),
    ],
    ['two branches', git(', ref: { branch: main }'), git(', ref: { branch: dev }')],
    ['a branch and a range of its name', git(', ref: { branch: 1.x }'), git(', ref: { semver: 1.x }')],
    ['two ranges of tags', git(', ref: { semver: 1.x }'), git(', ref: { semver: 2.x }')],
    ['two buckets', bucket('b'), bucket('c')],
    ['two endpoints', bucket('b'), bucket('b', 'f')],
    ['two folders of a bucket', bucket('b'), bucket('b', 'e', ', prefix: x')],
  ])('is apart in %s', (_, one, other) => {
    expect(told(one, other)).toEqual([]);
  });

  it('is one chart of one address under two names', () => {
    const renamed = chart('chart: web, version: 1.x').replaceAll('name: charts', 'name: others');
    expect(told(chart('chart: web, version: 1.x'), renamed)).toHaveLength(1);
    const missing = (name: string) =>
      chart('chart: web, version: 1.x')
        .slice(chart('').indexOf('---', 5))
        .replace('name: charts', `name: ${name}`);
    expect(told(missing('gone'))).toHaveLength(1);
    expect(told(missing('gone'), missing('away'))).toEqual([]);
  });
});

describe('a comma in a value at a targetPath', () => {
  it.each([
    ['a,b=c', 'what follows it is set as another value'],
    ['a,b=c,', 'what follows it is set as another value'],
    ['a,b', 'what follows it is not valid'],
    ['a,b=c,d', 'what follows it is not valid'],
  ])('%s', (text, words) => {
    expect(assignmentProblem(text)).toContain(words);
  });
});
