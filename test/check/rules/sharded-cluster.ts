import { checkTree } from '../../../lib/check/check-tree';
import type { Finding } from '../../../lib/findings/finding';
import { bootstrap, configMap, fluxKustomization, treeOf } from '../../graph/tree-of';

type Files = Readonly<Record<string, string>>;

/** The label of shards. */
export const KEY = 'sharding.fluxcd.io/key';
const CODES = ['shard-source-apart', 'shard-watched-twice', 'shard-without-controller'];

/** The findings of the rules for shards. */
export function found(files: Files): readonly Finding[] {
  return checkTree(treeOf({ ...bootstrap, ...files })).findings.filter(({ code }) => CODES.includes(code));
}

/** The findings, in short. */
export const short = (files: Files): string[] =>
  found(files).map(
    ({ code, severity, object }) => `${severity} ${code} ${object?.kind ?? ''}/${object?.name ?? ''}`,
  );

/** A Flux controller, as gotk-components.yaml has it. */
export function controller(
  name: string,
  component: string,
  args: readonly string[] = [],
  replicas = 1,
): string {
  const labels = `{ app.kubernetes.io/component: ${component}, app.kubernetes.io/part-of: flux, app.kubernetes.io/version: v2.9.5 }`;
  return [
    'apiVersion: apps/v1',
    'kind: Deployment',
    `metadata: { name: ${name}, namespace: flux-system, labels: ${labels} }`,
    'spec:',
    `  replicas: ${replicas}`,
    `  selector: { matchLabels: { app: ${name} } }`,
    '  template:',
    `    metadata: { labels: { app: ${name} } }`,
    '    spec:',
    '      containers:',
    '        - name: manager',
    `          image: ghcr.io/fluxcd/${component}:v1.9.5@sha256:abc`,
    `          args: ${JSON.stringify(['--log-level=info', ...args])}`,
    '',
  ].join('\n');
}

/** The Service of artifacts. */
export const SERVICE = [
  'apiVersion: v1',
  'kind: Service',
  'metadata: { name: source-controller, namespace: flux-system, labels: { app.kubernetes.io/part-of: flux } }',
  'spec: { selector: { app: source-controller }, ports: [{ port: 80 }] }',
  '',
].join('\n');

/** The controllers of a default installation. */
export const COMPONENTS = ['source', 'kustomize', 'helm', 'notification'].map((name) => `${name}-controller`);
/** The file with the controllers. */
export const file = 'clusters/prod/flux-system/gotk-components.yaml';
/** The main controllers, which ignore objects of shards. */
export const main = (args: readonly string[] = [`--watch-label-selector=!${KEY}`]): string =>
  ['source-controller', 'kustomize-controller', 'helm-controller']
    .map((name) => controller(name, name, args))
    .join('---\n');
/** The controllers of a shard. */
export const shard = (name: string): string =>
  ['source-controller', 'kustomize-controller', 'helm-controller']
    .map((component) =>
      controller(`${component}-${name}`, component, [`--watch-label-selector=${KEY}=${name}`]),
    )
    .join('---\n');
/** A Kustomization in a shard. */
export const inShard = (name: string): Files => ({
  'clusters/prod/apps.yaml': fluxKustomization('apps', './apps').replace(
    '  namespace: flux-system\n',
    `  namespace: flux-system\n  labels: { ${KEY}: ${JSON.stringify(name)} }\n`,
  ),
  'apps/map.yaml': configMap('a'),
});
