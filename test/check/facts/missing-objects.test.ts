import { configMap, fluxKustomization } from '../../graph/tree-of';
import {
  foreign,
  kustomizationOf,
  line,
  lines,
  object,
  release,
  resourceSet,
  type Files,
} from '../small-repositories';

const source = (
  name: string,
  url = `https://example.com/team/${name}`,
  kind = 'GitRepository',
  namespace = 'flux-system',
) => object('source.toolkit.fluxcd.io/v1', kind, name, namespace, `spec: { interval: 1h, url: "${url}" }`);
/** A HelmRelease with a HelmRepository `charts` that nothing applies, and more files. */
const missing = (more: Files = {}, name = 'charts') =>
  lines('source-missing', {
    'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
    'apps/web.yaml': release('web', 'shop', 'web').replace('name: charts', `name: ${name}`),
    ...more,
  });

describe('the hint about a missing object', () => {
  const list = { 'apps/kustomization.yaml': 'resources: [web.yaml]\n' };
  const UNREAD = 'has it, but no Kustomization reads that file: list it';

  it.each([
    [
      'a file that nothing reads',
      { ...list, 'apps/charts.yaml': source('charts', 'https://x', 'HelmRepository', 'shop') },
      `"apps/charts.yaml" ${UNREAD}`,
    ],
    [
      'the second object of such a file',
      { ...list, 'apps/c.yaml': configMap('a') + source('charts', 'https://x', 'HelmRepository', 'shop') },
      `"apps/c.yaml" ${UNREAD}`,
    ],
    [
      'no such file with another kind',
      { ...list, 'apps/c.yaml': object('v1', 'ConfigMap', 'charts', 'shop') },
      'add it, or correct the reference',
    ],
    [
      'no such file with another name',
      { ...list, 'apps/c.yaml': source('other-things', 'https://x', 'HelmRepository', 'shop') },
      'add it, or correct the reference',
    ],
    [
      'a similar name in its namespace',
      { 'apps/c.yaml': source('chart', 'https://x', 'HelmRepository', 'shop') },
      'did you mean "chart"?',
    ],
    [
      'its name in another namespace',
      { 'apps/c.yaml': source('charts', 'https://x', 'HelmRepository') },
      'did you mean "flux-system/charts"?',
    ],
    [
      'no similar name of another kind',
      { 'apps/c.yaml': source('chart', 'https://x', 'GitRepository', 'shop') },
      'add it, or correct the reference',
    ],
    [
      'a source of another kind with its name',
      { 'apps/c.yaml': source('charts', 'https://x', 'GitRepository', 'shop') },
      'GitRepository "shop/charts" has this name: set the kind to GitRepository',
    ],
    [
      'no source of another kind in another namespace',
      { 'apps/c.yaml': source('charts', 'https://x', 'GitRepository', 'other') },
      'add it, or correct the reference',
    ],
    [
      'nothing else with its name',
      {
        'apps/c.yaml': release('charts', 'shop', 'web', '  suspend: true').replace(
          'name: charts }',
          'name: chart }',
        ),
      },
      'add it, or correct the reference',
    ],
  ])('names %s', (_, more, hint) => {
    expect(missing(more)).toContainEqual(line('"shop/charts"', `=> ${hint}`));
  });

  it('names no policy, which usually has the name of its repository', () => {
    const policy = object(
      'image.toolkit.fluxcd.io/v1',
      'ImagePolicy',
      'web',
      'shop',
      'spec: { imageRepositoryRef: { name: web }, policy: { semver: { range: 1.x } } }',
    );
    const files = { 'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'), 'apps/p.yaml': policy };
    expect(lines('image-repository-missing', files)).toEqual([line('=> add it, or correct the reference')]);
  });

  const unseen = { 'clusters/prod/o.yaml': foreign('other', './x') };
  it.each([
    ['its name in another namespace', { 'apps/c.yaml': source('charts', 'https://x', 'HelmRepository') }],
    [
      'a file that nothing reads',
      { ...list, 'apps/c.yaml': source('charts', 'https://x', 'HelmRepository', 'shop') },
    ],
  ])('is sure, also beside another repository, of %s', (_, more) => {
    expect(missing({ ...unseen, ...more })).toEqual([line('error at')]);
  });
});

