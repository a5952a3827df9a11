import { fluxKind } from '../../lib/schema/flux-kinds';
import type { RawSchema } from '../../lib/schema/schema-source';

/** A string for each pattern of the schemas: the first that matches is used. */
const SAMPLES = [
  '5m',
  'app',
  '@a',
  '@a/x/**',
  '@artifact/x',
  'https://example.com',
  'oci://example.com/x',
  '',
  'v1',
];
const DIGESTS = ['latest@sha256:' + 'a'.repeat(64), 'sha256:' + 'a'.repeat(64)];

/** Values for fields whose meaning the schema does not contain. */
const MEANT: Readonly<Record<string, unknown>> = {
  email: 'a@example.com',
  semver: '>=1.0.0',
  range: '1.x',
  readyExpr: 'dep.status.ready == true',
  labelSelector: 'app=web',
  annotationSelector: 'example.com/a=b',
  version: '1.x',
};

type Changes = readonly (readonly [string, unknown])[];

/** Changes of an object with every field, after which no two fields exclude each other. */
const CHANGES: Readonly<Record<string, readonly Changes[]>> = {
  HelmRelease: [
    [
      ['spec.chart', undefined],
      ['spec.kubeConfig.secretRef', undefined],
      ['spec.install.strategy.name', 'RetryOnFailure'],
      ['spec.upgrade.strategy.name', 'RetryOnFailure'],
    ],
    [
      ['spec.chartRef', undefined],
      ['spec.kubeConfig.configMapRef', undefined],
      ['spec.install.strategy.name', 'RetryOnFailure'],
      ['spec.upgrade.strategy.name', 'RetryOnFailure'],
    ],
  ],
  Kustomization: [[['spec.kubeConfig.secretRef', undefined]], [['spec.kubeConfig.configMapRef', undefined]]],
  Receiver: [
    [
      ['spec.type', 'generic-oidc'],
      ['spec.secretRef', undefined],
    ],
    [['spec.oidcProviders', undefined]],
  ],
  Provider: [[['spec.type', 'github']]],
  Bucket: [
    [
      ['spec.provider', 'generic'],
      ['spec.sts.provider', 'ldap'],
      ['spec.serviceAccountName', undefined],
    ],
    [
      ['spec.provider', 'aws'],
      ['spec.sts.secretRef', undefined],
      ['spec.sts.certSecretRef', undefined],
      ['spec.secretRef', undefined],
    ],
  ],
  GitRepository: oneOf('spec.ref', ['branch', 'commit'], ['tag'], ['semver'], ['name']).map((changes) => [
    ['spec.provider', 'azure'],
    ...changes,
  ]),
  OCIRepository: oneOf('spec.ref', ['tag'], ['semver', 'semverFilter'], ['digest']),
  ImageUpdateAutomation: oneOf('spec.git.checkout.ref', ['branch', 'commit'], ['tag'], ['semver'], ['name']),
  ImagePolicy: oneOf('spec.policy', ['semver'], ['alphabetical'], ['numerical']).map((changes) => [
    ['spec.digestReflectionPolicy', 'Always'],
    ...changes,
  ]),
};

/** For each group of fields, the changes that do not touch it. */
function oneOf(path: string, ...groups: readonly (readonly string[])[]): Changes[] {
  return groups.map((group) =>
    groups
      .flat()
      .filter((field) => !group.includes(field))
      .map((field) => [`${path}.${field}`, undefined]),
  );
}

/** Valid objects of a kind that together have every field of its spec. */
export function fullObjects(key: string): Record<string, unknown>[] {
  return (CHANGES[key.split('/').at(-1) as string] ?? [[]]).map((changes) => fullObject(key, changes));
}

/** An object with every field of its spec set, and the changes that its rules ask for. */
export function fullObject(
  key: string,
  changes: readonly (readonly [string, unknown])[] = [],
): Record<string, unknown> {
  const [kind] = key.split('/').slice(-1);
  const spec = fill(fluxKind(key)!.node.raw.properties!.spec!, '') as Record<string, unknown>;
  const apiVersion = key.slice(0, -kind!.length - 1);
  const object = {
    apiVersion,
    kind,
    metadata: { name: 'full', namespace: 'apps', labels: { a: 'b' } },
    spec,
  };
  for (const [path, value] of changes) {
    const names = path.split('.');
    const last = names.pop()!;
    const place = names.reduce<Record<string, unknown>>(
      (at, name) => at[name] as Record<string, unknown>,
      object,
    );
    if (value === undefined) delete place[last];
    else place[last] = value;
  }
  return object;
}

function fill(schema: RawSchema, name: string): unknown {
  if (schema.enum) return schema.enum[0];
  if (schema.preserve || schema.type === undefined) return { any: { thing: [1] } };
  switch (schema.type) {
    case 'object':
      if (schema.properties) {
        return Object.fromEntries(
          Object.entries(schema.properties).map(([field, child]) => [field, fill(child, field)]),
        );
      }
      return schema.values ? { key: fill(schema.values, 'key') } : {};
    case 'array':
      return [fill(schema.items!, name)];
    case 'integer':
    case 'number':
      return schema.minimum ?? 1;
    case 'boolean':
      return true;
    default:
      return MEANT[name] !== undefined && typeof MEANT[name] === 'string' ? MEANT[name] : sample(schema);
  }
}

function sample(schema: RawSchema): string {
  const pattern = new RegExp(schema.patternJs ?? schema.pattern ?? '', 'u');
  const fitting = [...(schema.pattern ? [] : ['app']), ...SAMPLES, ...DIGESTS].find(
    (text) => pattern.test(text) && text.length >= (schema.minLength ?? 0),
  );
  if (fitting === undefined) throw new Error(`no sample for ${schema.pattern}`);
  return fitting;
}
