import type { Finding } from '../../lib/findings/finding';
import { compareFindings } from '../../lib/diff/compare-findings';
import { checkTree } from '../../lib/check/check-tree';
import { compareRepositories } from '../../lib/diff/compare-repositories';
import type { RepositorySide } from '../../lib/diff/repository-side';
import { bootstrap, fluxKustomization, treeOf } from '../graph/tree-of';
import { changesOf, diffOf, project, settings, shortly, type Files } from './pair-of-trees';

const sync = bootstrap['clusters/prod/flux-system/gotk-sync.yaml'] ?? '';

/** What bootstrap writes for a cluster, and a Kustomization of a folder that all of them share. */
function cluster(name: string, path = './apps'): Record<string, string> {
  return {
    [`clusters/${name}/flux-system/gotk-sync.yaml`]: sync.replaceAll('clusters/prod', `clusters/${name}`),
    [`clusters/${name}/apps.yaml`]: fluxKustomization('apps', path),
  };
}

function sideOf(name: string, files: Files): RepositorySide {
  const present = Object.entries(files).flatMap(([path, text]) =>
    text === undefined ? [] : [[path, text] as const],
  );
  const tree = treeOf(Object.fromEntries(present));
  return { side: { name }, project, tree, report: checkTree(tree) };
}

const apps = { 'apps/one.yaml': settings('one'), 'apps/two.yaml': settings('two') };

describe('clusters on both sides', () => {
  const compare = (before: Files, after: Files, name?: string) =>
    compareRepositories(sideOf('before', before), sideOf('after', after), { cluster: name });

  it('are the same if only the entry path is renamed', () => {
    const diff = compare({ ...cluster('prod'), ...apps }, { ...cluster('production'), ...apps });
    expect(diff.clusters.map(({ name }) => name)).toEqual(['production']);
    expect(shortly(diff)).toEqual(['source-changed Kustomization/flux-system/flux-system']);
    expect(changesOf(diff)[0]?.hint).toContain('--path=./clusters/production');
  });

  it('are added and removed as a whole', () => {
    const [one, two] = [
      { ...cluster('prod'), ...apps },
      { ...cluster('prod'), ...cluster('dev'), ...apps },
    ];
    const added = compare(one, two);
    expect(added.clusters.map(({ name }) => name)).toEqual(['dev']);
    expect(shortly(added)).toEqual(['cluster-added']);
    expect(shortly(compare(two, one))).toEqual(['cluster-removed']);
    expect(added.clusterCount).toBe(2);
  });

  it('are different if they apply something else', () => {
    const other = { ...cluster('dev', './other'), 'other/three.yaml': settings('three') };
    const diff = compare({ ...cluster('prod'), ...apps }, { ...other, ...apps });
    expect(shortly(diff).sort()).toEqual(['cluster-added', 'cluster-removed']);
  });

  it('all have the change of a base that they share', () => {
    const names = ['a', 'b', 'c'];
    const before = { ...Object.assign({}, ...names.map((name) => cluster(name))), ...apps } as Files;
    const diff = compare(before, { ...before, 'apps/one.yaml': settings('one', '2') });
    expect(diff.clusters.map(({ name }) => name)).toEqual(names);
    expect(diff.clusters.map(({ changes }) => changes.length)).toEqual([1, 1, 1]);
    expect(compare(before, { ...before, 'apps/one.yaml': settings('one', '2') }, 'b').clusters).toHaveLength(
      1,
    );
  });

  it('can be new or removed folders, whichever side uses them', () => {
    const loose = { ...apps, 'apps/kustomization.yaml': 'resources: [one.yaml, two.yaml]\n' };
    const overlay = { 'overlay/kustomization.yaml': 'resources: [../apps]\nnamePrefix: a-\n' };
    const diff = compare(loose, { ...loose, ...overlay });
    expect(shortly(diff)).toEqual(['cluster-added']);
    expect(changesOf(diff)[0]?.message).toContain('the folder "overlay" is new');
    expect(changesOf(compare({ ...loose, ...overlay }, loose))[0]?.message).toContain('is removed');
  });

  it('are folders if neither side says where Flux starts', () => {
    const loose = { ...apps, 'apps/kustomization.yaml': 'resources: [one.yaml, two.yaml]\n' };
    const diff = compare(loose, { ...loose, 'apps/one.yaml': settings('one', '2') });
    expect(shortly(diff)).toEqual(['changed ConfigMap/shop/one']);
    expect(changesOf(diff)[0]?.owner).toBeUndefined();
    const list = { 'apps/kustomization.yaml': 'resources: [two.yaml]\n' };
    const [gone] = changesOf(compare(loose, { ...loose, ...list }));
    expect(gone?.message).toBe('Flux deletes it: what applies the folder prunes it');
  });
});

