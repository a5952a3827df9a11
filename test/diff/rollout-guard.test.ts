import type { RolloutPolicy } from '../../lib/config/rollout-policy';
import { compareRepositories } from '../../lib/diff/compare-repositories';
import { failuresOf, parseFailOn } from '../../lib/diff/verdict';
import type { Finding } from '../../lib/findings/finding';
import { bootstrap } from '../graph/tree-of';
import { settings, sideOf, type Files } from './pair-of-trees';

const CLUSTERS = [1, 2, 3, 4, 5, 6, 7, 8].map((number) => `c${number}`);

/** A bootstrapped cluster that applies a path. */
function cluster(name: string, path = './ingress', spec = ''): Record<string, string> {
  const files = Object.entries(bootstrap).map(
    ([file, text]) =>
      [
        file.replaceAll('clusters/prod', `clusters/${name}`),
        text.replaceAll('clusters/prod', `clusters/${name}`),
      ] as const,
  );
  return {
    ...Object.fromEntries(files),
    [`clusters/${name}/ingress.yaml`]: `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: ingress\n  namespace: flux-system\nspec:\n  interval: 10m\n  path: ${path}\n  prune: true\n  sourceRef:\n    kind: GitRepository\n    name: flux-system\n${spec}`,
  };
}

const allOf = (make: (name: string) => Record<string, string>): Record<string, string> =>
  Object.assign({}, ...CLUSTERS.map(make)) as Record<string, string>;

/** The controller for all traffic, as a chart with one version. */
function release(version: string, name = 'ingress-nginx'): string {
  return `apiVersion: source.toolkit.fluxcd.io/v1\nkind: HelmRepository\nmetadata:\n  name: nginx\n  namespace: shop\nspec:\n  interval: 1h\n  url: https://kubernetes.github.io/ingress-nginx\n---\napiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata:\n  name: ${name}\n  namespace: shop\nspec:\n  interval: 1h\n  chart:\n    spec:\n      chart: ingress-nginx\n      version: ${version}\n      sourceRef:\n        kind: HelmRepository\n        name: nginx\n`;
}

const shared = { ...allOf((name) => cluster(name)), 'ingress/release.yaml': release('4.10.0') };

interface Judged {
  readonly findings: readonly Finding[];
  readonly failures: readonly string[];
}

/** The result of the guard for a change. The cluster of `bootstrap` is there too, and applies nothing. */
function judge(before: Files, changed: Files, base: RolloutPolicy = { maxClusters: 3 }, head = base): Judged {
  const [one, other] = [sideOf('before', before), sideOf('after', { ...before, ...changed })];
  const diff = compareRepositories(
    { ...one, project: { ...one.project, rollout: base } },
    { ...other, project: { ...other.project, rollout: head } },
  );
  const findings = diff.findings.new.filter(({ code }) => code === 'rollout-too-wide');
  return { findings, failures: failuresOf(diff, { failOn: parseFailOn('none') }) };
}

