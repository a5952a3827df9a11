import { checkTree } from '../../lib/check/check-tree';
import { formatCodequality } from '../../lib/check/report/format-codequality';
import { formatJson } from '../../lib/check/report/format-json';
import { formatSarif } from '../../lib/check/report/format-sarif';
import { annotations } from '../../lib/ci/report/annotations';
import { compareFindings } from '../../lib/diff/compare-findings';
import { byCause } from '../../lib/findings/causes';
import { finding, type Finding } from '../../lib/findings/finding';
import { bootstrap, fluxKustomization, treeOf } from '../graph/tree-of';
import { certManager, issuer, repository } from './rules/crd-repositories';
import { release as fluxRelease } from './rules/waiting-repositories';
import { object, release, type Files } from './small-repositories';

const check = (files: Files) => checkTree(treeOf({ ...bootstrap, ...files }));
const some = (code: string, files: Files) => check(files).findings.filter((found) => found.code === code);

/** The only finding of a code after those with one cause are one: its message, and the files where it is. */
function oneOf(code: string, files: Files): [message: string, files: (string | undefined)[]] {
  const [found, ...others] = byCause(some(code, files));
  expect(others).toEqual([]);
  const places = found?.occurrences?.map(({ locations: [place] }) => place?.file);
  return [found?.message ?? '', places ?? []];
}

/** What two clusters have, each in its own file. */
const inBoth = (file: string, text: string): Files =>
  Object.fromEntries(
    ['prod', 'test'].flatMap((name) => [
      [
        `clusters/${name}/flux-system/gotk-sync.yaml`,
        (bootstrap['clusters/prod/flux-system/gotk-sync.yaml'] ?? '').replaceAll('prod', name),
      ],
      [`clusters/${name}/${file}`, text],
    ]),
  );

const chartRelease = (name: string) =>
  fluxRelease(
    name,
    'chart: { spec: { chart: ./charts/nope, sourceRef: { kind: GitRepository, name: flux-system } } }',
  );
const races = repository({ cert: [certManager()], one: [issuer('a')], two: [issuer('b') + issuer('c')] });
const settings = object('v1', 'ConfigMap', 'settings', 'default');

