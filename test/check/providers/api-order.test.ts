import { CheckContext } from '../../../lib/check/check-context';
import { apiOrders, earlyKustomizations } from '../../../lib/check/providers/api-order';
import { kustomizationsWithoutCrd } from '../../../lib/check/providers/missing-apis';
import { buildGraph } from '../../../lib/graph/build-graph';
import { bootstrap, fluxKustomization, treeOf } from '../../graph/tree-of';
import { certManager, chart, crd, issuer, repository, thing, waits } from '../rules/crd-repositories';
import { line, lines, object, type Files } from '../small-repositories';

const races = (files: Files) => lines('crd-race', files);
const webhooks = (files: Files) => lines('webhook-race', files);

describe('a Kustomization that is ready before its release is', () => {
  const challenge = object('acme.cert-manager.io/v1', 'Challenge', 'c', 'default');

  it('names one user', () => {
    expect(webhooks(repository({ charts: [certManager()], a: [issuer(), waits('charts')] }))).toEqual([
      line('of Kustomization "flux-system/a", which waits', '=> set wait: true'),
    ]);
  });

  it('counts a user of two groups once', () => {
    const both = repository({ charts: [certManager()], a: [issuer() + challenge, waits('charts')] });
    expect(webhooks(both)).toEqual([line('of Kustomization "flux-system/a", which waits')]);
    const three = repository({
      charts: [certManager()],
      a: [issuer() + challenge, waits('charts')],
      b: [issuer('j') + challenge.replace('name: c', 'name: d'), waits('charts')],
    });
    expect(webhooks(three)).toEqual([line('of Kustomization "flux-system/a" and 1 more, which wait for it')]);
  });

  it('must not wait for all that it applies, if that includes a user', () => {
    const { 'clusters/prod/a.yaml': child = '', ...rest } = repository({
      charts: [certManager()],
      a: [issuer(), waits('charts')],
      b: [issuer('j'), waits('charts')],
    });
    expect(webhooks({ ...rest, 'charts/child.yaml': child })).toEqual([
      line(
        'and 1 more',
        '=> list HelmRelease "default/cert-manager" in healthChecks; with wait: true, it would wait for',
      ),
    ]);
  });
});

