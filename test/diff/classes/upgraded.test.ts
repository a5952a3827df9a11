import type { VersionStep } from '../../../lib/plain/version-step';
import { imageReference } from '../../../lib/diff/versions/image-reference';
import { isRange, versionStep } from '../../../lib/plain/version-step';
import { claimOf, itClassifies, manifest, type Case } from '../cases';

const release = manifest('helm.toolkit.fluxcd.io/v2', 'HelmRelease');
const artifact = manifest('source.toolkit.fluxcd.io/v1', 'OCIRepository');
const chart = manifest('source.toolkit.fluxcd.io/v1', 'HelmChart');
const ks = manifest('kustomize.toolkit.fluxcd.io/v1', 'Kustomization');
const deployment = manifest('apps/v1', 'Deployment');
const custom = manifest('postgresql.cnpg.io/v1', 'Cluster');
const of = (make: (rest: string) => string, what: string, before: string, after: string): Case => [
  what,
  make(`spec: { ${before} }`),
  make(`spec: { ${after} }`),
];
const version = (text: string, kind = 'HelmRepository', name = 'a') =>
  `chart: { spec: { chart: ${name}, version: "${text}", sourceRef: { kind: ${kind}, name: a } } }`;
const HELM = 'layerSelector: { mediaType: application/vnd.cncf.helm.chart.content.v1.tar+gzip }';
const oci = (ref: string, more = `, ${HELM}`) =>
  `url: "oci://ghcr.io/org/charts/app", ref: { ${ref} }${more}`;
const image = (text: string) => `template: { spec: { containers: [{ name: a, image: "${text}" }] } }`;
const D = (digit: string) => `sha256:${digit.repeat(64)}`;