describe('the guard of a rollout', () => {
  it('fails on the change that took all traffic down, and names the clusters', () => {
    const { findings, failures } = judge(shared, { 'ingress/release.yaml': release('4.11.0') });
    expect(findings.map(({ message }) => message)).toEqual([
      'HelmRelease "shop/ingress-nginx" changes in 8 clusters at once; rollout.maxClusters: 3 allows 3: c1, c2, c3, c4, c5, c6, c7, c8',
    ]);
    expect(findings[0]?.hint).toContain('change it in 3 clusters first');
    expect(failures).toEqual([expect.stringContaining('rollout-too-wide') as string]);
  });

  it('accepts the same change ring by ring', () => {
    const ring = (name: string): string =>
      CLUSTERS.indexOf(name) < 3 ? 'a' : CLUSTERS.indexOf(name) < 6 ? 'b' : 'c';
    const versions = (a: string, b: string, c: string): Files => ({
      'a/release.yaml': release(a),
      'b/release.yaml': release(b),
      'c/release.yaml': release(c),
    });
    const clusters = allOf((name) => cluster(name, `./${ring(name)}`));
    const states = [
      versions('4.10.0', '4.10.0', '4.10.0'),
      versions('4.11.0', '4.10.0', '4.10.0'),
      versions('4.11.0', '4.11.0', '4.10.0'),
      versions('4.11.0', '4.11.0', '4.11.0'),
    ];
    states.slice(1).forEach((state, index) => {
      expect(judge({ ...clusters, ...states[index] }, state)).toEqual({ findings: [], failures: [] });
    });
    expect(judge({ ...clusters, ...states[0] }, states[3] as Files).findings).toHaveLength(1);
  });

  const own = (version: string): Record<string, string> =>
    allOf((name) => ({ ...cluster(name, `./own/${name}`), [`own/${name}/release.yaml`]: release(version) }));
  const variable = (version: string): Record<string, string> => ({
    ...allOf((name) =>
      cluster(name, './ingress', `  postBuild:\n    substitute:\n      version: "${version}"\n`),
    ),
    'ingress/release.yaml': release('${version}'),
  });
  const overlays = (version: string): Record<string, string> => ({
    ...allOf((name) => ({
      ...cluster(name, `./overlays/${name}`),
      [`overlays/${name}/kustomization.yaml`]: `nameSuffix: -${name}\nresources:\n  - ../../base\n`,
    })),
    'base/kustomization.yaml': 'resources:\n  - release.yaml\n',
    'base/release.yaml': release(version),
  });
  const source = (ref: string): Record<string, string> => ({
    ...shared,
    'ingress/release.yaml': `apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata:\n  name: rules\n  namespace: shop\nspec:\n  interval: 1h\n  url: https://example.com/rules.git\n  ref:\n    ${ref}\n`,
  });
  const image = (tag: string): Record<string, string> => ({
    ...shared,
    'ingress/release.yaml': `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n  namespace: shop\nspec:\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n        - name: web\n          image: example.com/web:${tag}\n`,
  });

  it.each([
    ['the pin of each cluster, in files of its own', own('4.10.0'), own('4.11.0')],
    [
      'a range of versions',
      { ...shared, 'ingress/release.yaml': release('4.10.x') },
      { 'ingress/release.yaml': release('4.x') },
    ],
    ['a variable', variable('4.10.0'), variable('4.11.0')],
    ['a shared base under several names', overlays('4.10.0'), overlays('4.11.0')],
    ['the branch of a source', source('branch: v1'), source('branch: v2')],
    ['the tag of a source', source('tag: v1.0.0'), source('tag: v1.1.0')],
    ['an image, which a policy follows', image('1.0.0'), image('1.1.0')],
    [
      'the path of each cluster',
      { ...shared, 'other/release.yaml': release('4.11.0') },
      allOf((name) => cluster(name, './other')),
    ],
    [
      'a setting',
      { ...shared, 'ingress/settings.yaml': settings('a', '1') },
      { 'ingress/settings.yaml': settings('a', '2') },
    ],
  ] as [string, Files, Files][])('fails on it whatever its cause: %s', (_, before, after) => {
    const { findings } = judge(before, after);
    expect(findings.length).toBeGreaterThan(0);
    for (const name of CLUSTERS) expect(findings[0]?.message).toContain(name);
  });

  it('counts each component separately', () => {
    const half = (name: string): boolean => CLUSTERS.indexOf(name) < 3;
    const before = {
      ...allOf((name) => cluster(name, half(name) ? './a' : './b')),
      'a/settings.yaml': settings('a'),
      'b/settings.yaml': settings('b'),
    };
    expect(judge(before, { 'a/settings.yaml': settings('a', '2') }).findings).toEqual([]);
    expect(judge(before, { 'b/settings.yaml': settings('b', '2') }).findings).toHaveLength(1);
  });

  it('reports objects that one Kustomization applies together', () => {
    const before = { ...shared, 'ingress/a.yaml': settings('a'), 'ingress/b.yaml': settings('b') };
    const { findings } = judge(before, {
      'ingress/a.yaml': settings('a', '2'),
      'ingress/b.yaml': settings('b', '2'),
    });
    expect(findings).toHaveLength(1);
    expect(findings[0]?.message).toMatch(
      /and 1 more object of Kustomization "flux-system\/ingress", change in 8 clusters/,
    );
  });

  it('does not count new clusters, labels, or what only changes the order', () => {
    const ninth = { ...cluster('c9'), ...cluster('d1'), ...cluster('d2'), ...cluster('d3') };
    expect(judge(shared, ninth).findings).toEqual([]);
    const labelled = settings('a', '1', '  labels:\n    team: web\n');
    expect(
      judge({ ...shared, 'ingress/a.yaml': settings('a') }, { 'ingress/a.yaml': labelled }).findings,
    ).toEqual([]);
    const slower = allOf((name) => {
      const files = cluster(name);
      const path = `clusters/${name}/ingress.yaml`;
      return { [path]: (files[path] as string).replace('interval: 10m', 'interval: 20m') };
    });
    expect(judge(shared, slower).findings).toEqual([]);
  });

  it('does not count another path, but the differences there', () => {
    const moved = allOf((name) => cluster(name, './other'));
    const before = { ...shared, 'other/release.yaml': release('4.10.0') };
    expect(judge(before, moved).findings).toEqual([]);
    const gone = judge({ ...before, 'ingress/a.yaml': settings('a') }, moved);
    expect(gone.findings.map(({ object }) => object?.kind)).toEqual(['ConfigMap']);
    const unknown = judge(
      shared,
      allOf((name) => cluster(name, './nowhere')),
    );
    expect(unknown.findings.map(({ object }) => object?.kind)).toContain('Kustomization');
  });

  it('uses the policy of the base: a raised limit applies only later', () => {
    const change = { 'ingress/release.yaml': release('4.11.0') };
    expect(judge(shared, change, { maxClusters: 3 }, { maxClusters: 100 }).findings).toHaveLength(1);
    expect(judge(shared, change, { maxClusters: 8 }, { maxClusters: 1 }).findings).toEqual([]);
    expect(judge(shared, change, {}, { maxClusters: 1 })).toEqual({ findings: [], failures: [] });
  });

  it('accepts a share of all clusters, and never less than one', () => {
    const change = { 'ingress/release.yaml': release('4.11.0') };
    expect(judge(shared, change, { maxClusters: '100%' }).findings).toEqual([]);
    expect(judge(shared, change, { maxClusters: '50%' }).findings[0]?.message).toContain(
      'maxClusters: 50% allows 4',
    );
    const one = { ...shared, 'clusters/c1/extra.yaml': settings('x') };
    expect(
      judge(one, { 'clusters/c1/extra.yaml': settings('x', '2') }, { maxClusters: '1%' }).findings,
    ).toEqual([]);
  });

  it('names the command that promotes if the repository has pins', () => {
    const before = { ...shared, 'pins.yaml': 'version: 1\n' };
    const [found] = judge(before, { 'ingress/release.yaml': release('4.11.0') }).findings;
    expect(found?.hint).toContain('cdk8s-flux promote');
  });
});
