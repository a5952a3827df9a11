import { claimOf, itClassifies, manifest, type Case } from '../cases';

const release = manifest('helm.toolkit.fluxcd.io/v2', 'HelmRelease');
const change = (what: string, before: string, after: string): Case => [
  what,
  release(`spec: { interval: 1h, ${before} }`),
  release(`spec: { interval: 2h, ${after} }`),
];
const chart = (name: string, kind = 'HelmRepository') =>
  `chart: { spec: { chart: ${name}, sourceRef: { kind: ${kind}, name: a } } }`;

const HELM = ', layerSelector: { mediaType: application/vnd.cncf.helm.chart.content.v1.tar+gzip }';
const oci = manifest('source.toolkit.fluxcd.io/v1', 'OCIRepository');
const artifact = (what: string, before: string, after: string, more = HELM): Case => [
  what,
  oci(`spec: { url: "${before}"${more} }`),
  oci(`spec: { url: "${after}"${more} }`),
];

describe('HelmReleases', () => {
  itClassifies('reinstalled', {
    belong: [
      artifact('another chart in a registry', 'oci://a/charts/app', 'oci://a/charts/other'),
      change('another release name', 'releaseName: a', 'releaseName: b'),
      change('another target namespace', 'targetNamespace: a', 'targetNamespace: b'),
      change(
        'a target namespace, which is part of the name',
        'releaseName: web',
        'releaseName: web, targetNamespace: b',
      ),
      change('a storage namespace', '', 'storageNamespace: b'),
      change('a release name other than the default', '', 'releaseName: b'),
      change(
        'no release name, with a target namespace',
        'targetNamespace: a, releaseName: web',
        'targetNamespace: a',
      ),
      change('another chart', chart('a'), chart('b')),
    ],
    others: [
      artifact('another registry for the same chart', 'oci://a/charts/app', 'oci://b/charts/app'),
      artifact('the address of what holds no chart', 'oci://a/app', 'oci://a/other', ''),
      change('the default release name in words', '', 'releaseName: web'),
      change(
        'the default release name with a target namespace',
        'targetNamespace: a',
        'targetNamespace: a, releaseName: a-web',
      ),
      change(
        'the default namespaces in words',
        'releaseName: a',
        'releaseName: a, targetNamespace: apps, storageNamespace: apps',
      ),
      change(
        'another folder of a chart in a repository',
        chart('a', 'GitRepository'),
        chart('b', 'GitRepository'),
      ),
      change('a chart by reference', chart('a'), 'chartRef: { kind: OCIRepository, name: a }'),
      [
        'fields of another kind',
        manifest('example.com/v1', 'HelmRelease')('spec: { releaseName: a }'),
        manifest('example.com/v1', 'HelmRelease')('spec: { releaseName: b }'),
      ],
    ],
  });

  it('names the fields that identify the release', () => {
    const found = claimOf('reinstalled', change('', 'targetNamespace: a', 'targetNamespace: b'));
    expect(found?.message).toContain('from "a-web" to "b-web", its namespace changes from "a" to "b"');
    expect(found?.fields.map(({ path }) => path)).toEqual(['spec.targetNamespace']);
  });
});