describe('the order of a custom resource and its CRD', () => {
  const shop = object('acme.io/v1', 'Shop', 's', 'default');

  it('is that of each kind', () => {
    const files = (applied: string) =>
      repository({
        things: [crd('acme.io', 'Thing')],
        shops: [crd('acme.io', 'Shop')],
        x: [applied, waits('things')],
      });
    expect(races(files(thing()))).toEqual([]);
    expect(races(files(thing() + shop))).toEqual([
      line('applies Shop "s" of acme.io', 'Kustomization "flux-system/shops"'),
    ]);
  });

  it('is the best of several', () => {
    const files = (...spec: readonly string[]) =>
      repository({
        a: [crd('acme.io', 'Thing')],
        b: [crd('acme.io', 'Thing')],
        c: [crd('acme.io', 'Thing')],
        x: [thing(), ...spec],
      });
    expect(races(files())).toHaveLength(1);
    expect([races(files(waits('a'))), races(files(waits('b'))), races(files(waits('c')))]).toEqual([
      [],
      [],
      [],
    ]);
  });

  it('is not judged if very many bring the CRD', () => {
    const files = (count: number) =>
      repository({
        ...Object.fromEntries(
          Array.from({ length: count }, (_, index) => [`crds-${index}`, [crd('acme.io', 'Thing')] as const]),
        ),
        x: [thing()],
      });
    expect(races(files(10))).toHaveLength(1);
    expect(races(files(11))).toEqual([]);
  });

  it.each([
    ['is suspended', 'suspend: true'],
    ['goes to another cluster', 'kubeConfig: { secretRef: { name: eu } }'],
  ])('is not judged where the Kustomization %s', (_, spec) => {
    expect(races(repository({ crds: [crd('acme.io', 'Thing')], x: [thing(), spec] }))).toEqual([]);
  });

  it('is not judged where something installs the chart before Flux', () => {
    const helmfile = {
      'bootstrap/helmfile.yaml': 'releases: [{ name: cert-manager, chart: jetstack/cert-manager }]\n',
    };
    const files = repository({ charts: [certManager()], a: [issuer(), waits('charts')] });
    expect([webhooks({ ...files, ...helmfile }), races({ ...files, ...helmfile })]).toEqual([[], []]);
    const other = { 'bootstrap/helmfile.yaml': 'releases: [{ name: cilium, chart: cilium/cilium }]\n' };
    expect(webhooks({ ...files, ...other })).toHaveLength(1);
  });

  it('is not judged where one of several that bring the CRD was installed before Flux', () => {
    const files = repository({
      charts: [certManager().replaceAll('name: cert-manager,', 'name: certs,')],
      crds: [crd('cert-manager.io', 'Issuer')],
      a: [issuer()],
    });
    expect(races(files)).toHaveLength(1);
    expect(races({ ...files, 'bootstrap/helmfile.yaml': 'releases: [{ name: certs }]\n' })).toEqual([]);
  });

  it('is judged where Flux builds a folder with the name of a bootstrap', () => {
    const charts = 'resources: [all.yaml]\nhelmCharts: [{ name: cert-manager }]\n';
    const files = repository({ 'crds-charts': [certManager()], a: [issuer()] });
    expect(races({ ...files, 'crds-charts/kustomization.yaml': charts })).toHaveLength(1);
    expect(races({ ...files, 'crds/kustomization.yaml': charts })).toEqual([]);
  });

  it('is judged beside releases before Flux where the chart is not in the files', () => {
    const declared = object(
      'helm.toolkit.fluxcd.io/v2',
      'HelmRelease',
      'things, annotations: { cdk8s-flux/provides: acme.io }',
      'default',
      'spec: { interval: 1h, chartRef: { kind: OCIRepository, name: gone } }',
    );
    const files = repository({ charts: [declared], a: [thing()] });
    expect(races({ ...files, 'bootstrap/helmfile.yaml': 'releases: [{ name: cilium }]\n' })).toHaveLength(1);
    expect(races({ ...files, 'bootstrap/helmfile.yaml': 'releases: [{ name: things }]\n' })).toEqual([]);
  });

  it('is not one of a chart and of objects without a CRD', () => {
    const plain = repository({
      charts: [chart('cert-manager')],
      a: [object('v1', 'ConfigMap', 'm', 'default') + fluxKustomization('k', './k')],
    });
    expect([races(plain), webhooks(plain)]).toEqual([[], []]);
  });
});

describe('the orders of a repository', () => {
  const contextOf = (files: Files) => {
    const tree = treeOf({ ...bootstrap, ...files });
    return new CheckContext(tree, buildGraph(tree), {});
  };
  const orders = (files: Files) => {
    const context = contextOf(files);
    const { apis, guards } = apiOrders(context);
    return {
      apis: apis.map(({ state, early }) => `${state} ${early.identity.name}`),
      guards: guards.map(({ state, early }) => `${state} ${early.identity.name}`),
      early: [...earlyKustomizations(context)].map(({ identity }) => identity.name),
    };
  };
  const crds = (waitsFor: readonly string[], more: Files = {}) => ({
    ...repository({ c: [crd('acme.io', 'Thing')], d: [crd('acme.io', 'Thing')], x: [thing(), ...waitsFor] }),
    ...more,
  });
  const manager = (spec: readonly string[], waitsFor: readonly string[]) =>
    repository({ charts: [certManager(), ...spec], x: [issuer(), ...waitsFor] });

  it.each([
    ['CRDs', crds([]), { apis: ['unordered c'], guards: [], early: [] }],
    ['CRDs of which one is awaited', crds([waits('d')]), { apis: ['ordered d'], guards: [], early: [] }],
    ['a chart', manager([], []), { apis: ['unordered charts'], guards: [], early: [] }],
    [
      'a chart that is awaited',
      manager(['wait: true'], [waits('charts')]),
      { apis: ['ordered charts'], guards: ['ordered charts'], early: [] },
    ],
    [
      'a chart that is ready too early',
      manager([], [waits('charts')]),
      { apis: ['unawaited charts'], guards: ['unawaited charts'], early: ['charts'] },
    ],
    [
      'a chart with another health check',
      manager(['healthChecks: [{ apiVersion: apps/v1, kind: Deployment, name: a }]'], [waits('charts')]),
      { apis: ['ordered charts'], guards: ['ordered charts'], early: [] },
    ],
    ['a chart that waits', manager([waits('x')], []), { apis: ['reversed charts'], guards: [], early: [] }],
  ])('are those of %s', (_, files: Files, expected) => {
    expect(orders(files)).toEqual(expected);
  });
});

