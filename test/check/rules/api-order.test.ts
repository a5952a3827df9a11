import { bootstrap, fluxKustomization, treeOf } from '../../graph/tree-of';
import { checkTree } from '../../../lib/check/check-tree';
import type { CheckConfig } from '../../../lib/config/check-config';

type Files = Readonly<Record<string, string>>;

function codes(files: Files, settings: CheckConfig = {}): string[] {
  const { findings } = checkTree(treeOf({ ...bootstrap, ...files }), { settings });
  return findings.map(({ code }) => code).filter((code) => /^crd-(?:deadlock|race)|^webhook-/.test(code));
}

function release(name: string, url: string, spec: readonly string[] = [], annotations = ''): string {
  return [
    'apiVersion: source.toolkit.fluxcd.io/v1',
    'kind: OCIRepository',
    `metadata: { name: ${name}, namespace: system }`,
    `spec: { interval: 60m, url: ${url}, ref: { tag: 1.19.1 } }`,
    '---',
    'apiVersion: helm.toolkit.fluxcd.io/v2',
    'kind: HelmRelease',
    `metadata: { name: ${name}, namespace: system, annotations: { ${annotations} } }`,
    'spec:',
    '  interval: 60m',
    `  chartRef: { kind: OCIRepository, name: ${name} }`,
    ...spec.map((line) => `  ${line}`),
    '',
  ].join('\n');
}

function resource(apiVersion: string, kind: string): string {
  return `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: it, namespace: system }\n`;
}

const rule = resource('monitoring.coreos.com/v1', 'PrometheusRule');
const stack = 'oci://registry.example.com/mirror/kube-prometheus-stack';
const beside = (chart: string, custom: string): Files => ({
  'clusters/prod/a.yaml': fluxKustomization('a', './a'),
  'a/release.yaml': chart,
  'a/custom.yaml': custom,
});

describe('a provider of a CRD', () => {
  it('is a well-known chart, also from a mirror', () => {
    expect(codes(beside(release('stack', stack), rule))).toEqual(['crd-deadlock']);
  });

  it('is not a chart with an unknown name', () => {
    expect(codes(beside(release('stack', 'oci://registry.example.com/other'), rule))).toEqual([]);
  });

  it('is not a chart whose values turn its CRDs off', () => {
    const values = ['values: { crds: { enabled: false } }'];
    expect(codes(beside(release('stack', stack, values), rule))).toEqual([]);
  });

  it('is a chart whose values in a ConfigMap turn its CRDs on', () => {
    const certificate = resource('cert-manager.io/v1', 'Certificate');
    const chart = 'oci://quay.io/jetstack/charts/cert-manager';
    const from = ['valuesFrom: [{ kind: ConfigMap, name: values }]'];
    const values = [
      'apiVersion: v1',
      'kind: ConfigMap',
      'metadata: { name: values, namespace: system }',
      'data: { values.yaml: "crds: { enabled: true }" }',
      '',
    ].join('\n');
    const files = beside(release('cert-manager', chart, from), certificate);
    expect(codes(files)).toEqual([]);
    expect(codes({ ...files, 'a/values.yaml': values })).toEqual(['crd-deadlock']);
  });

  it('is not a chart whose CRDs Helm skips', () => {
    expect(codes(beside(release('stack', stack, ['install: { crds: Skip }']), rule))).toEqual([]);
  });

  it('is what an annotation of the release declares', () => {
    const chart = release(
      'own',
      'oci://registry.example.com/own',
      [],
      'cdk8s-flux/provides: "a.example, b.example"',
    );
    expect(codes(beside(chart, resource('b.example/v1', 'Thing')))).toEqual(['crd-deadlock']);
    expect(codes(beside(chart, resource('c.example/v1', 'Thing')))).toEqual([]);
  });

  it('is a template from which an operator creates it', () => {
    const template = [
      'apiVersion: templates.gatekeeper.sh/v1',
      'kind: ConstraintTemplate',
      'metadata: { name: needslabels }',
      'spec: { crd: { spec: { names: { kind: NeedsLabels } } } }',
      '',
    ].join('\n');
    const constraint = resource('constraints.gatekeeper.sh/v1beta1', 'NeedsLabels');
    expect(codes(beside(template, constraint))).toEqual(['crd-deadlock']);
  });

  it('is a CRD in the same Kustomization, which Flux applies first', () => {
    const crd = [
      'apiVersion: apiextensions.k8s.io/v1',
      'kind: CustomResourceDefinition',
      'metadata: { name: prometheusrules.monitoring.coreos.com }',
      'spec: { group: monitoring.coreos.com, names: { kind: PrometheusRule } }',
      '',
    ].join('\n');
    expect(codes({ ...beside(release('stack', stack), rule), 'a/crd.yaml': crd })).toEqual([]);
  });
});