describe('versions', () => {
  itClassifies('upgraded', {
    belong: [
      of(release, 'the chart of a HelmRelease', version('1.0.0'), version('1.0.1')),
      of(release, 'a range', version('1.x'), version('2.x')),
      of(
        release,
        'a version where there was none',
        version('').replace('version: "", ', ''),
        version('1.0.0'),
      ),
      of(artifact, 'the tag of a chart', oci('tag: 1.0.0'), oci('tag: 1.1.0')),
      of(
        artifact,
        'the digest of a chart',
        oci(`tag: 1.0.0, digest: "${D('a')}"`),
        oci(`tag: 1.0.0, digest: "${D('b')}"`),
      ),
      of(
        chart,
        'a HelmChart',
        'chart: a, version: 1.0.0, sourceRef: { kind: HelmRepository }',
        'chart: a, version: 1.0.1, sourceRef: { kind: HelmRepository }',
      ),
      of(deployment, 'an image', image('ghcr.io/org/app:1.0'), image('ghcr.io/org/app:1.1')),
      of(
        deployment,
        'an image with a port',
        image('localhost:5000/app:1.0'),
        image('localhost:5000/app:1.1'),
      ),
      of(deployment, 'an image that gets a tag', image('nginx'), image('nginx:1.27')),
      of(deployment, 'an image from elsewhere', image('docker.io/app:1.0'), image('ghcr.io/app:1.0')),
      of(deployment, 'a digest', image(`app:1@${D('a')}`), image(`app:1@${D('b')}`)),
      of(
        release,
        'an image among values',
        'values: { image: { repository: a/b, tag: v1 } }',
        'values: { image: { repository: a/b, tag: v2 } }',
      ),
      of(
        release,
        'an image with a number for a tag',
        'values: { image: { repository: a/b, tag: 1.1 } }',
        'values: { image: { repository: a/b, tag: 1.2 } }',
      ),
      of(release, 'an image in one text', 'values: { image: "a/b:v1" }', 'values: { image: "a/b:v2" }'),
      of(
        release,
        'an image with its tag beside it',
        'values: { image: a/b, tag: v1 }',
        'values: { image: a/b, tag: v2 }',
      ),
      of(
        ks,
        'an image of a Kustomization',
        'images: [{ name: a/b, newTag: v1 }]',
        'images: [{ name: a/b, newTag: v2 }]',
      ),
      of(
        custom,
        'an image of a custom resource',
        'imageName: "ghcr.io/pg:16.1"',
        'imageName: "ghcr.io/pg:16.2"',
      ),
    ],
    others: [
      of(
        release,
        'a chart in a Git repository',
        version('1.0.0', 'GitRepository'),
        version('1.0.1', 'GitRepository'),
      ),
      of(release, 'another chart', version('1.0.0'), version('1.0.0', 'HelmRepository', 'b')),
      of(artifact, 'what holds no chart', oci('tag: 1.0.0', ''), oci('tag: 1.1.0', '')),
      of(release, 'values without an image', 'values: { tag: v1 }', 'values: { tag: v2 }'),
      of(
        release,
        'a text that is no image',
        'values: { image: "see below" }',
        'values: { image: "see above" }',
      ),
      of(release, 'lone words', 'values: { image: small }', 'values: { image: large }'),
      of(
        release,
        'a repository of charts',
        'values: { repository: "https://a.b", tag: v1 }',
        'values: { repository: "https://a.b", tag: v2 }',
      ),
      of(
        deployment,
        'the command',
        'template: { spec: { containers: [{ name: a, command: [a] }] } }',
        'template: { spec: { containers: [{ name: a, command: [b] }] } }',
      ),
    ],
  });

  it('names what changes, and the size of the step', () => {
    const found = claimOf(
      'upgraded',
      of(deployment, '', image('ghcr.io/org/app:1.9.0'), image('ghcr.io/org/app:2.0.0')),
    );
    expect(found?.versions).toEqual([
      { of: 'image', name: 'ghcr.io/org/app', before: '1.9.0', after: '2.0.0', step: 'major' },
    ]);
    expect(found?.message).toBe('image ghcr.io/org/app changes from 1.9.0 to 2.0.0 (major)');
    expect(found?.fields.map(({ path }) => path)).toEqual(['spec.template.spec.containers[a].image']);
  });

  it('reports an image once if several containers have it', () => {
    const pods = (tag: string) =>
      `template: { spec: { initContainers: [{ name: i, image: "a/b:${tag}" }], containers: [{ name: a, image: "a/b:${tag}" }] } }`;
    const found = claimOf('upgraded', of(deployment, '', pods('1.0'), pods('1.1')));
    expect(found?.versions).toHaveLength(1);
    expect(found?.fields).toHaveLength(2);
  });

  it('recognizes an image in parts with its registry', () => {
    const values = (tag: string) =>
      `values: { image: { registry: quay.io, repository: a/b, tag: "${tag}" } }`;
    const found = claimOf('upgraded', of(release, '', values('1'), values('2')));
    expect(found?.versions).toEqual([
      { of: 'image', name: 'quay.io/a/b', before: '1', after: '2', step: 'major' },
    ]);
  });

  it('shortens digests, and omits them beside tags that differ', () => {
    const versions = (before: string, after: string) =>
      claimOf('upgraded', of(deployment, '', image(before), image(after)))?.versions;
    expect(versions(`app:1.0@${D('a')}`, `app:1.0@${D('b')}`)).toEqual([
      {
        of: 'image',
        name: 'app',
        before: '1.0@sha256:aaaaaaaaaaaa',
        after: '1.0@sha256:bbbbbbbbbbbb',
        step: 'digest',
      },
    ]);
    expect(versions(`app:1.0@${D('a')}`, `app:1.1@${D('b')}`)).toEqual([
      { of: 'image', name: 'app', before: '1.0', after: '1.1', step: 'minor' },
    ]);
  });

  it('finds a digest in the tag of an image in parts', () => {
    const values = (tag: string) => `values: { image: { repository: a/b, tag: "${tag}" } }`;
    const step = (before: string, after: string) =>
      claimOf('upgraded', of(release, '', values(before), values(after)))?.versions?.[0]?.step;
    expect(step(`1.0@${D('a')}`, `1.0@${D('b')}`)).toBe('digest');
    expect(step(`1.0@${D('a')}`, `2.0@${D('b')}`)).toBe('major');
  });

  it.each<[string, string, VersionStep]>([
    ['1.2.3.4.5', '1.2.3.4.6', 'other'],
    ['1.2.3.Final', '1.2.4.Final', 'patch'],
    ['1.2.3', '2.0.0', 'major'],
    ['v1.2.3', 'v1.3.0', 'minor'],
    ['1.2.3', '1.2.4', 'patch'],
    ['1.2', '1.3', 'minor'],
    ['9', '10', 'major'],
    ['1.9.0', '1.10.0', 'minor'],
    ['1.2.3.4', '1.2.3.5', 'patch'],
    ['1.10.0', '1.9.0', 'downgrade'],
    ['2.0.0', '1.9.9', 'downgrade'],
    ['1.0.0-rc.1', '1.0.0', 'patch'],
    ['1.0.0', '1.0.0-rc.1', 'downgrade'],
    ['1.0.0-rc.1', '1.0.0-rc.2', 'patch'],
    ['1.0.0-beta.2', '1.0.0-rc.1', 'patch'],
    ['1.0.0-rc.1', '1.0.0-beta.1', 'downgrade'],
    ['1.0.0-rc.1', '1.1.0-rc.1', 'minor'],
    ['1.30.1-k3s1', '1.30.1-k3s2', 'patch'],
    ['1.25-alpine', '1.26-alpine', 'minor'],
    ['1.25-alpine', '1.25-bookworm', 'other'],
    ['1.25.0', '1.25.0-alpine', 'other'],
    ['1.x', '2.x', 'range'],
    ['1.2.3', '>=1.2.3', 'range'],
    ['*', '1.0.0', 'range'],
    ['^1.0.0', '^1.1.0', 'range'],
    ['latest', 'stable', 'other'],
    ['20240101', '20240202', 'other'],
    ['main-1234567', 'main-7654321', 'other'],
    ['1.0.0+a', '1.0.0+b', 'other'],
  ])('from %s to %s is %s', (before, after, step) => {
    expect(versionStep(before, after)).toBe(step);
  });

  it.each(['1.x', '1.2.X', '>=1', '<2', '~1.2', '^1', '*', '', '1 - 2', '1 || 2', '>=1, <2', '!=1', 'x'])(
    'treats %j as a range',
    (text) => expect(isRange(text)).toBe(true),
  );
  it.each(['1', '1.2.3', 'v1.2.3-rc.x', '1.2.3-xyz', 'latest', '1.2.3+x'])(
    'treats %j as one version',
    (text) => expect(isRange(text)).toBe(false),
  );

  it.each([
    ['nginx', { name: 'nginx' }],
    ['nginx:1.27', { name: 'nginx', tag: '1.27' }],
    ['a.b:5000/c/d:v1', { name: 'a.b:5000/c/d', tag: 'v1' }],
    [`c/d@${D('a')}`, { name: 'c/d', digest: D('a') }],
    [`c/d:v1@${D('a')}`, { name: 'c/d', tag: 'v1', digest: D('a') }],
    ['https://a.b/c', undefined],
    ['two words', undefined],
    ['Upper/case:1', undefined],
    ['', undefined],
    ['a'.repeat(1_001), undefined],
  ])('parses %s', (text, expected) => {
    expect(imageReference(text)).toEqual(expected);
  });

  it('reads hostile texts in linear time', () => {
    const started = process.cpuUsage().user;
    for (const text of ['a/'.repeat(499), `${'a'.repeat(999)}!`, 'a-'.repeat(500), '1.'.repeat(400)]) {
      for (let round = 0; round < 100; round += 1) imageReference(text);
      versionStep(text, `${text}1`);
    }
    expect(process.cpuUsage().user - started).toBeLessThan(2_000_000);
  });
});
