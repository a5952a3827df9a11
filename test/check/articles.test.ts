import { checkTree } from '../../lib/check/check-tree';
import type { Finding } from '../../lib/findings/finding';
import { fluxKustomization, treeOf } from '../graph/tree-of';

/** What bootstrap writes for a cluster of a fleet. */
function cluster(name: string): Readonly<Record<string, string>> {
  const source = [
    'apiVersion: source.toolkit.fluxcd.io/v1',
    'kind: GitRepository',
    'metadata: { name: flux-system, namespace: flux-system }',
    'spec: { interval: 1m, url: "https://github.com/acme/fleet-infra", secretRef: { name: flux-system } }',
  ].join('\n');
  const sync = fluxKustomization('flux-system', `./clusters/${name}`);
  return { [`clusters/${name}/flux-system/gotk-sync.yaml`]: `${source}\n${sync}` };
}

function check(files: Readonly<Record<string, string>>): readonly Finding[] {
  return checkTree(treeOf({ ...cluster('prod'), ...files })).findings;
}

function codes(findings: readonly Finding[]): string[] {
  return [...new Set(findings.filter(({ severity }) => severity !== 'info').map(({ code }) => code))];
}

const deployment = [
  'apiVersion: apps/v1',
  'kind: Deployment',
  'metadata: { name: payment, namespace: payment }',
  'spec:',
  '  selector: { matchLabels: { app: payment } }',
  '  template:',
  '    metadata: { labels: { app: payment } }',
  '    spec:',
  '      containers:',
  '        - name: payment',
  '          image: ghcr.io/acme/payment:1.3.2 # {"$imagepolicy": "flux-system:payment"}',
  '',
].join('\n');
const namespace = 'apiVersion: v1\nkind: Namespace\nmetadata: { name: payment }\n';
const retry = 'retryInterval: 2m';

describe('mistakes in the articles', () => {
  it('two Kustomizations on one path', () => {
    const found = check({
      'clusters/prod/payment.yaml': fluxKustomization('payment', './payment', [retry]),
      'clusters/prod/secrets.yaml': fluxKustomization('payment-secrets', './payment', [retry]),
      'payment/all.yaml': `${namespace}---\n${deployment}`,
    });
    expect(codes(found)).toContain('path-overlap');
  });

  it('health checks beside wait', () => {
    const checks =
      'healthChecks: [{ apiVersion: apps/v1, kind: Deployment, name: payment, namespace: payment }]';
    const found = check({
      'clusters/prod/payment.yaml': fluxKustomization('payment', './payment', [retry, 'wait: true', checks]),
      'payment/all.yaml': `${namespace}---\n${deployment}`,
    });
    expect(codes(found)).toEqual(['health-check-ignored']);
  });

  it('creation rules without encrypted_regex', () => {
    const found = check({
      '.sops.yaml':
        'creation_rules:\n  - path_regex: .*/secrets/.*\\.yaml\n    age: age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p\n',
      'clusters/prod/payment.yaml': fluxKustomization('payment', './payment', [retry]),
      'payment/all.yaml': `${namespace}---\n${deployment}`,
    });
    expect(codes(found)).toEqual(['sops-rule-no-regex']);
    expect(found[0]?.locations[0]).toMatchObject({ file: '.sops.yaml', line: 2 });
  });

  it('an image template of a removed API', () => {
    const automation = (version: string) =>
      [
        `apiVersion: image.toolkit.fluxcd.io/${version}`,
        'kind: ImageUpdateAutomation',
        'metadata: { name: images, namespace: flux-system }',
        'spec:',
        '  interval: 1m',
        '  sourceRef: { kind: GitRepository, name: flux-system }',
        '  git:',
        '    commit:',
        '      author: { email: bot@example.com, name: bot }',
        '      messageTemplate: "update {{range .Updated.Images}}{{.Name}}{{end}}"',
        '    push: { branch: main }',
        '  update: { path: ./payment, strategy: Setters }',
        '',
      ].join('\n');
    const files = {
      'clusters/prod/payment.yaml': fluxKustomization('payment', './payment', [retry]),
      'payment/all.yaml': `${namespace}---\n${deployment}`,
      'clusters/prod/flux-system/gotk-components.yaml': `# Flux Version: v2.9.5\napiVersion: v1\nkind: Namespace\nmetadata: { name: flux-system }\n`,
    };
    const removed = check({ ...files, 'clusters/prod/images.yaml': automation('v1beta1') });
    expect(codes(removed)).toEqual(['removed-api']);
    expect(removed[0]?.hint).toContain('.Changed for .Updated');
    const served = check({ ...files, 'clusters/prod/images.yaml': automation('v1') });
    expect(codes(served)).toEqual(['commit-template-invalid']);
  });

  it('an open version range shared by a fleet', () => {
    const release = [
      'apiVersion: source.toolkit.fluxcd.io/v1',
      'kind: HelmRepository',
      'metadata: { name: charts, namespace: payment }',
      'spec: { interval: 1h, url: "https://charts.example.com" }',
      '---',
      'apiVersion: helm.toolkit.fluxcd.io/v2',
      'kind: HelmRelease',
      'metadata: { name: payment, namespace: payment }',
      'spec:',
      '  interval: 5m',
      '  chart:',
      '    spec:',
      '      chart: payment',
      '      version: ">=1.0.0"',
      '      sourceRef: { kind: HelmRepository, name: charts }',
      '',
    ].join('\n');
    const overlay = (name: string) => ({
      [`clusters/${name}/payment.yaml`]: fluxKustomization('payment', './payment', [retry]),
    });
    const base = { ...overlay('prod'), 'payment/all.yaml': `${namespace}---\n${release}` };
    expect(codes(check(base))).toEqual([]);
    const fleet = check({ ...base, ...cluster('staging'), ...overlay('staging') });
    expect(codes(fleet)).toEqual(['open-version-range-shared']);
    expect(fleet[0]?.message).toContain('2 clusters');
  });
});
