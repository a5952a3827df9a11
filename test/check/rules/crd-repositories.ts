import { fluxKustomization } from '../../graph/tree-of';
import { object, type Files } from '../small-repositories';

/** A CRD as YAML. */
export const crd = (group: string, kind: string, metadata = '') =>
  object(
    'apiextensions.k8s.io/v1',
    'CustomResourceDefinition',
    `${kind.toLowerCase()}s.${group}${metadata}`,
    undefined,
    `spec: { group: ${group}, scope: Namespaced, names: { kind: ${kind}, plural: ${kind.toLowerCase()}s }, versions: [{ name: v1, served: true, storage: true, schema: { openAPIV3Schema: { type: object } } }] }`,
  );
/** A custom resource of that group. */
export const thing = (name = 't', kind = 'Thing') => object('acme.io/v1', kind, name, 'default');
/** A HelmRelease of a chart with values, and its HelmRepository. */
export const chart = (name: string, values = '{}', ...spec: readonly string[]) =>
  object(
    'source.toolkit.fluxcd.io/v1',
    'HelmRepository',
    `${name}-charts`,
    'default',
    'spec: { url: "https://charts.example.com", interval: 1h }',
  ) +
  object(
    'helm.toolkit.fluxcd.io/v2',
    'HelmRelease',
    name,
    'default',
    'spec:',
    '  interval: 1h',
    `  values: ${values}`,
    `  chart: { spec: { chart: ${name}, version: 1.19.1, sourceRef: { kind: HelmRepository, name: ${name}-charts } } }`,
    ...spec.map((text) => `  ${text}`),
  );
/** A HelmRelease of cert-manager with its CRDs. */
export const certManager = (...spec: readonly string[]) =>
  chart('cert-manager', '{ crds: { enabled: true } }', ...spec);
/** A custom resource of cert-manager. */
export const issuer = (name = 'i', kind = 'Issuer') => object('cert-manager.io/v1', kind, name, 'default');
/** A line of a spec that waits for one Kustomization. */
export const waits = (on: string) => `dependsOn: [{ name: ${on} }]`;

/** Kustomizations of folders with their names: what they apply and lines of their spec. */
export const repository = (
  folders: Readonly<Record<string, readonly [applied: string, ...spec: string[]]>>,
): Files =>
  Object.fromEntries(
    Object.entries(folders).flatMap(([name, [applied, ...spec]]) => [
      [`clusters/prod/${name}.yaml`, fluxKustomization(name, `./${name}`, spec)],
      [`${name}/all.yaml`, applied],
    ]),
  );