describe('findings of one cause', () => {
  it.each<[string, string, Files, string, readonly string[]]>([
    [
      'a missing chart',
      'chart-path-missing',
      {
        'clusters/prod/a.yaml': chartRelease('a'),
        'clusters/prod/b.yaml': chartRelease('b'),
        'charts/shop/Chart.yaml': 'name: shop\n',
      },
      'there is no Chart.yaml in "charts/nope"',
      ['clusters/prod/a.yaml', 'clusters/prod/b.yaml'],
    ],
    [
      'a chart with CRDs for which nothing waits',
      'crd-race',
      races,
      'several Kustomizations apply objects of cert-manager.io, but do not wait for HelmRelease "default/cert-manager"',
      ['clusters/prod/one.yaml', 'clusters/prod/two.yaml'],
    ],
    [
      'a namespace for which nothing waits',
      'namespace-race',
      repository({
        tenants: [object('v1', 'Namespace', 'shop')],
        one: [object('v1', 'ConfigMap', 'a', 'shop')],
        two: [object('v1', 'ConfigMap', 'b', 'shop')],
      }),
      'several Kustomizations apply objects in namespaces that Kustomization "flux-system/tenants" creates',
      ['clusters/prod/one.yaml', 'clusters/prod/two.yaml'],
    ],
    [
      'a missing folder',
      'path-missing',
      {
        'clusters/prod/one.yaml': fluxKustomization('one', './nope'),
        'clusters/prod/two.yaml': fluxKustomization('two', './nope'),
      },
      'several Kustomizations build "nope"',
      ['clusters/prod/one.yaml', 'clusters/prod/two.yaml'],
    ],
    [
      'a missing source',
      'source-missing',
      {
        'clusters/prod/a.yaml': release('a', 'default', 'a'),
        'clusters/prod/b.yaml': release('b', 'default', 'b'),
      },
      'refers to HelmRepository "default/charts"',
      ['clusters/prod/a.yaml', 'clusters/prod/b.yaml'],
    ],
    [
      'a variable that nothing defines',
      'variable-undefined',
      {
        'clusters/prod/one.yaml': fluxKustomization('one', './apps', ['postBuild: { substitute: { a: b } }']),
        'apps/a.yaml': `${object('v1', 'ConfigMap', 'a', 'default')}data: { a: "\${missing}" }\n`,
        'apps/b.yaml': `${object('v1', 'ConfigMap', 'b', 'default')}data: { b: "\${missing}" }\n`,
      },
      '${missing} is not defined by Kustomization "flux-system/one"',
      ['apps/a.yaml', 'apps/b.yaml'],
    ],
    [
      'an account without rights',
      'service-account-missing',
      {
        'clusters/prod/one.yaml': fluxKustomization('one', './apps', ['serviceAccountName: web']),
        'clusters/prod/two.yaml': fluxKustomization('two', './apps', ['serviceAccountName: web']),
        'clusters/prod/three.yaml': fluxKustomization('three', './apps', ['serviceAccountName: bound']),
        'clusters/prod/rights.yaml': ['web', 'bound']
          .map((name) => object('v1', 'ServiceAccount', name, 'flux-system'))
          .concat(
            object(
              'rbac.authorization.k8s.io/v1',
              'ClusterRoleBinding',
              'bound',
              undefined,
              'roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin }',
              'subjects: [{ kind: ServiceAccount, name: bound, namespace: flux-system }]',
            ),
          )
          .join(''),
        'apps/all.yaml': settings,
      },
      'Flux acts as the ServiceAccount "flux-system/web"',
      ['clusters/prod/one.yaml', 'clusters/prod/two.yaml'],
    ],
    [
      'a missing dependency',
      'dependency-missing',
      {
        'clusters/prod/one.yaml': fluxKustomization('one', './apps', ['dependsOn: [{ name: nope }]']),
        'clusters/prod/two.yaml': fluxKustomization('two', './apps', ['dependsOn: [{ name: nope }]']),
        'apps/all.yaml': settings,
      },
      'waits for Kustomization "flux-system/nope"',
      ['clusters/prod/one.yaml', 'clusters/prod/two.yaml'],
    ],
    [
      'a Kustomization that is ready too early in two clusters',
      'dependency-not-ready',
      {
        ...inBoth(
          'all.yaml',
          fluxKustomization('db', './db') + fluxKustomization('web', './web', ['dependsOn: [{ name: db }]']),
        ),
        'clusters/test/more.yaml': fluxKustomization('mail', './web', ['dependsOn: [{ name: db }]']),
        'web/all.yaml': object('apps/v1', 'Deployment', 'web', 'default'),
        'db/all.yaml': object('apps/v1', 'Deployment', 'db', 'default'),
      },
      'other Kustomizations wait for Kustomization "flux-system/db"',
      ['clusters/prod/all.yaml', 'clusters/test/all.yaml'],
    ],
    [
      'a file that two folders do not list',
      'file-not-listed',
      {
        ...inBoth('kustomization.yaml', 'resources: [flux-system/gotk-sync.yaml, one.yaml]\n'),
        ...inBoth('one.yaml', settings),
        ...inBoth('two.yaml', settings.replace('settings', 'more')),
      },
      'in several folders, "kustomization.yaml" does not list "two.yaml", which contains ConfigMap "default/more"',
      ['clusters/prod/two.yaml', 'clusters/test/two.yaml'],
    ],
  ])('are one: %s', (_, code, files, message, places) => {
    expect(oneOf(code, files)).toEqual([expect.stringContaining(message), places]);
  });

  it('are warnings together if the objects are suspended', () => {
    const files = {
      'clusters/prod/a.yaml': fluxKustomization('a', './nope', ['suspend: true']),
      'clusters/prod/b.yaml': fluxKustomization('b', './nope', ['suspend: true']),
      'clusters/prod/c.yaml': fluxKustomization('c', './nope'),
    };
    const all = byCause(some('path-missing', files));
    expect(all.map(({ severity, message }) => `${severity}: ${message}`)).toEqual([
      expect.stringMatching(/^warning: several Kustomizations .* no harm while the objects are suspended$/),
      expect.stringMatching(/^error: Kustomization "c" builds/),
    ]);
  });

  it('are allowed one by one, whichever object or file an entry names', () => {
    const allow = [{ code: 'crd-race', file: 'clusters/prod/two.yaml', reason: 'known' }];
    const { findings, allowed } = checkTree(treeOf({ ...bootstrap, ...races }), { allow });
    const left = byCause(findings.filter(({ code }) => code === 'crd-race'));
    expect(left.map(({ object: about }) => about?.name)).toEqual(['one']);
    expect(left[0]).not.toHaveProperty('occurrences');
    expect(allowed).toBe(1);
  });

  it('are new one by one', () => {
    const [base, head] = [some('crd-race', { ...races, 'two/all.yaml': settings }), some('crd-race', races)];
    const news = byCause(compareFindings(base, head).new);
    expect(news.map(({ object: about }) => about?.name)).toEqual(['two']);
    expect(news[0]?.message).toContain('2 Issuer');
  });
});

