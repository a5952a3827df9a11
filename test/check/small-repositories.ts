import { CheckContext } from '../../lib/check/check-context';
import { checkTree } from '../../lib/check/check-tree';
import type { CheckConfig } from '../../lib/config/check-config';
import type { Finding } from '../../lib/findings/finding';
import { buildGraph } from '../../lib/graph/build-graph';
import { bootstrap, fluxKustomization, treeOf } from '../graph/tree-of';

/** Texts by path. */
export type Files = Readonly<Record<string, string>>;

/** The findings of one code in a bootstrapped repository with more files. */
export function found(code: string, files: Files): readonly Finding[] {
  return checkTree(treeOf({ ...bootstrap, ...files })).findings.filter((one) => one.code === code);
}

/** What rules see of a bootstrapped repository in which `apps` builds `./apps`. */
export const contextOf = (files: Files): CheckContext => {
  const tree = treeOf({
    ...bootstrap,
    'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
    ...files,
  });
  return new CheckContext(tree, buildGraph(tree), {});
};

/** The number of findings with one code. */
export const count = (code: string, files: Files) => found(code, files).length;

/** An object as YAML; more of it as lines. */
export const object = (
  apiVersion: string,
  kind: string,
  name: string,
  namespace?: string,
  ...more: string[]
) =>
  [
    '---',
    `apiVersion: ${apiVersion}`,
    `kind: ${kind}`,
    `metadata: { name: ${name}${namespace === undefined ? '' : `, namespace: ${namespace}`} }`,
    ...more,
    '',
  ].join('\n');

/** A ResourceSet as YAML; its spec as lines. */
export const resourceSet = (...spec: readonly string[]) =>
  object(
    'fluxcd.controlplane.io/v1',
    'ResourceSet',
    'set',
    'flux-system',
    'spec:',
    ...spec.map((text) => `  ${text}`),
  );

/** A Flux Kustomization of a GitRepository as YAML. */
export const kustomizationOf = (
  repository: string,
  name: string,
  path: string,
  spec: readonly string[] = [],
) => fluxKustomization(name, path, spec).replace('    name: flux-system', `    name: ${repository}`);

/** A Kustomization of another repository, with its GitRepository, as YAML. */
export const foreign = (
  name: string,
  path = './deploy',
  { spec = [], url = 'https://example.com/other' }: { spec?: readonly string[]; url?: string } = {},
) =>
  kustomizationOf('other', name, path, spec) +
  object(
    'source.toolkit.fluxcd.io/v1',
    'GitRepository',
    'other',
    'flux-system',
    `spec: { interval: 1h, url: "${url}", ref: { branch: main } }`,
  );

/** A HelmRelease as YAML; more of its spec as lines. */
export const release = (name: string, namespace: string, chart: string, ...more: string[]) =>
  object(
    'helm.toolkit.fluxcd.io/v2',
    'HelmRelease',
    name,
    namespace,
    ...[
      'spec:',
      '  interval: 1h',
      `  chart: { spec: { chart: ${chart}, sourceRef: { kind: HelmRepository, name: charts } } }`,
      ...more,
    ],
  );
/** YAML of an object without a namespace, with one. */
export const namespaced = (text: string, namespace: string) =>
  text.replace(/^ {2}name: .*$/m, `$&\n  namespace: ${namespace}`);
/** A Kustomization of the folder `apps` with one file in it; more of its spec as lines. */
export const apps = (map: string, spec: readonly string[] = []): Files => ({
  'clusters/prod/apps.yaml': fluxKustomization('apps', './apps', spec),
  'apps/map.yaml': map,
});

/** What one finding says, in one line: severity, places, object and field, message, hint. */
export const inLine = ({ severity, locations, object, field, message, hint }: Finding): string => {
  const places = locations.map((place) => [place.file, place.line, place.field].filter(Boolean).join(':'));
  const what = `${object?.kind ?? ''} ${object?.name ?? ''} ${field ?? ''}`;
  return `${severity} at ${places.join(', ')} (${what}) ${message} => ${hint ?? ''}`;
};

/** The findings of one code in a bootstrapped repository, each in one line. */
export const lines = (code: string, files: Files, settings: CheckConfig = {}): string[] =>
  checkTree(treeOf({ ...bootstrap, ...files }), { settings })
    .findings.filter((one) => one.code === code)
    .map(inLine);

/** Matches a line with these parts, in this order. */
export const line = (...parts: readonly string[]): string =>
  expect.stringMatching(
    new RegExp(parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.*'), 's'),
  ) as string;