describe('a CRD in a file that nothing reads', () => {
  const told = (definition: string) =>
    lines('crd-missing', {
      ...repository({ x: [thing()] }),
      'x/kustomization.yaml': 'resources: [all.yaml]\n',
      'x/crd.yaml': definition,
    });

  it.each([
    ['that of the kind', crd('acme.io', 'Thing'), true],
    ['that of another kind', crd('acme.io', 'Shop'), false],
    ['that of another group', crd('other.io', 'Thing'), false],
    ['the second object', object('v1', 'ConfigMap', 'm', 'default') + crd('acme.io', 'Thing'), true],
  ])('is named if it is %s', (_, definition, expected) => {
    expect(told(definition)).toEqual([
      line(expected ? '"x/crd.yaml" contains it' : 'nothing in this repository installs the CRD'),
    ]);
  });

  it.each([
    ['that of the kind', 'cert-manager', true],
    ['that of another kind', 'velero', false],
    ['one that nobody knows', 'shop', false],
  ])('may be brought by a chart: %s', (_, name, expected) => {
    const files = { ...repository({ x: [issuer()] }), 'x/kustomization.yaml': 'resources: [all.yaml]\n' };
    expect(lines('crd-missing', { ...files, 'x/chart.yaml': chart(name) })).toEqual([
      line(expected ? '"x/chart.yaml" contains it' : 'nothing in this repository installs the CRD'),
    ]);
  });

  it('is not asked for a group with a variable', () => {
    expect(
      lines('crd-missing', repository({ x: [object('"${GROUP}/v1"', 'Thing', 't', 'default')] })),
    ).toEqual([]);
  });
});

describe('a Kustomization that is never ready', () => {
  const blocked = (files: Files, name: string) => {
    const tree = treeOf({ ...bootstrap, ...files });
    const context = new CheckContext(tree, buildGraph(tree), {});
    return [...kustomizationsWithoutCrd(context, { name })].map((id) => id.replace(/.*\//, ''));
  };
  const staging = Object.fromEntries(
    Object.entries(bootstrap).map((entry) =>
      entry.map((text) => text.replaceAll('clusters/prod', 'clusters/staging')),
    ),
  ) as Files;

  it('is one of its cluster', () => {
    const files = {
      ...repository({ x: [chart('cert-manager') + issuer()] }),
      ...staging,
      'clusters/staging/y.yaml': fluxKustomization('y', './y'),
      'y/all.yaml': chart('cert-manager') + issuer(),
    };
    expect([blocked(files, 'prod'), blocked(files, 'staging'), blocked(files, 'other')]).toEqual([
      ['x'],
      ['y'],
      [],
    ]);
  });

  it('is one that applies the file of a kustomization', () => {
    const applied = object('kustomize.config.k8s.io/v1beta1', 'Kustomization', 'k', 'default');
    const files = {
      ...repository({ x: [applied], z: [object('v1', 'ConfigMap', 'm', 'default')] }),
      ...staging,
      'clusters/staging/y.yaml': fluxKustomization('y', './y'),
      'y/all.yaml': applied,
    };
    expect([blocked(files, 'prod'), blocked(files, 'staging'), blocked(files, 'other')]).toEqual([
      ['x'],
      ['y'],
      [],
    ]);
  });
});