describe('the consequences of a change', () => {
  it('include everything that waits for what changed, directly or not', () => {
    const base = {
      ...apps,
      'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
      'clusters/prod/parent.yaml': fluxKustomization('parent', './parent', ['wait: true']),
      'parent/child.yaml': fluxKustomization('child', './child'),
      'child/map.yaml': settings('map'),
      'clusters/prod/next.yaml': fluxKustomization('next', './next', ['dependsOn: [{ name: parent }]']),
      'clusters/prod/last.yaml': fluxKustomization('last', './last', ['dependsOn: [{ name: next }]']),
      'next/map.yaml': settings('next'),
      'last/map.yaml': settings('last'),
    };
    const [changed] = diffOf(base, { 'child/map.yaml': settings('map', '2') }).clusters;
    expect(changed?.impact).toEqual({
      changed: ['flux-system/child'],
      order: [],
      waiting: ['Kustomization/flux-system/last', 'Kustomization/flux-system/next'],
    });
  });
});

describe('findings of a check', () => {
  it('are new or resolved, and stay the same if their file moves', () => {
    const list = (...names: string[]) => `resources: [${names.join(', ')}]\n`;
    const bad = settings('bad').replace('data:', 'dota:');
    const base = {
      'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
      'apps/kustomization.yaml': list('bad.yaml'),
      'apps/bad.yaml': bad,
    };
    const moved = diffOf(base, {
      'apps/kustomization.yaml': list('moved.yaml'),
      'apps/bad.yaml': undefined,
      'apps/moved.yaml': bad,
    });
    expect(moved.findings).toEqual({ new: [], gone: [] });
    const fixed = diffOf(base, { 'apps/bad.yaml': settings('bad') });
    expect(fixed.findings.gone.map(({ code }) => code)).toEqual(['manifest-invalid']);
  });

  it('stay the same if the object is renamed, and are new in another place', () => {
    const waiting = (name: string) => fluxKustomization(name, './apps', ['dependsOn: [{ name: nope }]']);
    const base = { 'clusters/prod/apps.yaml': waiting('apps'), 'apps/one.yaml': settings('one') };
    const renamed = diffOf(base, { 'clusters/prod/apps.yaml': waiting('all') });
    expect(renamed.findings).toEqual({ new: [], gone: [] });
    const moved = { 'clusters/prod/apps.yaml': undefined, 'clusters/prod/all.yaml': waiting('all') };
    const { findings } = diffOf(base, moved);
    expect(findings.new.map(({ code }) => code)).toContain('dependency-missing');
    expect(findings.gone.map(({ code }) => code)).toContain('dependency-missing');
  });
});

describe('findings of an object that gets another namespace in another line', () => {
  const secret = (namespace: string, value = 'c2hvcHBpbmc=') =>
    `---\napiVersion: v1\nkind: Secret\nmetadata: {name: login, namespace: ${namespace}}\ndata: {password: ${value}}\n`;
  const base = {
    'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
    'apps/all.yaml': `${settings('one')}${secret('shop')}`,
  };
  const found = (changed: Readonly<Record<string, string | undefined>>) => {
    const { findings } = diffOf(base, changed);
    return [findings.new, findings.gone].map((all) => all.filter(({ code }) => code === 'plaintext-secret'));
  };

  it.each([
    ['stay the same in their file', { 'apps/all.yaml': secret('store') }, [0, 0]],
    ['are new in another file', { 'apps/all.yaml': settings('one'), 'apps/b.yaml': secret('store') }, [1, 1]],
    [
      'are new of another object',
      { 'apps/all.yaml': secret('store').replace('name: login', 'name: other') },
      [1, 1],
    ],
  ])('%s', (_, changed, expected) => {
    expect(found(changed).map(({ length }) => length)).toEqual(expected);
  });

  it('are new if they say something else', () => {
    const without = settings('two').replace('  namespace: shop\n', '');
    const namespace = 'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n';
    const known = { ...base, 'apps/shop.yaml': namespace, 'apps/all.yaml': `${settings('one')}${without}` };
    const { findings } = diffOf(known, { 'apps/all.yaml': settings('two').replace('shop', 'nowhere') });
    const told = [findings.new, findings.gone].map((all) => all.map(({ message }) => message));
    expect(told).toEqual([
      expect.arrayContaining([expect.stringContaining('"nowhere"')]),
      expect.arrayContaining([expect.stringContaining('has no namespace')]),
    ]);
  });
});

