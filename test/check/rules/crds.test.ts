import { configMap, fluxKustomization } from '../../graph/tree-of';
import { line, lines, object, type Files } from '../small-repositories';
import { certManager, chart, crd, issuer, repository, thing, waits } from './crd-repositories';

describe('crd-pruned', () => {
  const told = (files: Files) => lines('crd-pruned', files);

  it('names the CRD, the Kustomization and the file', () => {
    expect(told(repository({ crds: [crd('acme.io', 'Thing')] }))).toEqual([
      line(
        'warning at clusters/prod/crds.yaml:10, crds/all.yaml:2 (Kustomization crds spec.prune)',
        'prunes the CRD "things.acme.io": if it',
        '=> put the CRDs into their own Kustomization with prune: false',
      ),
    ]);
  });

  it('counts more', () => {
    const two = crd('acme.io', 'Thing') + crd('acme.io', 'Shop');
    expect(told(repository({ crds: [two] }))).toEqual([
      line('prunes the CRD "things.acme.io" and 1 more CRD:'),
    ]);
    const all = two + crd('acme.io', 'Cart');
    expect(told(repository({ crds: [all] }))).toEqual([
      line('prunes the CRD "things.acme.io" and 2 more CRDs:'),
    ]);
  });

  it('names CRDs of a shared folder once', () => {
    const files = repository({ crds: [crd('acme.io', 'Thing')], more: [crd('acme.io', 'Thing')] });
    const base = (name: string) => fluxKustomization(name, './crds');
    expect(told({ ...files, 'clusters/prod/b.yaml': base('b'), 'clusters/prod/c.yaml': base('c') })).toEqual([
      line(
        'warning at clusters/prod/b.yaml:10, crds/all.yaml:2',
        'this Kustomization and 2 more prune the CRD "things.acme.io": if it is removed from one of them',
      ),
      line('at clusters/prod/more.yaml:10, more/all.yaml:2', 'prunes the CRD "things.acme.io"'),
    ]);
  });

  const prune = 'kustomize.toolkit.fluxcd.io/prune';
  it.each([
    ['an annotation that disables it', `, annotations: { ${prune}: disabled }`, 0],
    ['a label that disables it', `, labels: { ${prune}: Disabled }`, 0],
    ['an annotation that enables it', `, annotations: { ${prune}: enabled }`, 1],
    [
      'a label that disables it beside an annotation that enables it',
      `, annotations: { ${prune}: enabled }, labels: { ${prune}: disabled }`,
      0,
    ],
    ['another annotation', ', annotations: { acme.io/prune: disabled }', 1],
    ['another label', ', labels: { acme.io/prune: disabled }', 1],
  ])('judges %s', (_, metadata, expected) => {
    expect(told(repository({ crds: [crd('acme.io', 'Thing', metadata)] }))).toHaveLength(expected);
  });

  it.each([
    ['kustomize.toolkit.fluxcd.io', 0],
    ['fluxcd.controlplane.io', 0],
    ['fluxcd.io', 0],
    ['notfluxcd.controlplane.io', 1],
    ['toolkit.fluxcd.io.acme.com', 1],
  ])('judges a CRD of %s', (group, expected) => {
    expect(told(repository({ crds: [crd(group, 'Thing')] }))).toHaveLength(expected);
  });

  it('accepts a Kustomization that marks all its objects', () => {
    const files = repository({ crds: [crd('acme.io', 'Thing')] });
    const marking = `${files['clusters/prod/crds.yaml']}\n  commonMetadata: { annotations: { ${prune}: disabled } }\n`;
    expect(told({ ...files, 'clusters/prod/crds.yaml': marking })).toEqual([]);
  });

  it('accepts other kinds, and a Kustomization that does not prune', () => {
    expect(
      told(
        repository({ crds: [object('example.com/v1', 'Shop', 'a', 'default', 'spec: { group: acme.io }')] }),
      ),
    ).toEqual([]);
    const files = repository({ crds: [crd('acme.io', 'Thing')] });
    const keeping = (files['clusters/prod/crds.yaml'] ?? '').replace('prune: true', 'prune: false');
    expect(told({ ...files, 'clusters/prod/crds.yaml': keeping })).toEqual([]);
  });

  it.each([
    ['./config/crd', 1],
    ['./crds', 1],
    ['./gateway-crds', 1],
    ['./crds-v1', 1],
    ['./crd_all', 1],
    ['./Crd', 0],
    ['./acrd', 0],
    ['./crdx', 0],
    ['./apps', 0],
  ])('reads the path %s of another repository', (path, expected) => {
    const source = object(
      'source.toolkit.fluxcd.io/v1',
      'GitRepository',
      'acme',
      'flux-system',
      'spec: { url: "https://example.com/acme", interval: 1h }',
    );
    const files = {
      'clusters/prod/other.yaml': fluxKustomization('other', path).replace(
        '    name: flux-system',
        '    name: acme',
      ),
      'clusters/prod/source.yaml': source,
    };
    const all = told(files);
    expect(all).toHaveLength(expected);
    if (expected > 0)
      expect(all).toEqual([
        line('other.yaml:10 (', `prunes the CRDs at "${path.slice(2)}" of another repository:`),
      ]);
    expect(told({ ...files, 'clusters/prod/source.yaml': '' })).toEqual([]);
  });

  it('accepts a folder of this repository with such a name', () => {
    expect(told(repository({ crds: [configMap('a')] }))).toEqual([]);
  });
});

