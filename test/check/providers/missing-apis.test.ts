import { checkTree } from '../../../lib/check/check-tree';
import { CheckContext } from '../../../lib/check/check-context';
import { kustomizationsWithoutCrd } from '../../../lib/check/providers/missing-apis';
import type { CheckConfig } from '../../../lib/config/check-config';
import type { Finding } from '../../../lib/findings/finding';
import { buildGraph } from '../../../lib/graph/build-graph';
import { bootstrap, fluxKustomization, treeOf } from '../../graph/tree-of';

type Files = Readonly<Record<string, string>>;

function found(files: Files, settings: CheckConfig = {}): readonly Finding[] {
  const { findings } = checkTree(treeOf({ ...bootstrap, ...files }), { settings });
  return findings.filter(({ code }) => code === 'crd-missing');
}

function severities(files: Files, settings: CheckConfig = {}): string[] {
  return found(files, settings).map(({ severity }) => severity);
}

/** A release of a chart from an OCI registry. */
function release(chart: string, tag: string, ...spec: readonly string[]): string {
  return [
    '---',
    'apiVersion: source.toolkit.fluxcd.io/v1',
    'kind: OCIRepository',
    `metadata: { name: ${chart}, namespace: system }`,
    `spec: { interval: 60m, url: "oci://registry.example.com/charts/${chart}", ref: { tag: ${tag} } }`,
    '---',
    'apiVersion: helm.toolkit.fluxcd.io/v2',
    'kind: HelmRelease',
    `metadata: { name: ${chart}, namespace: system }`,
    'spec:',
    '  interval: 60m',
    `  chartRef: { kind: OCIRepository, name: ${chart} }`,
    ...spec.map((line) => `  ${line}`),
    '',
  ].join('\n');
}

function resource(apiVersion: string, kind: string, name = 'it'): string {
  return `---\napiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: ${name}, namespace: system }\n`;
}

/** A cluster that applies releases, and custom resources after them. */
function cluster(charts: string, custom: string): Files {
  return {
    'clusters/prod/charts.yaml': fluxKustomization('charts', './charts', ['wait: true']),
    'clusters/prod/custom.yaml': fluxKustomization('custom', './custom', ['dependsOn: [{ name: charts }]']),
    'charts/releases.yaml': charts,
    'custom/objects.yaml': custom,
  };
}

const issuer = resource('cert-manager.io/v1', 'Issuer');
const certManager = (tag: string, ...spec: readonly string[]) =>
  cluster(release('cert-manager', tag, ...spec), issuer);

