import { fluxKustomization } from '../../graph/tree-of';
import { found, object } from '../small-repositories';

/** How often a Kustomization that does not wait, and that another one depends on, is reported for what it applies. */
function reports(...objects: readonly string[]): number {
  const files = {
    'clusters/prod/first.yaml': fluxKustomization('first', './first'),
    'clusters/prod/second.yaml': fluxKustomization('second', './second', ['dependsOn: [{ name: first }]']),
    'first/all.yaml': objects.join('---\n'),
    'second/all.yaml': object('v1', 'Service', 'second', 'default'),
  };
  return found('dependency-not-ready', files).length;
}

const rule = object('nfd.k8s-sigs.io/v1alpha1', 'NodeFeatureRule', 'usb');
const monitor = object('monitoring.coreos.com/v1', 'ServiceMonitor', 'web', 'default');
const middleware = object('traefik.io/v1alpha1', 'Middleware', 'auth', 'default');

describe('dependency-not-ready', () => {
  it.each([
    ['NodeFeatureRule', rule],
    ['ServiceMonitor', monitor],
    ['Middleware', middleware],
    ['constraint of Gatekeeper', object('constraints.gatekeeper.sh/v1beta1', 'RequiredLabels', 'team')],
    ['pool of MetalLB', object('metallb.io/v1beta1', 'IPAddressPool', 'lan', 'default')],
    ['dashboard of Grafana', object('grafana.integreatly.org/v1beta1', 'GrafanaDashboard', 'd', 'default')],
  ])('ignores a %s, for which waiting changes nothing', (_, settings) => {
    expect(reports(settings)).toBe(0);
  });

  it.each([
    [
      'Prometheus, of the group of ServiceMonitor',
      object('monitoring.coreos.com/v1', 'Prometheus', 'p', 'default'),
    ],
    [
      'Grafana, of the group of its dashboards',
      object('grafana.integreatly.org/v1beta1', 'Grafana', 'g', 'default'),
    ],
    ['custom resource that nobody knows', object('example.com/v1', 'Shop', 's', 'default')],
  ])('finds a %s', (_, slow) => {
    expect(reports(slow, monitor)).toBe(1);
  });

  it('does not suggest that a parent wait for its child, which waits for it', () => {
    const files = {
      'clusters/prod/first.yaml': fluxKustomization('first', './first'),
      'first/release.yaml': object('example.com/v1', 'Shop', 's', 'default'),
      'first/second.yaml': fluxKustomization('second', './second', ['dependsOn: [{ name: first }]']),
      'second/all.yaml': object('v1', 'Service', 'second', 'default'),
    };
    const [first] = found('dependency-not-ready', files);
    expect(first?.hint).toMatch(/^list what must be ready in healthChecks; with wait: true, it would/);
  });

  it.each([
    ['their parent, which applies Kustomizations alone', ''],
    [
      "their parent, which applies Flux's own controllers",
      object('apps/v1', 'Deployment', 'source-controller', 'flux-system').replace(
        'namespace: flux-system',
        'namespace: flux-system, labels: { app.kubernetes.io/part-of: flux }',
      ),
    ],
  ])('ignores children that wait for %s', (_, more) => {
    const files = {
      'clusters/prod/first.yaml': fluxKustomization('first', './first'),
      'first/second.yaml': fluxKustomization('second', './second', ['dependsOn: [{ name: first }]']),
      'first/third.yaml': fluxKustomization('third', './second'),
      'first/more.yaml': more,
      'second/all.yaml': object('v1', 'Service', 'second', 'default'),
    };
    expect(found('dependency-not-ready', files)).toEqual([]);
  });
});