describe('crd-race', () => {
  const told = (files: Files) => lines('crd-race', files);

  it('names the Kustomization to wait for', () => {
    const files = repository({ crds: [crd('acme.io', 'Thing')], things: [thing() + thing('u')] });
    expect(told(files)).toEqual([
      line(
        'at clusters/prod/things.yaml:7, things/all.yaml:2 (Kustomization things spec.dependsOn)',
        'applies 2 Thing of acme.io, but does not wait for Kustomization "flux-system/crds", which installs the CRD',
        '=> add Kustomization "flux-system/crds" to spec.dependsOn',
      ),
    ]);
    expect(told(files)[0]).toMatch(/spec\.dependsOn$/);
  });

  it.each([
    [[], '10m, its interval, because retryInterval is not set'],
    [['retryInterval: 2m'], '2m'],
  ])('says when Flux tries again with %j', (spec, time) => {
    const files = repository({ crds: [crd('acme.io', 'Thing')], things: [thing(), ...spec] });
    expect(told(files)).toEqual([line(`until the CRD exists, and retries only after ${time} =>`)]);
  });

  it('names the Kustomization of a HelmRelease, which must wait for it', () => {
    const files = repository({ charts: [certManager()], issuers: [issuer()] });
    expect(told(files)).toEqual([
      line(
        'applies Issuer "i" of cert-manager.io, but does not wait for HelmRelease "default/cert-manager"',
        '=> add Kustomization "flux-system/charts" to spec.dependsOn, and set wait: true on that one',
      ),
    ]);
  });

  it('does not ask for wait: true where that is set', () => {
    const files = repository({ charts: [certManager()], issuers: [issuer()] });
    const sync = (files['clusters/prod/charts.yaml'] ?? '').replace('prune:', 'wait: true\n  prune:');
    expect(told({ ...files, 'clusters/prod/charts.yaml': sync })[0]).toMatch(
      /"flux-system\/charts" to spec\.dependsOn$/,
    );
  });

  it('does not suggest that a child wait for its parent', () => {
    const files = repository({ parent: [certManager()], issuers: [issuer()] });
    const { 'clusters/prod/issuers.yaml': child = '', ...rest } = files;
    expect(told({ ...rest, 'parent/child.yaml': child })).toEqual([
      line(
        '=> move HelmRelease "default/cert-manager" to its own Kustomization with wait: true, and add that one to spec.dependsOn',
      ),
    ]);
  });

  it('accepts custom resources that wait for them', () => {
    expect(told(repository({ crds: [crd('acme.io', 'Thing')], things: [thing(), waits('crds')] }))).toEqual(
      [],
    );
    expect(
      told(repository({ charts: [certManager(), 'wait: true'], issuers: [issuer(), waits('charts')] })),
    ).toEqual([]);
  });

  it('reports once, at the provider, if most do not wait for it', () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    const users = Object.fromEntries(names.map((name) => [name, [thing(name)] as const]));
    expect(told(repository({ ...users, crds: [crd('acme.io', 'Thing')] }))).toEqual([
      line(
        'at clusters/prod/crds.yaml:5, clusters/prod/a.yaml:2, clusters/prod/b.yaml:2, clusters/prod/c.yaml:2, clusters/prod/d.yaml:2, clusters/prod/e.yaml:2 (Kustomization crds )',
        '5 Kustomizations ("a", "b", "c", "d", ...) apply objects of acme.io, but do not wait for',
        '=> make them depend on the Kustomization that applies it',
      ),
    ]);
  });

  it('counts the users of each provider separately', () => {
    const users = ['a', 'b', 'c'].flatMap((name) => [
      [name, [thing(name)] as const] as const,
      [`${name}2`, [object('other.io/v1', 'Thing', name, 'default')] as const] as const,
    ]);
    const crds = { crds: [crd('acme.io', 'Thing')], 'other-crds': [crd('other.io', 'Thing')] } as const;
    expect(told(repository({ ...Object.fromEntries(users), ...crds }))).toHaveLength(6);
  });

  it('reports the chart of the CRDs if only that of the webhook is waited for', () => {
    const files = repository({
      base: [chart('istio-base')],
      istiod: [chart('istiod'), 'wait: true'],
      a: [
        object('networking.istio.io/v1', 'Gateway', 'g', 'default'),
        'dependsOn: [{ name: base }, { name: istiod }]',
      ],
    });
    expect(told(files)).toEqual([
      line('(Kustomization base spec.wait)', 'which installs the CRDs of networking.istio.io'),
    ]);
    expect(lines('webhook-race', files)).toEqual([]);
  });

  it('reports a Kustomization of charts that is ready too early', () => {
    const files = repository({
      charts: [chart('kube-prometheus-stack')],
      a: [object('monitoring.coreos.com/v1', 'PrometheusRule', 'r', 'default'), waits('charts')],
      b: [object('monitoring.coreos.com/v1', 'PodMonitor', 'm', 'default'), waits('charts')],
    });
    expect([...told(files), ...lines('webhook-race', files)]).toEqual([
      line(
        'at clusters/prod/charts.yaml:7, clusters/prod/a.yaml:2 (Kustomization charts spec.wait)',
        'is ready before HelmRelease "default/kube-prometheus-stack", which installs the CRDs of',
        'of Kustomization "flux-system/a" and 1 more, which wait for it',
        '=> set wait: true, or name HelmRelease "default/kube-prometheus-stack" in healthChecks',
      ),
    ]);
  });

  it('names all charts for which such a Kustomization must wait', () => {
    const files = repository({
      charts: [chart('kube-prometheus-stack') + chart('velero')],
      a: [
        object('monitoring.coreos.com/v1', 'PrometheusRule', 'r', 'default') +
          object('velero.io/v1', 'Schedule', 's', 'default'),
        waits('charts'),
      ],
    });
    expect(told(files)).toEqual([
      line(
        'may be refused at first; the same holds for HelmRelease "default/velero"',
        '=> set wait: true, or name HelmRelease "default/kube-prometheus-stack" and HelmRelease "default/velero" in healthChecks',
      ),
    ]);
  });

  it('leaves a webhook alone that is waited for', () => {
    const files = repository({ charts: [certManager(), 'wait: true'], issuers: [issuer(), waits('charts')] });
    expect(lines('webhook-race', files)).toEqual([]);
  });

  it('leaves a chart with a webhook to webhook-race', () => {
    const files = repository({ charts: [certManager()], issuers: [issuer(), waits('charts')] });
    expect(told(files)).toEqual([]);
    expect(lines('webhook-race', files)).toEqual([
      line('whose webhook must let objects of cert-manager.io through'),
    ]);
  });
});