it('says no secret in what it says of several', () => {
  const tree = treeOf({
    ...bootstrap,
    'clusters/prod/all.yaml': `${object('v1', 'Secret', 'token', 'shop')}stringData: { value: hunter2-canary }\n`,
  });
  const { masker } = checkTree(tree);
  const [found] = masker.findings([
    finding({ code: 'crd-race', message: 'a', cause: 'does not wait for hunter2-canary' }),
  ]);
  expect(found?.cause).toBe('does not wait for ***');
});

describe('each place of a cause', () => {
  const report = check(races);
  const files = ['clusters/prod/one.yaml', 'clusters/prod/two.yaml'];

  it('is in JSON, with all places', () => {
    const { findings, summary } = JSON.parse(formatJson(report)) as {
      findings: readonly Finding[];
      summary: { warning: number };
    };
    const [found] = findings.filter(({ code }) => code === 'crd-race');
    expect(found?.occurrences?.map(({ locations: [place] }) => place?.file)).toEqual(files);
    const places = (one: Finding) => one.locations.map(({ file, line }) => `${file}:${line}`);
    expect(found && places(found)).toEqual([...new Set(found?.occurrences?.flatMap(places))]);
    expect(found?.locations.map(({ file }) => file)).toEqual(expect.arrayContaining(files));
    expect(summary.warning).toBe(1);
  });

  it('has its own result, with its own message, where code hosts show findings beside lines', () => {
    const sarif = formatSarif(report.findings, '1.0.0');
    const quality = formatCodequality(report.findings);
    for (const text of [sarif, quality]) {
      expect(text).toContain('applies Issuer \\"a\\"');
      expect(text).toContain('applies 2 Issuer');
      expect(text).not.toContain('several Kustomizations');
    }
  });

  it('is annotated after the first places of all causes', () => {
    const [first, ...others] = byCause(report.findings.filter(({ code }) => code === 'crd-race'));
    const found = byCause(report.findings.filter(({ code }) => code === 'retry-interval-default'));
    const lines = annotations([first, ...others, ...found] as readonly Finding[]).split('\n');
    expect(lines.map((line) => /file=([^,]+)/.exec(line)?.[1] ?? '')).toEqual([
      files[0],
      expect.stringContaining('clusters/prod/'),
      files[1],
      '',
    ]);
  });
});
