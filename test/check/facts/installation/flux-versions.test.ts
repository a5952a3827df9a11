import {
  isFluxAddress,
  minorVersion,
  servedByCrds,
  statedVersions,
} from '../../../../lib/check/facts/installation/flux-versions';
import { treeOf } from '../../../graph/tree-of';
import { object } from '../../small-repositories';

const stated = (path: string, text: string) =>
  statedVersions(treeOf({ [path]: text })).map(({ version }) => version);
const source = (kind: string, url: string, ref: string) =>
  object('source.toolkit.fluxcd.io/v1', kind, 'f', 'flux-system', `spec: { url: "${url}", ref: { ${ref} } }`);

describe('a minor version', () => {
  it.each([
    ['v2.7.3', '2.7'],
    ['2.7', '2.7'],
    ['2.7.x', '2.7'],
    ['2.7.*', '2.7'],
    ['=2.7.0', '2.7'],
    ['~ 2.10.12', '2.10'],
    ['release/v2.7.x', '2.7'],
    ['v2.7.3@sha256:0a', '2.7'],
    ['12.7.3', '12.7'],
    ['2', undefined],
    ['2.x', undefined],
    ['^2.7', undefined],
    ['>=2.7.0', undefined],
    ['v2.7.3-rc.1', undefined],
    ['2.7.3 ', undefined],
    ['my-release/v2.7.x', undefined],
    ['v2.7.3@sha256:', undefined],
    [undefined, undefined],
  ])('of %j is %j', (text, expected) => {
    expect(minorVersion(text)).toBe(expected);
  });
});

describe('an address of Flux', () => {
  it.each([
    ['oci://ghcr.io/fluxcd/flux-manifests', true],
    ['https://github.com/fluxcd/flux2', true],
    ['https://github.com/fluxcd/flux2.git', true],
    ['git@github.com:fluxcd/flux2', true],
    ['https://github.com/myfluxcd/flux2', false],
    ['https://github.com/fluxcd/flux2-example', false],
    ['https://github.com/fluxcd/flux2/git', false],
    ['oci://ghcr.io/fluxcd/my-flux-manifests', false],
    ['oci://ghcr.io/fluxcd/flux-manifests/x', false],
    ['', false],
  ])('%j: %j', (address, expected) => {
    expect(isFluxAddress(address)).toBe(expected);
  });
});

describe('the versions that a file names', () => {
  const header = '---\n# Flux Version: v2.7.1\n';
  const remote = (address: string) => `resources: ["https://github.com/${address}"]\n`;

  it.each([
    ['a/gotk-components.yaml', header, ['2.7']],
    ['a/other.yaml', `${header}# flux2\n`, []],
    ['a/gotk-components.yaml', header.replace('# ', '  # '), []],
    ['a/k.yaml', remote('fluxcd/flux2/manifests/install?ref=v2.6.0'), ['2.6']],
    ['a/k.yaml', remote('fluxcd/flux2/manifests/install?a=b&ref=v2.6.0'), ['2.6']],
    ['a/k.yaml', remote('fluxcd/flux2/manifests/install?ref=v2.6.0&a=b'), ['2.6']],
    ['a/k.yaml', remote('fluxcd/flux2/releases/download/v2.5.0/install.yaml'), ['2.5']],
    ['a/k.yaml', remote('fluxcd/flux2.git/releases/download/v2.5.0/install.yaml'), ['2.5']],
    ['a/k.yaml', remote('fluxcd/flux2/releases/latest/download/install.yaml'), []],
    ['a/k.yaml', remote('acme/flux2/manifests?ref=v2.6.0'), []],
    ['examples/k.yaml', remote('fluxcd/flux2/manifests/install?ref=v2.6.0'), []],
  ])('in its text: %s %j', (path, text, expected) => {
    expect(stated(path, text)).toEqual(expected);
  });

  const part = (labels: string) =>
    `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: a\n  labels:\n${labels}`;
  const ours = '    app.kubernetes.io/part-of: flux\n';
  const version = '    app.kubernetes.io/version: v2.4.0\n';
  const chart = (name: string, text: string) =>
    object(
      'helm.toolkit.fluxcd.io/v2',
      'HelmRelease',
      'flux',
      'flux-system',
      `spec: { chart: { spec: { chart: ${name}, version: ${text} } } }`,
    );
  const instance = (apiVersion: string) =>
    object(apiVersion, 'FluxInstance', 'flux', 'flux-system', 'spec: { distribution: { version: 2.3.x } }');

  it.each([
    ['labels of Flux', part(ours + version), ['2.4']],
    ['labels of something else', part(ours.replace('flux', 'flux-shop') + version), []],
    ['a FluxInstance', instance('fluxcd.controlplane.io/v1'), ['2.3']],
    ['the community chart', chart('flux2', '2.17.1'), ['2.7']],
    ['the oldest that counts ahead', chart('flux2', '2.12.0'), ['2.2']],
    ['an older community chart', chart('flux2', '2.11.0'), []],
    ['a chart whose values name it', chart('flux2-notes', '2.17.1'), []],
    [
      'the community chart in a registry',
      source('OCIRepository', 'oci://x.io/charts/flux2', 'tag: 2.17.1'),
      ['2.7'],
    ],
    ['a range of it', source('OCIRepository', 'oci://x.io/charts/flux2', 'semver: 2.17.x'), ['2.7']],
    [
      'its repository by a tag',
      source('GitRepository', 'https://github.com/fluxcd/flux2', 'tag: v2.7.0'),
      ['2.7'],
    ],
    [
      'its repository by a branch',
      source('GitRepository', 'https://github.com/fluxcd/flux2.git', 'branch: release/v2.7.x'),
      ['2.7'],
    ],
    [
      'its manifests by a range',
      source('OCIRepository', 'oci://ghcr.io/fluxcd/flux-manifests', 'semver: 2.7.x'),
      ['2.7'],
    ],
    ['another repository', source('GitRepository', 'https://github.com/acme/flux2', 'tag: v2.7.0'), []],
    [
      'an artifact without an address',
      source('OCIRepository', 'flux2', 'tag: v2.7.0').replace('url:', 'uri:'),
      [],
    ],
    ['no YAML', 'flux2: [', []],
  ])('in its objects: %s', (_, text, expected) => {
    expect(stated('a/f.yaml', text)).toEqual(expected);
  });
});

describe('the API versions that CRDs serve', () => {
  const crd = (group: string, versions: string, kind = 'CustomResourceDefinition') =>
    object(
      'apiextensions.k8s.io/v1',
      kind,
      'a',
      undefined,
      `spec: { group: ${group}, names: { kind: Thing }, versions: [${versions}] } # CustomResourceDefinition`,
    );

  it.each([
    [
      'one of Flux',
      crd(
        'source.toolkit.fluxcd.io',
        '{ name: v1, served: true }, { name: v1beta1 }, { name: v1beta2, served: false }',
      ),
      ['v1', 'v1beta1'],
    ],
    ['another', crd('acme.io', '{ name: v1 }').replace('#', '# fluxcd.io'), []],
    ['another kind', crd('source.toolkit.fluxcd.io', '{ name: v1 }', 'Shop'), []],
  ])('%s', (_, text, versions) => {
    const served = servedByCrds(treeOf({ 'a.yaml': text }));
    expect([...served]).toEqual(versions.map((name) => `source.toolkit.fluxcd.io/${name}/Thing`));
  });
});
