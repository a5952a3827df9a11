import { rules } from '../../lib/schema/generated/flux-2.9';
import { validateObject } from '../../lib/schema/validate-object';
import { changed, minimal } from './objects';

type Changes = readonly (readonly [string, unknown])[];

const secret = { name: 's' };
const ref = { configMapRef: secret };
const both = { configMapRef: secret, secretRef: secret };
const oidc = [
  { issuerURL: 'https://example.com', audience: 'a', validations: [{ expression: 'true', message: 'm' }] },
];
const sts = { provider: 'aws', endpoint: 'https://example.com' };
const aws: Changes = [['spec.provider', 'aws']];
const artifacts = (name: string) => [{ name, copy: [{ from: '@a/x/**', to: '@artifact/' }] }];

/** For each rule, in the order of the schemas: a kind, a value that satisfies the rule, and one that violates it. */
const cases: readonly (readonly [kind: string, satisfied: Changes, violated: Changes])[] = [
  [
    'HelmRelease',
    [['spec.install.strategy', { name: 'RetryOnFailure', retryInterval: '1m' }]],
    [['spec.install.strategy', { name: 'RemediateOnFailure', retryInterval: '1m' }]],
  ],
  ['HelmRelease', [['spec.kubeConfig', ref]], [['spec.kubeConfig', {}]]],
  ['HelmRelease', [['spec.kubeConfig', { secretRef: secret }]], [['spec.kubeConfig', both]]],
  [
    'HelmRelease',
    [['spec.upgrade.strategy', { name: 'RetryOnFailure', retryInterval: '1m' }]],
    [['spec.upgrade.strategy', { name: 'RemediateOnFailure', retryInterval: '1m' }]],
  ],
  ['HelmRelease', [], [['spec.chartRef', undefined]]],
  [
    'ImagePolicy',
    [
      ['spec.digestReflectionPolicy', 'Always'],
      ['spec.interval', '5m'],
    ],
    [['spec.interval', '5m']],
  ],
  [
    'ImagePolicy',
    [['spec.digestReflectionPolicy', 'IfNotPresent']],
    [['spec.digestReflectionPolicy', 'Always']],
  ],
  ['Kustomization', [['spec.kubeConfig', ref]], [['spec.kubeConfig', {}]]],
  ['Kustomization', [['spec.kubeConfig', { secretRef: secret }]], [['spec.kubeConfig', both]]],
  [
    'Provider',
    [
      ['spec.type', 'github'],
      ['spec.secretRef', secret],
      ['spec.commitStatusExpr', "'a'"],
    ],
    [['spec.commitStatusExpr', "'a'"]],
  ],
  [
    'Receiver',
    [
      ['spec.type', 'generic-oidc'],
      ['spec.oidcProviders', oidc],
      ['spec.secretRef', undefined],
    ],
    [
      ['spec.type', 'generic-oidc'],
      ['spec.secretRef', undefined],
    ],
  ],
  ['Receiver', [], [['spec.oidcProviders', oidc]]],
  [
    'Receiver',
    [],
    [
      ['spec.type', 'generic-oidc'],
      ['spec.oidcProviders', oidc],
    ],
  ],
  ['Receiver', [], [['spec.secretRef', undefined]]],
  ['ArtifactGenerator', [['spec.artifacts', artifacts('a.b-c')]], [['spec.artifacts', artifacts('a_b')]]],
  [
    'Bucket',
    [...aws, ['spec.sts', sts]],
    [
      ['spec.provider', 'gcp'],
      ['spec.sts', sts],
    ],
  ],
  ['Bucket', [...aws, ['spec.sts', sts]], [...aws, ['spec.sts', { ...sts, provider: 'ldap' }]]],
  ['Bucket', [['spec.sts', { ...sts, provider: 'ldap' }]], [['spec.sts', sts]]],
  ['Bucket', [...aws, ['spec.sts', sts]], [...aws, ['spec.sts', { ...sts, secretRef: secret }]]],
  ['Bucket', [...aws, ['spec.sts', sts]], [...aws, ['spec.sts', { ...sts, certSecretRef: secret }]]],
  ['Bucket', [...aws, ['spec.serviceAccountName', 'a']], [['spec.serviceAccountName', 'a']]],
  [
    'Bucket',
    [['spec.secretRef', secret]],
    [...aws, ['spec.secretRef', secret], ['spec.serviceAccountName', 'a']],
  ],
  [
    'GitRepository',
    [
      ['spec.provider', 'azure'],
      ['spec.serviceAccountName', 'a'],
    ],
    [['spec.serviceAccountName', 'a']],
  ],
  [
    'HelmChart',
    [['spec.verify', { provider: 'cosign' }]],
    [
      ['spec.verify', { provider: 'cosign' }],
      ['spec.sourceRef.kind', 'Bucket'],
    ],
  ],
];

describe('the CEL rules of the schemas', () => {
  it('are all in the table', () => {
    expect(rules).toHaveLength(24);
    expect(cases).toHaveLength(rules.length);
  });

  it.each(cases.map((entry, index) => [rules[index]!.rule, rules[index]!.message, entry] as const))(
    'fails what violates %s, and accepts what does not',
    (_rule, message, [kind, satisfied, violated]) => {
      expect(validateObject(changed(minimal[kind]!(), ...satisfied))).toEqual([]);
      const violations = validateObject(changed(minimal[kind]!(), ...violated));
      expect(violations).toContainEqual(
        expect.objectContaining({
          code: 'schema-rule',
          message,
          hint: expect.stringMatching(/^correct [\w ]+$/) as string,
        }),
      );
    },
  );

  it('fails a HelmRelease with both chart and chartRef', () => {
    const chart = { spec: { chart: 'c', sourceRef: { kind: 'HelmRepository', name: 'r' } } };
    const [violation] = validateObject(changed(minimal.HelmRelease!(), ['spec.chart', chart]));
    expect(violation).toMatchObject({
      code: 'schema-rule',
      field: 'spec',
      message: 'either chart or chartRef must be set',
    });
  });
});