describe('a well-known chart', () => {
  it.each([
    ['without its value', '1.19.1', [], ['error']],
    ['with its value', '1.19.1', ['values: { crds: { enabled: true } }'], []],
    ['with its value as text', '1.19.1', ['values: { crds: { enabled: "true" } }'], []],
    ['with an older value, which still holds', '1.19.1', ['values: { installCRDs: true }'], []],
    [
      'with the older value beside one that is off',
      '1.19.1',
      ['values: { installCRDs: true, crds: { enabled: false } }'],
      [],
    ],
    [
      'with a value that its version does not know',
      'v1.14.5',
      ['values: { crds: { enabled: true } }'],
      ['error'],
    ],
    ['with the value of an old version', 'v1.14.5', ['values: { installCRDs: true }'], []],
    ['turned off by hand', '1.19.1', ['values: { crds: { enabled: false } }'], ['warning']],
    ['with a variable that is left', '1.19.1', ['values: { crds: { enabled: "${CRDS}" } }'], []],
    ['with values from a Secret', '1.19.1', ['valuesFrom: [{ kind: Secret, name: v }]'], []],
    [
      'with another value from a Secret',
      '1.19.1',
      ['valuesFrom: [{ kind: Secret, name: v, targetPath: a.b }]'],
      ['error'],
    ],
    [
      'with the value from a Secret',
      '1.19.1',
      ['valuesFrom: [{ kind: Secret, name: v, targetPath: crds.enabled }]'],
      [],
    ],
  ])('%s', (_, tag, spec, expected) => {
    expect(severities(certManager(tag, ...spec))).toEqual(expected);
  });

  it('has values from its own files that nothing shows', () => {
    const files = (spec: string) => {
      const chart = `chart: { spec: { chart: cert-manager, ${spec} sourceRef: { kind: HelmRepository, name: x } } }`;
      return cluster(release('cert-manager', '1.19.1').replace(/chartRef: .*/, chart), issuer);
    };
    expect(severities(files(''))).toEqual(['error']);
    expect(severities(files('valuesFiles: [values-prod.yaml],'))).toEqual([]);
  });

  it('treats null as a value that is not set', () => {
    expect(severities(certManager('1.19.1', 'values: { crds: { enabled: null } }'))).toEqual(['error']);
  });

  it('names the value of its version', () => {
    expect(found(certManager('1.19.1'))[0]?.hint).toContain('set crds.enabled: true');
    expect(found(certManager('1.14.5'))[0]?.hint).toContain('set installCRDs: true');
  });

  it('lacks its folder of CRDs if Flux skips it', () => {
    const rule = resource('monitoring.coreos.com/v1', 'PrometheusRule');
    const stack = (...spec: readonly string[]) =>
      cluster(release('kube-prometheus-stack', '70.0.0', ...spec), rule);
    expect(severities(stack())).toEqual([]);
    const [skipped] = found(stack('install: { crds: Skip }'));
    expect(skipped?.severity).toBe('warning');
    expect(skipped?.hint).toContain('spec.install.crds: CreateReplace');
    expect(severities(stack('install: { skipCRDs: true }'))).toEqual(['warning']);
  });

  it('may need another chart for its CRDs', () => {
    const service = resource('networking.istio.io/v1', 'VirtualService');
    expect(found(cluster(release('istiod', '1.24.0'), service))[0]?.hint).toContain('install the chart base');
    const both = release('istiod', '1.24.0') + release('istio-base', '1.24.0');
    expect(severities(cluster(both, service))).toEqual([]);
  });

  it('may be in a part of the chart that is off by default', () => {
    const route = resource('apisix.apache.org/v2', 'ApisixRoute');
    const gateway = (...spec: readonly string[]) => cluster(release('apisix', '2.11.0', ...spec), route);
    expect(severities(gateway())).toEqual(['error']);
    expect(severities(gateway('values: { ingress-controller: { enabled: true } }'))).toEqual([]);
  });

  it('has a default that is known only for newer versions', () => {
    const database = resource('k8s.mariadb.com/v1alpha1', 'MariaDB');
    expect(severities(cluster(release('mariadb-operator', '25.8.4'), database))).toEqual(['error']);
    expect(severities(cluster(release('mariadb-operator', '0.20.0'), database))).toEqual([]);
  });
});