describe('what may bring a missing object', () => {
  const other = (path: string, url: string | undefined, ...spec: readonly string[]) => ({
    'clusters/prod/o.yaml': foreign('other', path, { spec, url }),
  });

  it.each([
    ['a path that speaks of shared things in capitals', './Infrastructure', undefined, 'charts', 'info'],
    ['an address that does', './x', 'https://example.com/team/platform', 'charts', 'info'],
    [
      'a host that does, which says nothing',
      './x',
      'https://platform.example.com/team/x',
      'charts',
      'warning',
    ],
    ['a word of its name', './acme', undefined, 'acme-things', 'info'],
    ['a short word of its name, which says nothing', './abc', undefined, 'abc-things', 'warning'],
    ['nothing in common', './x', undefined, 'charts', 'warning'],
  ])('is as likely as it has %s', (_, path, url, name, severity) => {
    expect(missing(other(path, url), name)).toEqual([
      line(
        severity,
        'which nothing in this repository applies; Kustomization "flux-system/other" applies another repository',
      ),
    ]);
  });

  it('is a build of this repository that is not known in full', () => {
    const open = {
      'clusters/prod/open.yaml': fluxKustomization('open', './open'),
      'open/kustomization.yaml': 'resources: ["https://example.com/all.yaml"]\n',
    };
    expect(missing(open)).toEqual([
      line('info', 'Kustomization "flux-system/open" applies objects that are not in the files'),
    ]);
    const refused = { ...open, 'open/kustomization.yaml': 'resources: [gone.yaml]\n' };
    expect(missing(refused)).toEqual([
      line('info', 'the build of Kustomization "flux-system/open" fails, so it is not known in full'),
    ]);
  });

  it('is a Kustomization whose source another repository may bring', () => {
    const platform = { 'clusters/prod/p.yaml': kustomizationOf('gone', 'platform', './x') };
    const told = (files: Files) => missing(files).filter((text) => text.includes('HelmRelease web'));
    expect(told(platform)).toEqual([line('error')]);
    const one = other('./x', undefined, 'targetNamespace: flux-system');
    expect(told({ ...platform, ...one })).toEqual([
      line('info', 'Kustomization "flux-system/platform" applies'),
    ]);
    expect(told({ ...platform, ...other('./x', undefined, 'targetNamespace: elsewhere') })).toEqual([
      line('error'),
    ]);
  });
});

