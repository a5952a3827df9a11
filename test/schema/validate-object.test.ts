import { fluxKinds } from '../../lib/schema/flux-kinds';
import { validateObject } from '../../lib/schema/validate-object';
import { fullObjects } from './full-object';
import { changed, minimal } from './objects';

type Changes = readonly (readonly [string, unknown])[];

describe('validateObject', () => {
  it('knows the 15 kinds of Flux', () => {
    expect(fluxKinds()).toHaveLength(15);
    expect(Object.keys(minimal).sort()).toEqual(
      fluxKinds()
        .map((key) => key.split('/').at(-1))
        .sort(),
    );
  });

  it.each(Object.entries(minimal))('accepts the smallest %s', (_kind, make) => {
    expect(validateObject(make())).toEqual([]);
  });

  it.each(fluxKinds())('accepts a %s with every field set', (key) => {
    for (const object of fullObjects(key)) expect(validateObject(object)).toEqual([]);
  });

  const mistakes: readonly (readonly [string, string, Changes, object])[] = [
    [
      'a mistyped field',
      'Kustomization',
      [['spec.pruning', true]],
      { code: 'schema-unknown-field', field: 'spec.pruning' },
    ],
    [
      'a mistyped field nearby',
      'Kustomization',
      [['spec.intervall', '1m']],
      { hint: 'did you mean "interval"?' },
    ],
    [
      'a field one level too high',
      'HelmRelease',
      [['spec.remediation', {}]],
      { hint: 'put it below one of install, upgrade' },
    ],
    [
      'a field that is indented too far',
      'HelmRelease',
      [['spec.chart.spec.install', {}]],
      { hint: 'did you mean "spec.install"?' },
    ],
    [
      'a missing field',
      'Kustomization',
      [['spec.prune', undefined]],
      { code: 'schema-required', field: 'spec.prune' },
    ],
    [
      'a wrong type',
      'Kustomization',
      [['spec.prune', 'true']],
      { code: 'schema-type', got: '"true"', hint: 'remove the quotes' },
    ],
    [
      'a number for a text',
      'GitRepository',
      [['spec.ref.branch', 1]],
      { code: 'schema-type', hint: 'put it in quotes' },
    ],
    [
      'a wrong enum',
      'Kustomization',
      [['spec.deletionPolicy', 'Orphaned']],
      { code: 'schema-enum', hint: 'did you mean "Orphan"?' },
    ],
    [
      'a bad duration',
      'Kustomization',
      [['spec.interval', '10']],
      { code: 'schema-pattern', field: 'spec.interval', got: '"10"' },
    ],
    [
      'hours where none are allowed',
      'GitRepository',
      [['spec.timeout', '1h']],
      { code: 'schema-pattern', hint: 'this field does not support hours: write minutes, for example "60m"' },
    ],
    [
      'an scp address',
      'GitRepository',
      [['spec.url', 'git@github.com:o/r']],
      { code: 'schema-pattern', hint: 'write it as "ssh://git@github.com/o/r"' },
    ],
    [
      'a scheme that the kind has not',
      'OCIRepository',
      [['spec.url', 'https://a/b']],
      { code: 'schema-pattern', hint: 'start it with "oci://"' },
    ],
    [
      'a bad chart version',
      'HelmChart',
      [['spec.version', 'latest']],
      { code: 'semver-invalid', field: 'spec.version' },
    ],
    ['a bad range', 'ImagePolicy', [['spec.policy.semver.range', '>>1']], { code: 'semver-invalid' }],
    ['a bad range of tags', 'OCIRepository', [['spec.ref.semver', 'new']], { code: 'semver-invalid' }],
    ['lookahead', 'ImagePolicy', [['spec.filterTags.pattern', '^(?=v).*']], { code: 'regex-invalid' }],
    [
      'an open bracket',
      'Alert',
      [['spec.exclusionList', ['a', '(']]],
      { code: 'regex-invalid', field: 'spec.exclusionList[1]' },
    ],
    [
      'a patch of no kind',
      'Kustomization',
      [['spec.patches', [{ patch: 'p', target: { name: '(' } }]]],
      { code: 'regex-invalid', field: 'spec.patches[0].target.name' },
    ],
    [
      'a selector that is none',
      'Kustomization',
      [['spec.patches', [{ patch: 'p', target: { labelSelector: 'a=b=c' } }]]],
      { code: 'label-selector-invalid' },
    ],
    [
      'bad CEL',
      'Kustomization',
      [['spec.dependsOn', [{ name: 'b', readyExpr: 'dep.status ==' }]]],
      { code: 'cel-invalid', field: 'spec.dependsOn[0].readyExpr' },
    ],
    [
      'an unknown name in CEL',
      'HelmRelease',
      [['spec.dependsOn', [{ name: 'b', readyExpr: 'status.ok == 1' }]]],
      { code: 'cel-invalid', hint: 'use one of the variables self, dep' },
    ],
    [
      'CEL that is no condition',
      'HelmRelease',
      [['spec.dependsOn', [{ name: 'b', readyExpr: 'dep.status.ok' }]]],
      { code: 'cel-invalid' },
    ],
    [
      'a bad health check',
      'Kustomization',
      [['spec.healthCheckExprs', [{ apiVersion: 'v1', kind: 'A', current: 'a &&' }]]],
      { code: 'cel-invalid', field: 'spec.healthCheckExprs[0].current' },
    ],
    [
      'a health check on self',
      'Kustomization',
      [['spec.healthCheckExprs', [{ apiVersion: 'v1', kind: 'A', current: 'self.a == 1' }]]],
      { code: 'cel-invalid', severity: 'warning' },
    ],
    [
      'a dependency on itself',
      'Kustomization',
      [['spec.dependsOn', [{ name: 'app' }]]],
      { code: 'dependency-on-itself', field: 'spec.dependsOn[0].name' },
    ],
    [
      'a long name of a Kustomization',
      'Kustomization',
      [['metadata.name', 'a'.repeat(64)]],
      { code: 'name-invalid' },
    ],
    [
      'a long name of a HelmRelease',
      'HelmRelease',
      [['metadata.name', 'a'.repeat(64)]],
      { code: 'name-invalid' },
    ],
    [
      'values that are a list',
      'HelmRelease',
      [['spec.values', ['a']]],
      { code: 'helm-values-invalid', field: 'spec.values' },
    ],
    ['values that are a text', 'HelmRelease', [['spec.values', 'a: b']], { code: 'helm-values-invalid' }],
    [
      'the removed .Updated',
      'ImageUpdateAutomation',
      [['spec.git.commit.messageTemplate', '{{range .Updated.Images}}x{{end}}']],
      { code: 'commit-template-invalid' },
    ],
    [
      'a type that does not fit the URL',
      'HelmRepository',
      [['spec.url', 'oci://a/b']],
      { code: 'url-invalid' },
    ],
    [
      'a bad name',
      'GitRepository',
      [['metadata.name', 'My App']],
      { code: 'name-invalid', hint: 'write it as "my-app"' },
    ],
    ['no name', 'GitRepository', [['metadata', {}]], { code: 'name-invalid', field: 'metadata.name' }],
    ['a bad namespace', 'GitRepository', [['metadata.namespace', 'a.b']], { code: 'namespace-invalid' }],
    [
      'a bad label',
      'GitRepository',
      [['metadata.labels', { 'a b': 'c' }]],
      { code: 'label-invalid', field: 'metadata.labels["a b"]' },
    ],
    [
      'a bad value of a label',
      'GitRepository',
      [['metadata.labels', { a: 'b c' }]],
      { code: 'label-invalid' },
    ],
    [
      'a number as a label',
      'GitRepository',
      [['metadata.labels', { a: 1 }]],
      { code: 'schema-type', field: 'metadata.labels.a' },
    ],
    [
      'a bad annotation',
      'GitRepository',
      [['metadata.annotations', { 'a/b/c': 'd' }]],
      { code: 'annotation-invalid' },
    ],
    [
      'annotations that are too long',
      'GitRepository',
      [['metadata.annotations', { a: 'x'.repeat(262144) }]],
      { code: 'annotation-invalid' },
    ],
    [
      'an unknown field of the metadata',
      'GitRepository',
      [['metadata.label', {}]],
      { code: 'schema-unknown-field', hint: 'did you mean "labels"?' },
    ],
    ['an empty text', 'Kustomization', [['spec.targetNamespace', '']], { code: 'schema-range' }],
    [
      'an unknown field of the status',
      'Kustomization',
      [['status', { redy: true }]],
      { code: 'schema-unknown-field', field: 'status.redy' },
    ],
    [
      'a removed version',
      'HelmRelease',
      [['apiVersion', 'helm.toolkit.fluxcd.io/v2beta2']],
      { code: 'removed-api', hint: 'use helm.toolkit.fluxcd.io/v2' },
    ],
    [
      'a version that never was',
      'HelmRelease',
      [['apiVersion', 'helm.toolkit.fluxcd.io/v1']],
      { code: 'kind-unknown', field: 'apiVersion' },
    ],
    [
      'a mistyped kind',
      'HelmRelease',
      [['kind', 'HelmRelaese']],
      { code: 'kind-unknown', field: 'kind', hint: 'did you mean "HelmRelease"?' },
    ],
    [
      'a mistyped group',
      'HelmRelease',
      [['apiVersion', 'helm.toolkit.fluxcd.com/v2']],
      { code: 'kind-unknown' },
    ],
    [
      'a group without its first part',
      'Kustomization',
      [['apiVersion', 'fluxcd.io/v1']],
      { code: 'kind-unknown', field: 'apiVersion', hint: 'use kustomize.toolkit.fluxcd.io/v1' },
    ],
    [
      'a group without its second part',
      'HelmRepository',
      [['apiVersion', 'source.fluxcd.io/v1']],
      { code: 'kind-unknown', hint: 'use source.toolkit.fluxcd.io/v1' },
    ],
    ['no kind', 'HelmRelease', [['kind', undefined]], { code: 'schema-required', field: 'kind' }],
    [
      'two providers of one issuer',
      'Receiver',
      [
        ['spec.type', 'generic-oidc'],
        ['spec.secretRef', undefined],
        [
          'spec.oidcProviders',
          [1, 2].map(() => ({
            issuerURL: 'https://a',
            audience: 'a',
            validations: [{ expression: 'true', message: 'm' }],
          })),
        ],
      ],
      { code: 'schema-duplicate-item' },
    ],
    [
      'two large integers as keys',
      'Receiver',
      [
        ['spec.type', 'generic-oidc'],
        ['spec.secretRef', undefined],
        [
          'spec.oidcProviders',
          [1, 2].map(() => ({
            issuerURL: 12345678901234567890n,
            audience: 'a',
            validations: [{ expression: 'true', message: 'm' }],
          })),
        ],
      ],
      { code: 'schema-type' },
    ],
  ];

  it.each(mistakes)('fails on %s (%s)', (_what, kind, changes, expected) => {
    expect(validateObject(changed(minimal[kind]!(), ...changes))).toContainEqual(
      expect.objectContaining(expected),
    );
  });

  it('warns of a null that server-side apply refuses, and fails on it on request', () => {
    const object = changed(minimal.Kustomization!(), ['spec.timeout', null]);
    expect(validateObject(object)).toMatchObject([
      { code: 'schema-null', severity: 'warning', field: 'spec.timeout' },
    ]);
    expect(validateObject(object, { nulls: 'refuse' })).toMatchObject([
      { code: 'schema-null', severity: 'error' },
    ]);
  });

  it('keeps null inside Helm values, and does not change its input', () => {
    const object = changed(minimal.HelmRelease!(), ['spec.values', { a: null, b: [null] }]);
    const before = structuredClone(object);
    expect(validateObject(object)).toEqual([]);
    expect(object).toEqual(before);
  });

  it('accepts a variable as a value of any type if Flux substitutes', () => {
    const object = changed(
      minimal.Kustomization!(),
      ['spec.prune', '${PRUNE}'],
      ['spec.interval', '${INTERVAL:=10m}'],
      ['metadata.name', '${NAME}'],
    );
    expect(validateObject(object, { substitutions: true })).toEqual([]);
    expect(
      validateObject(object)
        .map(({ code }) => code)
        .sort(),
    ).toEqual(['name-invalid', 'schema-pattern', 'schema-type']);
  });

  it('lets an Alert name the kinds of flux-operator on request', () => {
    const object = changed(minimal.Alert!(), ['spec.eventSources', [{ kind: 'FluxInstance', name: '*' }]]);
    expect(validateObject(object)).toMatchObject([
      { code: 'schema-enum', field: 'spec.eventSources[0].kind' },
    ]);
    expect(validateObject(object, { extraAlertKinds: ['FluxInstance'] })).toEqual([]);
  });

  it('checks a removed version against the version of Flux', () => {
    const object = changed(minimal.ImageRepository!(), ['apiVersion', 'image.toolkit.fluxcd.io/v1beta2']);
    expect(validateObject(object, { fluxVersion: '2.8' })).toEqual([]);
    expect(validateObject(object, { fluxVersion: 'v2.9' })).toMatchObject([{ code: 'removed-api' }]);
  });

  it('checks only the metadata of unknown kinds', () => {
    const object = { apiVersion: 'example.com/v1', kind: 'Thing', metadata: { name: 'A' }, anything: 1 };
    expect(validateObject(object)).toMatchObject([{ code: 'name-invalid' }]);
    expect(validateObject({ apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization' })).toEqual(
      [],
    );
    expect(validateObject({ apiVersion: 'v1alpha1', kind: 'VolumeConfig', name: 'a' })).toEqual([]);
    for (const [apiVersion, kind] of [
      ['helm.fluxcd.io/v1', 'HelmRelease'],
      ['infra.contrib.fluxcd.io/v1alpha2', 'Terraform'],
      ['fluxcd.io/v1', 'Thing'],
      ['acme.io/v1', 'Kustomization'],
    ])
      expect(validateObject({ apiVersion, kind, metadata: { name: 'a' } })).toEqual([]);
  });

  it('fails on a value that is not an object', () => {
    for (const value of [null, 'text', 1, ['a']])
      expect(validateObject(value)).toMatchObject([{ code: 'schema-type' }]);
  });
});
