import { CheckContext } from '../../../lib/check/check-context';
import { crdDoubt } from '../../../lib/check/providers/crd-doubts';
import { buildGraph } from '../../../lib/graph/build-graph';
import { bootstrap, fluxKustomization, treeOf } from '../../graph/tree-of';
import { object, release, type Files } from '../small-repositories';

/** `likely`, `possible` with the words, or `none`. */
const doubt = (api: string, applied: string, more: Files = {}, files: Files = bootstrap) => {
  const [group = '', kind = ''] = api.split('/');
  const tree = treeOf({
    ...files,
    'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
    'apps/all.yaml': applied,
    ...more,
  });
  const context = new CheckContext(tree, buildGraph(tree), {});
  const [facts] = context.clusters;
  const found = facts && crdDoubt(context, facts, group, kind);
  return found ? `${found.isLikely ? 'likely' : 'possible'}: ${found.words}` : 'none';
};
const chart = (name: string, of = name) => release(of, 'default', name);

describe('a chart whose CRDs are unknown', () => {
  it.each([
    // The name of the group, of its project, and of a chart that installs it.
    ['a.food.io/Thing', 'a.food.io', 'likely'],
    ['a.food.io/Thing', 'food-tools', 'likely'],
    ['a.foo.io/Thing', 'foo-tools', 'none'],
    ['monitoring.coreos.com/Probe', 'coreos-tools', 'none'],
    ['postgresql.cnpg.io/Cluster', 'my-cloudnative-pg-extras', 'likely'],
    ['networking.istio.io/Gateway', 'my-istio', 'likely'],
    ['argoproj.io/Sensor', 'events', 'none'],
    ['security.istio.io/Gateway', 'base-app', 'possible'],
    // Charts of CRDs: of everything, of the project, or of another project.
    ['acme.io/Thing', 'crds', 'likely'],
    ['acme.io/Thing', 'all-crds', 'likely'],
    ['acme.io/Thing', 'shop-crds', 'possible'],
    ['acme.io/Thing', 'acme-crds', 'likely'],
    ['x.shop.io/Thing', 'shop-crds', 'likely'],
    ['abc.io/Thing', 'abc-crds', 'possible'],
    ['acme.cloud/Thing', 'cloud-crds', 'possible'],
    ['postgresql.cnpg.io/Cluster', 'cloudnative-crds', 'likely'],
    ['kafka.strimzi.io/Kafka', 'my-strimzi-crds', 'likely'],
    ['external-secrets.io/Thing', 'external-crds', 'likely'],
    ['external-secrets.io/Thing', 'my-secrets-crds', 'possible'],
    ['argoproj.io/Sensor', 'my-events-crds', 'likely'],
  ])('of %s: %s is %s', (api, name, expected) => {
    const words = `the CRDs of the chart of HelmRelease "default/${name}" are unknown`;
    expect(doubt(api, chart(name))).toBe(expected === 'none' ? 'none' : `${expected}: ${words}`);
  });

  it('may be named by its release or by its chart', () => {
    expect(doubt('acme.io/Thing', chart('shop', 'acme'))).toMatch('likely');
    expect(doubt('acme.io/Thing', chart('acme', 'shop'))).toMatch('likely');
  });

  it('is unknown where no file has the chart', () => {
    const gone = object(
      'helm.toolkit.fluxcd.io/v2',
      'HelmRelease',
      'undefined',
      'default',
      'spec: { interval: 1h, chartRef: { kind: OCIRepository, name: gone } }',
    );
    expect(doubt('acme.io/Thing', gone)).toBe('none');
    expect(doubt('acme.io/Thing', gone.replace('name: undefined', 'name: acme'))).toMatch('likely');
  });

  it('may list the project in this repository', () => {
    const own = object(
      'helm.toolkit.fluxcd.io/v2',
      'HelmRelease',
      'web',
      'default',
      'spec: { interval: 1h, chart: { spec: { chart: ./charts/web, sourceRef: { kind: GitRepository, name: flux-system, namespace: flux-system } } } }',
    );
    expect(doubt('acme.io/Thing', own, { 'charts/web/Chart.yaml': 'name: web\n' })).toBe('none');
    const dependency = 'name: web\ndependencies: [{ name: acme }]\n';
    expect(doubt('acme.io/Thing', own, { 'charts/web/Chart.yaml': dependency })).toMatch('likely');
  });
});

describe('something else that may bring a CRD', () => {
  const remote = (address: string) => ({
    'apps/kustomization.yaml': `resources: [all.yaml, ${address}]\n`,
  });
  const gateways = '"https://github.com/kubernetes-sigs/gateway-api/releases/download/v1.2.0/install.yaml"';
  const map = object('v1', 'ConfigMap', 'm', 'default');
  const job = (image: string) =>
    object(
      'batch/v1',
      'Job',
      'j',
      'default',
      `spec: { template: { spec: { containers: [{ image: ${image} }] } } }`,
    );

  it.each([
    ['nothing', map, {}, /^none$/],
    [
      'manifests of this group',
      map,
      remote('"https://example.com/acme.io_things.yaml"'),
      /^likely: .*"flux-system\/apps"/,
    ],
    ['manifests of any', map, remote('"https://example.com/all.yaml"'), /^likely/],
    ['manifests of others', map, remote(gateways), /^none$/],
    ['manifests of others and of any', map, remote(`${gateways}, "https://example.com/all.yaml"`), /^likely/],
    ['a Job with kubectl', job('kubectl'), {}, /^possible: Job "default\/j" installs/],
    ['a Job with kubectl that names it', job('kubectl/acme.io'), {}, /^likely: Job/],
    ['a Job of an app', job('app'), {}, /^none$/],
    ['a Job of an app that names it', job('app/acme.io'), {}, /^none$/],
    [
      'a Subscription',
      object('operators.coreos.com/v1', 'Subscription', 's', 'default'),
      {},
      /^possible: Subscription/,
    ],
    [
      'a Subscription of others',
      object('messaging.example.com/v1', 'Subscription', 's', 'default'),
      {},
      /^none$/,
    ],
    ['OpenShift', object('route.openshift.io/v1', 'Route', 'r', 'default'), {}, /^likely: OpenShift/],
    [
      'Flux in another cluster',
      map,
      {
        'clusters/prod/far.yaml': fluxKustomization('far', './far', [
          'kubeConfig: { secretRef: { name: k } }',
        ]),
        'far/m.yaml': map,
      },
      /^possible: Flux in another cluster/,
    ],
    ['a script', map, { 'setup.sh': 'helm install a x/b\n' }, /^possible: the repository installs/],
    [
      'a script with manifests',
      map,
      { 'setup.sh': 'kubectl apply -f https://x.io/a.yaml\n' },
      /^possible: the repository installs/,
    ],
  ])('is %s', (_, applied, more: Files, expected) => {
    expect(doubt('acme.io/Thing', applied, more)).toMatch(expected);
  });

  it('is what nobody sees, if we only assume where Flux starts', () => {
    expect(doubt('acme.io/Thing', map, {}, {})).toMatch(/^possible: the path from which Flux starts/);
  });
});