describe('what is made in the cluster', () => {
  const generator = object(
    'source.extensions.fluxcd.io/v1beta1',
    'ArtifactGenerator',
    'g',
    'flux-system',
    'spec: { sources: [], artifacts: [] }',
  );
  const listing = (name: string) =>
    generator.replace('artifacts: []', `artifacts: [{ name: ${name}, copy: [] }]`);
  const artifact = {
    'clusters/prod/k.yaml': kustomizationOf('made', 'k', './x').replace(
      'kind: GitRepository',
      'kind: ExternalArtifact',
    ),
  };
  const check = (kind: string) =>
    fluxKustomization('c', './c', [
      `healthChecks: [{ apiVersion: source.extensions.fluxcd.io/v1beta1, kind: ${kind}, name: g, namespace: flux-system }]`,
    ]);

  it.each([
    ['an artifact of a generator', { ...artifact, 'clusters/prod/g.yaml': generator }, 0],
    [
      'an artifact that a generator does not list',
      { ...artifact, 'clusters/prod/g.yaml': listing('other') },
      1,
    ],
    ['an artifact that a generator lists', { ...artifact, 'clusters/prod/g.yaml': listing('made') }, 0],
    [
      'artifacts of a generator for each folder',
      {
        ...artifact,
        'clusters/prod/g.yaml': listing('other').replace('sources', 'pathPattern: "@a/{b}", sources'),
      },
      0,
    ],
    ['an artifact with an open name', { ...artifact, 'clusters/prod/g.yaml': listing('"{b}"') }, 0],
    ['an artifact without a generator', artifact, 1],
    [
      'an artifact beside a generator that is not there',
      {
        ...artifact,
        'clusters/prod/c.yaml': check('ArtifactGenerator'),
        'c/map.yaml': object('v1', 'ConfigMap', 'c', 'flux-system'),
      },
      1,
    ],
    [
      'another source beside a generator',
      { 'clusters/prod/k.yaml': kustomizationOf('gone', 'k', './x'), 'clusters/prod/g.yaml': generator },
      1,
    ],
    [
      'what a ResourceSet lists',
      {
        'clusters/prod/k.yaml': kustomizationOf('gone', 'k', './x'),
        'clusters/prod/s.yaml': resourceSet('resources: [{ kind: Secret }, { kind: GitRepository }]'),
      },
      0,
    ],
    [
      'what the template of a ResourceSet has',
      {
        'clusters/prod/k.yaml': kustomizationOf('gone', 'k', './x'),
        'clusters/prod/s.yaml': resourceSet('resourcesTemplate: |', '  kind: GitRepository'),
      },
      0,
    ],
    [
      'what a ResourceSet does not have',
      {
        'clusters/prod/k.yaml': kustomizationOf('gone', 'k', './x'),
        'clusters/prod/s.yaml': resourceSet('resourcesTemplate: |', '  kind: Secret'),
      },
      1,
    ],
  ])('judges %s', (_, files, expected) => {
    expect(lines('source-missing', files)).toHaveLength(expected);
  });
});

it('names the artifact of a generator that is meant', () => {
  const generator = object(
    'source.extensions.fluxcd.io/v1beta1',
    'ArtifactGenerator',
    'g',
    'flux-system',
    'spec: { sources: [], artifacts: [{ name: shopping, copy: [] }] }',
  );
  const wrong = kustomizationOf('shoping', 'k', './x').replace(
    'kind: GitRepository',
    'kind: ExternalArtifact',
  );
  expect(missing({ 'clusters/prod/g.yaml': generator, 'clusters/prod/k.yaml': wrong })).toContainEqual(
    line('"flux-system/shoping"', '=> did you mean "shopping"?'),
  );
});

describe('the target of a health check', () => {
  const check = (kind: string, apiVersion: string) => [
    `healthChecks: [{ apiVersion: ${apiVersion}, kind: ${kind}, name: nowhere, namespace: shop }]`,
  ];
  const told = (applied: string, spec: readonly string[], more: Files = {}) =>
    lines('health-check-target-missing', {
      'clusters/prod/apps.yaml': fluxKustomization('apps', './apps', spec),
      'apps/all.yaml': object('v1', 'Namespace', 'shop') + applied,
      ...more,
    });
  const kustomization = check('Kustomization', 'kustomize.toolkit.fluxcd.io/v1');
  const deployment = check('Deployment', 'apps/v1');
  const chartOf = (kind: string, chart = './x') =>
    release('web', 'shop', chart).replace('kind: HelmRepository', `kind: ${kind}`);

  it.each([
    ['a chart of a Git repository', chartOf('GitRepository'), 0],
    ['a chart of a bucket', chartOf('Bucket'), 0],
    ['a chart that is known for it', chartOf('HelmRepository', 'flux-tenants'), 0],
    ['a chart of an application', chartOf('HelmRepository', 'podinfo'), 1],
    ['nothing', '', 1],
  ])('of Flux may be made by %s', (_, applied, expected) => {
    expect(told(applied, kustomization)).toHaveLength(expected);
  });

  it.each([
    ['another repository', { 'clusters/prod/o.yaml': foreign('other', './x') }, 0],
    ['a ResourceSet', { 'clusters/prod/s.yaml': resourceSet('resources: [{ kind: Deployment }]') }, 0],
    ['nothing', {}, 1],
  ])('that is a workload may be made by %s', (_, more, expected) => {
    const found = told('', deployment, more);
    expect(found).toHaveLength(expected);
  });
});
