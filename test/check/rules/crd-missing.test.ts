import { bootstrap, fluxKustomization } from '../../graph/tree-of';
import { line, lines, object, type Files } from '../small-repositories';
import { chart, crd, issuer, repository, thing, waits } from './crd-repositories';

describe('crd-missing', () => {
  const told = (files: Files) => lines('crd-missing', files);
  const custom = (charts: string, applied: string) =>
    repository({ charts: [charts, 'wait: true'], custom: [applied, waits('charts')] });

  it.each([
    ['one object', ['a'], 'Issuer "a" of'],
    ['two', ['a', 'b'], 'Issuer "a" and "b" of'],
    ['four', ['a', 'b', 'c', 'd'], 'Issuer "a", "b", "c" and "d" of'],
    ['five', ['a', 'b', 'c', 'd', 'e'], 'Issuer "a", "b", "c", "d" and 1 more of'],
    ['two of one name', ['a', 'a'], 'Issuer "a" of'],
  ])('names %s', (_, names, words) => {
    const issuers = names.map((name, index) => issuer(name).replace('default', `team-${index}`)).join('');
    expect(told(custom(chart('cert-manager'), issuers))).toEqual([
      line(`(Issuer a ) ${words} cert-manager.io cannot be applied: HelmRelease`),
    ]);
  });

  it('shows the release between the first object and the others', () => {
    expect(told(custom(chart('cert-manager'), issuer('a') + issuer('b')))).toEqual([
      line(
        'error at custom/all.yaml:4, charts/all.yaml:7, custom/all.yaml:6 (Issuer a )',
        'installs the chart cert-manager without its CRDs, because crds.enabled is not set',
        '=> set crds.enabled: true in its values; if the CRD is in the cluster before Flux, list "cert-manager.io"',
      ),
    ]);
  });

  it('says that the objects must also leave the Kustomization of the release', () => {
    expect(told(repository({ all: [chart('cert-manager') + issuer('a')] }))).toEqual([
      line(
        '=> set crds.enabled: true in its values, and move the objects from Kustomization "flux-system/all" to another Kustomization that depends on it, with wait: true there; if the CRD',
      ),
    ]);
  });

  it.each([
    [
      'turned off',
      chart('cert-manager', '{ crds: { enabled: false } }'),
      issuer(),
      'can be applied only if something else installs the CRD: HelmRelease "default/cert-manager" turns off the CRDs of the chart cert-manager with crds.enabled',
    ],
    [
      'skipped',
      chart('kube-prometheus-stack', '{}', 'install: { crds: Skip }'),
      object('monitoring.coreos.com/v1', 'PodMonitor', 'm', 'default'),
      'leaves out the CRDs of the chart kube-prometheus-stack, because spec.install.crds is Skip => set spec.install.crds: CreateReplace',
    ],
    [
      'left to another chart',
      chart('istiod'),
      object('networking.istio.io/v1', 'Gateway', 'g', 'default'),
      'the chart istiod of HelmRelease "default/istiod" leaves the CRD to => install the chart base;',
    ],
  ])('explains why they are %s', (_, charts, applied, words) => {
    expect(told(custom(charts, applied))).toEqual([line(...words.split(' => '))]);
  });

  it('reports that a version does not have the value', () => {
    const old = chart('cert-manager', '{ crds: { enabled: true } }').replace('1.19.1', '1.14.5');
    expect(told(custom(old, issuer()))).toEqual([
      line(
        'turns on the CRDs of the chart cert-manager with a value that only later versions of the chart know',
        '=> set installCRDs: true in its values',
      ),
    ]);
  });

  it.each([
    [
      'with a value',
      issuer(),
      'nothing in this repository installs the CRD => install the chart cert-manager with crds.enabled: true;',
    ],
    [
      'with all CRDs',
      object('monitoring.coreos.com/v1', 'PodMonitor', 'm', 'default'),
      'nothing in this repository installs the CRD => install the chart kube-prometheus-stack;',
    ],
    [
      'that nobody knows',
      thing(),
      'nothing in this repository installs the CRD => add the CRD, or correct apiVersion and kind;',
    ],
  ])('names the chart of a kind %s', (_, applied, words) => {
    expect(told(repository({ custom: [applied] }))).toEqual([line('info', ...words.split(' => '))]);
  });

  it('names the file that nothing reads', () => {
    const files = {
      ...repository({ custom: [thing()] }),
      'custom/kustomization.yaml': 'resources: [all.yaml]\n',
      'custom/crd.yaml': crd('acme.io', 'Thing'),
    };
    expect(told(files)).toEqual([
      line(
        'warning at custom/all.yaml:4 (Thing t )',
        'nothing that Flux reads installs the CRD; "custom/crd.yaml" contains it, but no Kustomization reads that file',
        '=> list that file; if',
      ),
    ]);
  });

  it('names such a file beside the release, because somebody may apply it', () => {
    const files = {
      ...custom(chart('cert-manager'), issuer()),
      'crds/issuers.yaml': crd('cert-manager.io', 'Issuer'),
    };
    expect(told(files)).toEqual([
      line(
        'warning at custom/all.yaml:4',
        'because crds.enabled is not set; "crds/issuers.yaml" contains it, but no Kustomization reads that file => set crds.enabled',
      ),
    ]);
  });

  // Its default values, and its version, are not those of the well-known chart.
  it.each([
    ['without values', '{}', []],
    ['with a value of later versions', '{ crds: { enabled: true } }', []],
    ['that turns them off', '{ crds: { enabled: false } }', [line('warning', 'turns off the CRDs')]],
  ])('knows nothing of a chart of this repository %s', (_, values, expected) => {
    const own = chart('cert-manager', values)
      .replace('chart: cert-manager,', 'chart: ./charts/cert-manager,')
      .replace('1.19.1', '1.2.3')
      .replace(
        'kind: HelmRepository, name: cert-manager-charts',
        'kind: GitRepository, name: flux-system, namespace: flux-system',
      );
    expect(told(custom(own, issuer()))).toEqual(expected);
  });

  it('knows nothing of an own chart that a HelmChart takes, and of one that leaves CRDs to another by its name', () => {
    const source = object(
      'source.toolkit.fluxcd.io/v1',
      'HelmChart',
      'own',
      'default',
      'spec: { interval: 1h, chart: ./charts/istiod, sourceRef: { kind: GitRepository, name: flux-system } }',
    );
    const release = object(
      'helm.toolkit.fluxcd.io/v2',
      'HelmRelease',
      'istiod',
      'default',
      'spec: { interval: 1h, chartRef: { kind: HelmChart, name: own } }',
    );
    const gateway = object('networking.istio.io/v1', 'Gateway', 'g', 'default');
    expect(told(custom(source + release, gateway))).toEqual([]);
    const official = (source + release).replace('kind: GitRepository', 'kind: HelmRepository');
    expect(told(custom(official, gateway))).toHaveLength(1);
  });

  it('names what else may install it', () => {
    const job = object(
      'batch/v1',
      'Job',
      'j',
      'default',
      'spec: { template: { spec: { containers: [{ image: kubectl }] } } }',
    );
    expect(told(custom(chart('cert-manager') + job, issuer()))).toEqual([
      line('because crds.enabled is not set; Job "default/j" installs objects that are not in the files =>'),
    ]);
  });

  it('names the cluster that has both', () => {
    const staging = (bootstrap['clusters/prod/flux-system/gotk-sync.yaml'] ?? '').replace(
      'clusters/prod',
      'clusters/staging',
    );
    const files = {
      ...repository({ custom: [thing()] }),
      'clusters/staging/flux-system/gotk-sync.yaml': staging,
      'clusters/staging/all.yaml':
        fluxKustomization('crds', './crds') + fluxKustomization('custom', './custom', [waits('crds')]),
      'crds/all.yaml': crd('acme.io', 'Thing'),
    };
    expect(told(files)).toEqual([
      line(
        'nothing in this repository installs the CRD to this cluster, as it does to "staging" => add the CRD',
      ),
    ]);
  });
});
