import { checkTree } from '../../../lib/check/check-tree';
import type { RolloutPolicy } from '../../../lib/config/rollout-policy';
import { bootstrap, fluxKustomization, treeOf } from '../../graph/tree-of';
import { inLine, line, object, type Files } from '../small-repositories';

/** Clusters that apply folders of their own, of which each is one folder of the repository. */
const fleet = (folders: Readonly<Record<string, string>>): Files =>
  Object.fromEntries(
    Object.entries(folders).flatMap(([name, folder]) => [
      ...Object.entries(bootstrap).map(([file, text]) => [
        file.replaceAll('clusters/prod', `clusters/${name}`),
        text.replaceAll('clusters/prod', `clusters/${name}`),
      ]),
      [`clusters/${name}/apps.yaml`, fluxKustomization('apps', folder)],
    ]),
  );
const told = (code: string, files: Files, policy?: RolloutPolicy) =>
  checkTree(treeOf(files), { policy })
    .findings.filter((one) => one.code === code)
    .map(inLine);
const same = fleet({ c: './apps', a: './apps', b: './apps' });
const repository = (kind: string, ref: string) =>
  object(
    `source.toolkit.fluxcd.io/v1`,
    kind,
    's',
    'flux-system',
    `spec: { interval: 1h, url: "oci://example.com/s"${ref} }`,
  );
const release = (version: string | undefined, kind = 'HelmRepository') =>
  object(
    'helm.toolkit.fluxcd.io/v2',
    'HelmRelease',
    'web',
    'default',
    `spec: { interval: 1h, chart: { spec: { chart: web${version === undefined ? '' : `, version: "${version}"`}, sourceRef: { kind: ${kind}, name: c } } } }`,
  );

describe('open-version-range-shared', () => {
  const open = (text: string, policy?: RolloutPolicy, more: Files = {}) =>
    told('open-version-range-shared', { ...same, 'apps/a.yaml': text, ...more }, policy);

  it('names the version and the clusters', () => {
    expect(open(release(undefined))).toEqual([
      line(
        'warning at apps/a.yaml:',
        '(HelmRelease web spec.chart.spec.version)',
        'no version installs every new release, including major ones, in 3 clusters at once: a, b, c',
        '=> limit the range',
      ),
    ]);
    expect(open(release('>=1.0.0'))).toEqual([line(') ">=1.0.0" installs every new release')]);
    expect(open(repository('OCIRepository', ', ref: { semver: "*" }'))).toEqual([
      line('(OCIRepository s spec.ref.semver) "*" installs'),
    ]);
    expect(open(repository('GitRepository', ', ref: { semver: ">= 1.0" }'))).toEqual([
      line('(GitRepository s spec.ref.semver)'),
    ]);
  });

  it.each([
    ['a limited range', release('1.x')],
    ['a chart of a Git repository', release(undefined, 'GitRepository')],
    ['an artifact without a range', repository('OCIRepository', '')],
    ['another kind', repository('Bucket', ', ref: { semver: "*" }')],
  ])('passes %s', (_, text) => {
    expect(open(text)).toEqual([]);
  });

  it.each([
    [undefined, 1],
    [{ maxClusters: 2 }, 1],
    [{ maxClusters: 3 }, 0],
    [{ maxClusters: '67%' }, 1],
    [{ maxClusters: '100%' }, 0],
  ])('with the policy %j', (policy, expected) => {
    expect(open(release('*'), policy)).toHaveLength(expected);
  });

  it('is for what clusters share', () => {
    const files = (one: string, other: string) => ({
      ...fleet({ a: './one', b: './other' }),
      'one/a.yaml': one,
      'other/a.yaml': other,
    });
    const code = 'open-version-range-shared';
    expect(told(code, files(release('*'), release('*')))).toEqual([]);
    expect(told(code, { ...fleet({ a: './one' }), 'one/a.yaml': release('*') })).toEqual([]);
    const both = release('*') + release('*').replace('name: web', 'name: other');
    expect(told(code, { ...fleet({ a: './one', b: './one' }), 'one/a.yaml': both })).toHaveLength(2);
  });

  it('passes what Flux refuses to build', () => {
    const list = (text: string) => ({ 'apps/kustomization.yaml': `resources: [a.yaml${text}]\n` });
    expect(open(release('*'), undefined, list(''))).toHaveLength(1);
    expect(open(release('*'), undefined, list(', gone.yaml'))).toEqual([]);
  });
});

describe('floating-version-shared', () => {
  const floating = (files: Files) => told('floating-version-shared', files, { maxClusters: 1 });

  it('names the clusters in order, and what moves by itself', () => {
    const both = repository('OCIRepository', ', ref: { tag: latest }') + release('1.x');
    const all = floating({ ...same, 'apps/a.yaml': both });
    expect(all).toEqual([line('in 3 clusters at once', ': a, b, c =>'), line('in 3 clusters at once')]);
  });
});