describe('something else that may bring the CRD', () => {
  const foreign = (path: string) =>
    [
      'apiVersion: source.toolkit.fluxcd.io/v1',
      'kind: GitRepository',
      'metadata: { name: other, namespace: flux-system }',
      'spec: { interval: 1h, url: "https://example.com/team/manifests" }',
      fluxKustomization('other', path).replace('    name: flux-system', '    name: other'),
    ].join('\n');

  it.each([
    ['another repository', { 'clusters/prod/o.yaml': foreign('./deploy') }, 'warning'],
    ['a repository of platforms', { 'clusters/prod/o.yaml': foreign('./platform') }, 'info'],
    ['a repository that names it', { 'clusters/prod/o.yaml': foreign('./cert-manager') }, 'info'],
    [
      'something before Flux',
      { 'bootstrap.sh': 'kubectl apply -f https://example.com/crds/all.yaml\n' },
      'warning',
    ],
    ['a chart that is not known', { 'charts/own.yaml': release('cert-manager-extras', '1.0.0') }, 'info'],
    ['a chart of a platform', { 'charts/own.yaml': release('acme-platform', '1.0.0') }, 'warning'],
    ['no chart of an app', { 'charts/own.yaml': release('podinfo', '1.0.0') }, 'error'],
    [
      'a remote of any manifests',
      { 'charts/kustomization.yaml': 'resources: [releases.yaml, "https://example.com/all.yaml"]\n' },
      'info',
    ],
    [
      'no remote of other manifests',
      {
        'charts/kustomization.yaml':
          'resources: [releases.yaml, "https://github.com/kubernetes-sigs/gateway-api/releases/download/v1.2.0/install.yaml"]\n',
      },
      'error',
    ],
    [
      'a Job',
      {
        'charts/j.yaml': `${resource('batch/v1', 'Job')}spec: { template: { spec: { containers: [{ image: kubectl }] } } }\n`,
      },
      'warning',
    ],
    [
      'no Job of an app',
      {
        'charts/j.yaml': `${resource('batch/v1', 'Job')}spec: { template: { spec: { containers: [{ image: app }] } } }\n`,
      },
      'error',
    ],
    [
      'Argo CD',
      {
        'charts/a.yaml': `${resource('argoproj.io/v1alpha1', 'Application')}spec: { source: { path: x } }\n`,
      },
      'warning',
    ],
    ['OpenShift', { 'charts/r.yaml': resource('route.openshift.io/v1', 'Route') }, 'info'],
  ])('is %s', (_, files, severity) => {
    const issues = found({ ...certManager('1.19.1'), ...files }).filter(
      ({ object }) => object?.kind === 'Issuer',
    );
    expect(issues.map((one) => one.severity)).toEqual([severity]);
  });

  it('is a helmfile with the chart, or the configuration: nothing is reported', () => {
    const helmfile = {
      'bootstrap/helmfile.yaml': 'releases: [{ name: cert-manager, chart: jetstack/cert-manager }]\n',
    };
    expect(severities({ ...certManager('1.19.1'), ...helmfile })).toEqual([]);
    expect(severities(certManager('1.19.1'), { providedGroups: ['cert-manager.io'] })).toEqual([]);
  });

  it('is a release that existed before Flux adopted it', () => {
    const renamed = release('cert-manager', '1.19.1').replace(
      /name: cert-manager, namespace/g,
      'name: certs, namespace',
    );
    const files = cluster(renamed.replace('name: cert-manager }', 'name: certs }'), issuer);
    expect(severities(files)).toEqual(['error']);
    expect(severities({ ...files, 'bootstrap/helmfile.yaml': 'releases: [{ name: certs }]\n' })).toEqual([]);
  });

  it('is a chart that is named like the project', () => {
    const operator = release('operator', '25.1.1').replace('charts/operator', 'redpanda/operator');
    const files = cluster(operator, resource('cluster.redpanda.com/v1alpha2', 'Redpanda'));
    expect(severities(files)).toEqual(['error']);
    expect(severities({ ...files, 'charts/own.yaml': release('redpanda-things', '1.0.0') })).toEqual([
      'info',
    ]);
  });

  it('is assumed if someone turns CRDs off by hand', () => {
    const off = certManager('1.19.1', 'values: { crds: { enabled: false } }');
    expect(severities({ ...off, 'clusters/prod/o.yaml': foreign('./deploy') })).toEqual(['info']);
  });

  it('is the dependency of a chart in this repository', () => {
    const chart = [
      '---',
      'apiVersion: helm.toolkit.fluxcd.io/v2',
      'kind: HelmRelease',
      'metadata: { name: base, namespace: flux-system }',
      'spec:',
      '  interval: 60m',
      '  chart: { spec: { chart: ./helm/all, sourceRef: { kind: GitRepository, name: flux-system } } }',
      '',
    ].join('\n');
    const yaml =
      'name: all\ndependencies: [{ name: cert-manager, repository: https://charts.jetstack.io }]\n';
    const files = { ...certManager('1.19.1'), 'charts/own.yaml': chart };
    expect(severities({ ...files, 'helm/all/Chart.yaml': yaml })).toEqual(['info']);
  });
});

