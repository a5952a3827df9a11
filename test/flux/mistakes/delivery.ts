import { mistakesOf } from './mistake';

const BAD_INTERVAL = ['a bad duration', { interval: "'10'" }, 'compiler', 'duration-invalid'] as const;
const secret = "{ name: 's' }";
const chart = "{ spec: { chart: 'c', sourceRef: flux.HelmRepository.fromName('r') } }";
const late = (name: string) => `{ strategy: { name: '${name}', retryInterval: '1m' } }`;

/** What people get wrong with the kinds that deliver. */
export const delivery = [
  mistakesOf(
    'Kustomization',
    { interval: "'10m'", prune: 'true', sourceRef: "flux.GitRepository.fromName('r')" },
    'prune',
    BAD_INTERVAL,
    ['a wrong type', { prune: "'true'" }, 'compiler', 'schema-type'],
    ['a wrong enum', { deletionPolicy: "'Orphaned'" }, 'compiler', 'schema-enum'],
    ['a wrong enum in a list', { buildMetadata: "['origin']" }, 'compiler', 'schema-enum'],
    [
      'a source that Flux cannot apply',
      { sourceRef: "flux.HelmRepository.fromName('r')" },
      'compiler',
      'schema-enum',
    ],
    ['a long name', { name: `'${'a'.repeat(64)}'` }, 'synth', 'name-invalid'],
    ['a kubeConfig of nothing', { kubeConfig: '{}' }, 'compiler', 'schema-rule'],
    [
      'a kubeConfig of two',
      { kubeConfig: `{ secretRef: ${secret}, configMapRef: ${secret} }` },
      'compiler',
      'schema-rule',
    ],
    ['decryption by what there is not', { decryption: "{ provider: 'age' }" }, 'compiler', 'schema-enum'],
    [
      'a dependency on itself',
      { name: "'app'", dependsOn: "[{ name: 'app' }]" },
      'synth',
      'dependency-on-itself',
    ],
    ['a dependency by text', { dependsOn: "['app']" }, 'compiler', 'schema-type'],
    [
      'a dependency of another kind',
      { dependsOn: "[flux.HelmRelease.fromName('b')]" },
      'compiler',
      'reference-kind',
    ],
    ['bad CEL', { dependsOn: "[{ name: 'b', readyExpr: 'dep.status ==' }]" }, 'synth', 'cel-invalid'],
    [
      'a bad health check',
      { healthCheckExprs: "[{ apiVersion: 'v1', kind: 'A', current: 'a &&' }]" },
      'synth',
      'cel-invalid',
    ],
    ['a bad target', { patches: "[{ patch: 'p', target: { name: '(' } }]" }, 'synth', 'regex-invalid'],
    [
      'a bad selector',
      { patches: "[{ patch: 'p', target: { labelSelector: 'a=b=c' } }]" },
      'synth',
      'label-selector-invalid',
    ],
    ['an empty namespace', { targetNamespace: "''" }, 'synth', 'schema-range'],
    [
      'values of no kind',
      { postBuild: "{ substituteFrom: [{ kind: 'Pod', name: 'a' }] }" },
      'compiler',
      'schema-enum',
    ],
  ),
  mistakesOf(
    'HelmRelease',
    { interval: "'10m'", chartRef: "flux.OCIRepository.fromName('r')" },
    'interval',
    BAD_INTERVAL,
    ['a bad duration below', { install: "{ timeout: 'long' }" }, 'compiler', 'duration-invalid'],
    ['a wrong type', { maxHistory: "'5'" }, 'compiler', 'schema-type'],
    ['a wrong enum', { install: "{ crds: 'Replace' }" }, 'compiler', 'schema-enum'],
    ['a field one level too high', { remediation: '{ retries: 1 }' }, 'compiler', 'schema-unknown-field'],
    ['both chart and chartRef', { chart }, 'compiler', 'schema-rule'],
    ['neither chart nor chartRef', { chartRef: undefined }, 'compiler', 'schema-rule'],
    ['a chart that is none', { chartRef: "flux.GitRepository.fromName('r')" }, 'compiler', 'schema-enum'],
    [
      'a bad range',
      { chartRef: undefined, chart: chart.replace("'c'", "'c', version: '>>1'") },
      'synth',
      'semver-invalid',
    ],
    ['a kubeConfig of nothing', { kubeConfig: '{}' }, 'compiler', 'schema-rule'],
    [
      'a kubeConfig of two',
      { kubeConfig: `{ secretRef: ${secret}, configMapRef: ${secret} }` },
      'compiler',
      'schema-rule',
    ],
    ['a retry where none is', { install: late('RemediateOnFailure') }, 'compiler', 'schema-rule'],
    [
      'a retry of an upgrade where none is',
      { upgrade: late('RemediateOnFailure') },
      'compiler',
      'schema-rule',
    ],
    ['values that are a list', { values: "['a']" }, 'synth', 'helm-values-invalid'],
    ['values that are text', { values: "'a: 1'" }, 'compiler', 'helm-values-invalid'],
    ['values from a Pod', { valuesFrom: "[{ kind: 'Pod', name: 'p' }]" }, 'compiler', 'schema-enum'],
    [
      'a bad key of values',
      { valuesFrom: "[{ kind: 'Secret', name: 'p', valuesKey: 'a b' }]" },
      'synth',
      'schema-pattern',
    ],
    [
      'a dependency on itself',
      { name: "'app'", dependsOn: "[{ name: 'app' }]" },
      'synth',
      'dependency-on-itself',
    ],
    [
      'an expression that is no condition',
      { dependsOn: "[{ name: 'b', readyExpr: 'dep.status.ok' }]" },
      'synth',
      'cel-invalid',
    ],
    ['a release with a long name', { releaseName: `'${'a'.repeat(54)}'` }, 'synth', 'schema-range'],
  ),
];