describe('crd-deadlock', () => {
  const told = (files: Files) => lines('crd-deadlock', files);

  it('finds a chart beside its custom resources', () => {
    const files = repository({ all: [issuer() + certManager()] });
    expect(told(files)).toEqual([
      line(
        'error at all/all.yaml:4, all/all.yaml:11 (Issuer i )',
        'Issuer "i" of cert-manager.io cannot be applied to a new cluster: HelmRelease "default/cert-manager" installs the CRD, in the same Kustomization',
        '=> move Issuer "default/i" to another Kustomization that depends on the Kustomization of HelmRelease "default/cert-manager", and set wait: true on the latter',
        '"cert-manager.io" under check.providedGroups',
      ),
    ]);
  });

  it('finds a chart that waits for them', () => {
    const files = repository({ issuers: [issuer()], charts: [certManager(), waits('issuers')] });
    expect(told(files)).toEqual([
      line('installs the CRD, which waits for Kustomization "flux-system/issuers"'),
    ]);
  });

  it('finds a chart that two Kustomizations apply, both with the custom resources', () => {
    const twice = repository({ all: [issuer() + certManager()], more: [''] });
    const files = {
      ...twice,
      'more/kustomization.yaml': 'resources: [../all]\n',
      'all/kustomization.yaml': 'resources: [all.yaml]\n',
    };
    expect(told(files)).toEqual([line('HelmRelease "default/cert-manager" installs the CRD, in the same')]);
    expect(lines('crd-race', files)).toEqual([]);
    // The second one applies the chart without them, so the chart is there in time for a retry of the first.
    const alone = {
      ...files,
      'all/kustomization.yaml': 'resources: [issuer.yaml, ../charts]\n',
      'all/issuer.yaml': issuer(),
    };
    const chartAlone = {
      'charts/kustomization.yaml': 'resources: [chart.yaml]\n',
      'charts/chart.yaml': certManager(),
      'more/kustomization.yaml': 'resources: [../charts]\n',
    };
    const mixed = { ...alone, ...chartAlone };
    expect(told(mixed)).toEqual([]);
    const late = fluxKustomization('more', './more', [waits('all')]);
    expect(told({ ...mixed, 'clusters/prod/more.yaml': late })).toEqual([line('installs the CRD, in the')]);
    expect(lines('crd-race', mixed)).toEqual([line('does not wait for HelmRelease "default/cert-manager"')]);
  });

  it('names the group of several custom resources', () => {
    expect(told(repository({ all: [issuer() + issuer('j') + certManager()] }))).toEqual([
      line('2 Issuer of cert-manager.io', '=> move the objects of cert-manager.io to another Kustomization'),
    ]);
  });

  it('leaves the custom resources to a Kustomization inside that applies them already', () => {
    const files = {
      'clusters/prod/all.yaml': fluxKustomization('all', './all'),
      'clusters/prod/issuers.yaml': fluxKustomization('issuers', './all/issuers', [waits('all')]),
      'all/chart.yaml': certManager(),
      'all/issuers/issuer.yaml': issuer(),
    };
    const fix = line(
      '=> let only Kustomization "flux-system/issuers" apply Issuer "default/i", and make that one depend on the Kustomization of HelmRelease "default/cert-manager", with wait: true there',
    );
    expect(told(files)).toEqual([fix]);
    // A Kustomization beside it, or one with the chart as well, is no better place.
    const move = line('=> move Issuer "default/i" to another Kustomization');
    const list = { 'all/issuers/kustomization.yaml': 'resources: [issuer.yaml]\n' };
    const beside = { ...files, ...list, 'more/kustomization.yaml': 'resources: [../all/issuers]\n' };
    const elsewhere = {
      'clusters/prod/issuers.yaml': fluxKustomization('issuers', './more', [waits('all')]),
    };
    expect(told({ ...beside, ...elsewhere })).toEqual([move]);
    const both = { 'all/issuers/chart.yaml': certManager(), 'all/chart.yaml': '' };
    expect(told({ ...files, ...both })).toEqual([move]);
    const late = repository({ issuers: [issuer()], charts: [certManager(), waits('issuers')] });
    const twin = { 'clusters/prod/twin.yaml': fluxKustomization('twin', './issuers') };
    expect(told({ ...late, ...twin })).toEqual([move]);
  });

  it('says to resume a suspended chart as well', () => {
    expect(told(repository({ all: [issuer() + certManager('suspend: true')] }))).toEqual([
      line(
        'HelmRelease "default/cert-manager", which is suspended, installs the CRD, in the same Kustomization',
        '=> resume HelmRelease "default/cert-manager", and move Issuer "default/i" to another Kustomization',
      ),
    ]);
  });

  it('finds a Kustomization that creates the CRD from one of its own objects', () => {
    const template = object(
      'templates.gatekeeper.sh/v1',
      'ConstraintTemplate',
      'labels',
      undefined,
      'spec: { crd: { spec: { names: { kind: Labels } } } }',
    );
    const constraint = object('constraints.gatekeeper.sh/v1beta1', 'Labels', 'l');
    expect(told(repository({ all: [template + constraint] }))).toEqual([
      line(
        'an object of the same Kustomization creates the CRD, and Flux',
        '=> move Labels "l" to another Kustomization that depends on Kustomization "flux-system/all", and set wait: true on the latter',
      ),
    ]);
    expect(told(repository({ templates: [template], all: [constraint, waits('templates')] }))).toEqual([]);
    const inner = {
      'clusters/prod/all.yaml': fluxKustomization('all', './all'),
      'clusters/prod/inner.yaml': fluxKustomization('inner', './all/inner', [waits('all')]),
      'all/inner/all.yaml': template + constraint,
    };
    expect(told(inner)).toEqual([line('=> move Labels "l" to another Kustomization')]);
  });

  it('is a warning if something is installed before Flux', () => {
    const files = repository({ all: [issuer() + certManager()] });
    const script = { 'bootstrap/install.sh': 'kubectl apply -f https://example.com/other/install.yaml\n' };
    expect(told({ ...files, ...script })).toEqual([line('warning at all/all.yaml:4')]);
  });

  it('accepts a CRD beside its custom resources, which Flux applies first', () => {
    expect(told(repository({ all: [thing() + crd('acme.io', 'Thing')] }))).toEqual([]);
  });
});