describe('a kind whose chart is not installed', () => {
  const alone = cluster(release('podinfo', '1.0.0'), issuer);

  it('is an info that names the chart', () => {
    const [only, ...more] = found(alone);
    expect([only?.severity, more]).toEqual(['info', []]);
    expect(only?.hint).toContain('install the chart cert-manager with crds.enabled: true');
  });

  it('is not reported if something else is likely to install it', () => {
    expect(severities({ ...alone, 'charts/own.yaml': release('cert-manager-extras', '1.0.0') })).toEqual([]);
  });

  it('is a warning if a file that nothing reads contains the chart', () => {
    const listed = { 'charts/kustomization.yaml': 'resources: [releases.yaml]\n' };
    const chart = [
      'apiVersion: helm.toolkit.fluxcd.io/v2',
      'kind: HelmRelease',
      'metadata: { name: cert-manager, namespace: system }',
      'spec: { chart: { spec: { chart: cert-manager } } }',
      '',
    ].join('\n');
    const [only] = found({ ...alone, ...listed, 'charts/cert-manager.yaml': chart });
    expect(only).toMatchObject({
      severity: 'warning',
      message: expect.stringContaining('charts/cert-manager.yaml'),
    });
  });

  it('is a warning if another cluster has both', () => {
    const staging = {
      'clusters/staging/flux-system/gotk-sync.yaml': (
        bootstrap['clusters/prod/flux-system/gotk-sync.yaml'] ?? ''
      ).replace('clusters/prod', 'clusters/staging'),
      'clusters/staging/all.yaml':
        fluxKustomization('charts', './staging', ['wait: true']) +
        fluxKustomization('custom', './custom', ['dependsOn: [{ name: charts }]']),
      'staging/releases.yaml': release('cert-manager', '1.19.1', 'values: { crds: { enabled: true } }'),
    };
    const [only] = found({ ...alone, ...staging });
    expect(only).toMatchObject({ severity: 'warning', message: expect.stringContaining('"staging"') });
    const unused = fluxKustomization('charts', './staging', ['wait: true']);
    expect(severities({ ...alone, ...staging, 'clusters/staging/all.yaml': unused })).toEqual(['info']);
  });

  it.each([
    [
      'of no known group beside a chart that is not known',
      'acme.example/v1',
      release('podinfo', '1.0.0'),
      [],
    ],
    [
      'of no known group where all charts are known',
      'acme.example/v1',
      release('metallb', '1.0.0'),
      ['info'],
    ],
    ['of a platform', 'route.openshift.io/v1', release('metallb', '1.0.0'), []],
    ['of many clusters', 'gateway.networking.k8s.io/v1', release('metallb', '1.0.0'), []],
    ['of a network', 'cilium.io/v2', release('metallb', '1.0.0'), []],
    ['of Kubernetes', 'networking.k8s.io/v1', release('metallb', '1.0.0'), []],
  ])('%s', (_, apiVersion, charts, expected) => {
    expect(severities(cluster(charts, resource(apiVersion, 'Thing')))).toEqual(expected);
  });
});

describe('crd-missing', () => {
  it('reports each kind once, and lists the objects', () => {
    const many = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => resource('cert-manager.io/v1', 'Issuer', name));
    const custom = `${many.join('')}${resource('cert-manager.io/v1', 'Certificate')}`;
    const issues = found(cluster(release('cert-manager', '1.19.1'), custom));
    expect(issues.map(({ object }) => object?.kind).sort()).toEqual(['Certificate', 'Issuer']);
    const issuers = issues.find(({ object }) => object?.kind === 'Issuer');
    expect(issuers?.message).toContain('Issuer "a", "b", "c", "d" and 2 more of cert-manager.io');
    expect(issuers?.locations).toHaveLength(7);
  });

  it('ignores what a suspended Kustomization or one of another cluster applies', () => {
    const custom = (spec: string) => ({
      'clusters/prod/custom.yaml': fluxKustomization('custom', './custom', [spec]),
    });
    expect(severities({ ...certManager('1.19.1'), ...custom('suspend: true') })).toEqual([]);
    const remote = custom('kubeConfig: { secretRef: { name: eu } }');
    expect(severities({ ...certManager('1.19.1'), ...remote })).toEqual([]);
  });

  it('lists the Kustomizations that never become ready, if that is certain', () => {
    const blocked = (files: Files) => {
      const tree = treeOf({ ...bootstrap, ...files });
      const context = new CheckContext(tree, buildGraph(tree), {});
      return [...kustomizationsWithoutCrd(context, { name: 'prod' })];
    };
    expect(blocked(certManager('1.19.1'))).toEqual(['Kustomization/flux-system/custom']);
    expect(blocked(certManager('1.19.1', 'values: { crds: { enabled: false } }'))).toEqual([]);
  });
});

describe('a chart that is named after CRDs', () => {
  const sealed = resource('bitnami.com/v1alpha1', 'SealedSecret');
  const judged = (chart: string) => severities(cluster(release(chart, '1.0.0'), sealed));

  it.each(['gateway-api-crds', 'prometheus-operator-crds'])(
    'of another project does not hide the missing CRD: %s',
    (chart) => {
      expect(judged(chart)).toEqual(['info']);
    },
  );

  it.each(['cluster-crds', 'crds', 'sealed-secrets-crds'])('may install it: %s', (chart) => {
    expect(judged(chart)).toEqual([]);
  });
});