describe('a CRD that exists before Flux', () => {
  const files = beside(release('stack', stack), rule);

  it('is one that the configuration names, for all clusters or for one', () => {
    expect(codes(files, { providedGroups: ['monitoring.coreos.com'] })).toEqual([]);
    expect(codes(files, { providedGroups: ['monitoring.coreos.com/PrometheusRule'] })).toEqual([]);
    expect(codes(files, { clusters: { prod: { providedGroups: ['monitoring.coreos.com'] } } })).toEqual([]);
    expect(codes(files, { clusters: { other: { providedGroups: ['monitoring.coreos.com'] } } })).toEqual([
      'crd-deadlock',
    ]);
  });

  it('is one of a release in a helmfile', () => {
    const helmfile = 'releases:\n  - name: stack\n    namespace: system\n';
    expect(codes({ ...files, 'bootstrap/helmfile.yaml': helmfile })).toEqual([]);
  });

  it.each([
    ['scripts/bootstrap.sh', 'helm upgrade --install stack oci://x/kube-prometheus-stack'],
    ['justfile', 'kubectl apply -f https://x.example/crds/monitoring.coreos.com_prometheusrules.yaml'],
    ['infra/main.tf', 'resource "helm_release" "x" {\n  chart = "kube-prometheus-stack"\n}'],
    ['.taskfiles/bootstrap.yaml', 'tasks: { crds: { cmd: "helm install x y/kube-prometheus-stack" } }'],
    ['bootstrap/kustomization.yaml', 'helmCharts: [{ name: kube-prometheus-stack }]'],
    [
      'k3s/stack.yaml',
      'apiVersion: helm.cattle.io/v1\nkind: HelmChart\nspec: { chart: kube-prometheus-stack }',
    ],
  ])('is one that a bootstrap installs: %s', (path, text) => {
    expect(codes({ ...files, [path]: `${text}\n` })).toEqual([]);
  });

  it('is not one that Flux itself applies from elsewhere', () => {
    const chart = 'helmCharts: [{ name: kube-prometheus-stack }]\n';
    expect(
      codes({ ...files, 'a/kustomization.yaml': `${chart}resources: [release.yaml, custom.yaml]\n` }),
    ).toEqual(['crd-deadlock']);
  });

  it('is one that Talos applies', () => {
    const url = 'https://example.com/crds/monitoring.coreos.com_prometheusrules.yaml';
    expect(codes({ ...files, 'talos/patch.yaml': `cluster:\n  extraManifests: [${url}]\n` })).toEqual([]);
  });
});

describe('the order of a custom resource and its CRD', () => {
  const apart = (operator: readonly string[], custom: readonly string[]): Files => ({
    'clusters/prod/a.yaml': fluxKustomization('a', './a', operator),
    'clusters/prod/b.yaml': fluxKustomization('b', './b', custom),
    'a/release.yaml': release('cnpg', 'oci://ghcr.io/cloudnative-pg/charts/cloudnative-pg'),
    'b/custom.yaml': resource('postgresql.cnpg.io/v1', 'Cluster'),
  });

  it('is a race if nothing orders them', () => {
    expect(codes(apart([], []))).toEqual(['crd-race']);
  });

  it('is correct if the custom resource waits for the operator', () => {
    expect(codes(apart(['wait: true'], ['dependsOn: [{ name: a }]']))).toEqual([]);
    const checks = [
      'healthChecks: [{ apiVersion: apps/v1, kind: Deployment, name: cnpg, namespace: system }]',
    ];
    expect(codes(apart(checks, ['dependsOn: [{ name: a }]']))).toEqual([]);
  });

  it('is correct if a Kustomization between them waits', () => {
    const files = {
      ...apart([], ['dependsOn: [{ name: between }]']),
      'clusters/prod/c.yaml': fluxKustomization('between', './c', [
        'dependsOn: [{ name: a }]',
        'healthChecks: [{ apiVersion: helm.toolkit.fluxcd.io/v2, kind: HelmRelease, name: cnpg, namespace: system }]',
      ]),
      'c/map.yaml': resource('v1', 'ConfigMap'),
    };
    expect(codes(files)).toEqual([]);
  });

  it('is correct if a parent waits instead', () => {
    const files = {
      ...apart(['wait: true'], []),
      'clusters/prod/b.yaml': fluxKustomization('parent', './parent', ['dependsOn: [{ name: a }]']),
      'parent/b.yaml': fluxKustomization('b', './b'),
    };
    expect(codes(files)).toEqual([]);
  });

  it('remains a race with the webhook if nothing waits for the operator', () => {
    expect(codes(apart([], ['dependsOn: [{ name: a }]']))).toEqual(['webhook-race']);
  });

  it('is a deadlock if the operator waits for its custom resources', () => {
    const waiting = apart(['dependsOn: [{ name: b }]'], []);
    expect(codes(waiting)).toEqual(['crd-deadlock']);
    const { findings } = checkTree(treeOf({ ...bootstrap, ...waiting }));
    expect(findings.find(({ code }) => code === 'crd-deadlock')?.message).toContain(
      ', which waits for Kustomization "flux-system/b", and',
    );
  });

  it('is a deadlock if the parent of the operator contains the custom resource', () => {
    const files = { ...apart([], []), 'clusters/prod/b.yaml': resource('postgresql.cnpg.io/v1', 'Cluster') };
    expect(codes(files)).toEqual(['crd-deadlock']);
  });

  it('is reported once for all if most do not wait', () => {
    const names = ['b', 'c', 'd', 'e', 'f'];
    const more = names.map((name) => [`clusters/prod/${name}.yaml`, fluxKustomization(name, `./${name}`)]);
    const customs = names.map((name) => [
      `${name}/custom.yaml`,
      resource('postgresql.cnpg.io/v1', 'Cluster'),
    ]);
    const files = { ...apart([], []), ...(Object.fromEntries([...more, ...customs]) as Files) };
    expect(codes(files)).toEqual(['crd-race']);
  });
});