it('takes a finding about several objects for the same if another one is the first of them', () => {
  const slow = (name: string, spec: readonly string[] = []) => ({
    [`clusters/prod/${name}.yaml`]: fluxKustomization(name, './apps', spec),
  });
  const base = { 'apps/one.yaml': settings('one'), ...slow('a'), ...slow('b'), ...slow('c') };
  const codes = (changed: Readonly<Record<string, string | undefined>>) => {
    const { findings } = diffOf(base, changed);
    return [findings.new, findings.gone].map((all) =>
      all.map(({ code }) => code).filter((code) => code === 'retry-interval-default'),
    );
  };
  const gone = { 'clusters/prod/a.yaml': undefined };
  expect(codes(gone)).toEqual([[], []]);
  expect(codes({ ...gone, 'clusters/prod/b.yaml': undefined })).toEqual([[], []]);
  expect(codes(slow('a', ['retryInterval: 1m']))).toEqual([[], []]);
  const all = ['a', 'b', 'c'].map((name) => slow(name, ['retryInterval: 1m']));
  expect(codes(Object.assign({}, ...all) as typeof gone)).toEqual([[], ['retry-interval-default']]);
});

it.each([
  ['the same if an info says it of one of several', 'info', 'this Kustomization has no effect', 0],
  ['another one if an info says it of one object', 'info', 'nothing uses it', 1],
  ['another one if it is a warning', 'warning', 'this Kustomization has no effect', 1],
  ['another one if it is an error', 'error', 'this Kustomization has no effect', 1],
] as const)('takes a finding about another object for %s', (_, severity, message, expected) => {
  const of = (name: string): Finding => ({
    code: 'wait-useless',
    severity,
    message,
    object: { group: '', kind: 'ConfigMap', name },
    locations: [],
    fingerprint: name,
  });
  const { new: found, gone } = compareFindings([of('one')], [of('two')]);
  expect([found.length, gone.length]).toEqual([expected, expected]);
});

describe('a part that could not be compared', () => {
  const base = {
    'clusters/prod/apps.yaml': fluxKustomization('apps', './apps', [
      'postBuild: { substituteFrom: [{ kind: Secret, name: outside }] }',
    ]),
    'apps/kustomization.yaml': 'resources: [one.yaml, https://example.com/remote.yaml]\n',
    'apps/one.yaml': settings('one', '${color}'),
  };

  it('is listed if it is involved in a change', () => {
    const diff = diffOf(base, { 'apps/one.yaml': settings('one', '${color}-${size}') });
    expect(diff.uncompared.map(({ reason, detail }) => [reason, detail])).toEqual([
      ['remote', 'https://example.com/remote.yaml'],
      ['variables', 'color, size'],
    ]);
  });

  it('is not listed if nothing changes', () => {
    expect(diffOf(base, {}).uncompared).toEqual([]);
  });

  it('includes the chart of a release whose values change', () => {
    const release = (value: number) =>
      `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: { name: r, namespace: shop }\nspec: { interval: 1h, chartRef: { kind: OCIRepository, name: r }, values: { a: ${value} } }\n`;
    const files = {
      'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
      'apps/r.yaml': release(1),
    };
    expect(diffOf(files, { 'apps/r.yaml': release(2) }).uncompared).toMatchObject([
      { reason: 'chart', object: { kind: 'HelmRelease', name: 'r' } },
    ]);
    const chart = (tag: string) =>
      `apiVersion: source.toolkit.fluxcd.io/v1\nkind: OCIRepository\nmetadata: { name: r, namespace: shop }\nspec: { interval: 1h, url: oci://example.com/r, ref: { tag: ${tag} } }\n`;
    const upgrade = diffOf({ ...files, 'apps/c.yaml': chart('1.0.0') }, { 'apps/c.yaml': chart('2.0.0') });
    expect(upgrade.uncompared).toMatchObject([
      { reason: 'chart', object: { kind: 'HelmRelease', name: 'r' } },
    ]);
  });
});

describe('secrets', () => {
  it('are in no part of a diff', () => {
    const secret = (value: string) =>
      `apiVersion: v1\nkind: Secret\nmetadata: { name: s, namespace: shop }\nstringData: { password: ${value} }\n`;
    const files = {
      'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
      'apps/s.yaml': secret('correct-horse'),
      'apps/one.yaml': settings('one', 'correct-horse'),
    };
    const diff = diffOf(files, {
      'apps/s.yaml': secret('battery-staple'),
      'apps/one.yaml': settings('one', 'battery-staple'),
    });
    expect(changesOf(diff)).toHaveLength(2);
    expect(JSON.stringify(diff)).not.toMatch(/horse|staple/);
  });
});
