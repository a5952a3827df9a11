import type { Finding } from '../../lib/findings/finding';
import { buildGraph } from '../../lib/graph/build-graph';
import type { ClusterGraph, Graph } from '../../lib/graph/graph';
import { KustomizeBuilder } from '../../lib/graph/kustomize/accumulate';
import { RepositoryView } from '../../lib/graph/sources/repository-view';
import { identityOf, type ManifestObject } from '../../lib/tree/manifest';
import { Tree } from '../../lib/tree/tree';
import { TreeFile } from '../../lib/tree/tree-file';

/** A tree of texts by path. */
export function treeOf(files: Readonly<Record<string, string>>): Tree {
  return new Tree(Object.entries(files).map(([path, text]) => TreeFile.fromBytes(path, text)));
}

/** The objects and findings of a folder's build. */
export function buildFolder(files: Readonly<Record<string, string>>, folder: string) {
  const result = new KustomizeBuilder(new RepositoryView(treeOf(files), () => true)).build(folder);
  const objects = result.resources.map(({ object }) => object);
  const { findings, remotes } = result;
  return { objects, ids: objects.map(idText), codes: codesOf(findings), findings, remotes };
}

/** The codes of findings. */
export function codesOf(findings: readonly Finding[]): string[] {
  return findings.map(({ code }) => code);
}

/** An object's identity as text. */
export function idText(object: ManifestObject): string {
  const { kind, namespace = '', name } = identityOf(object);
  return `${kind}/${namespace}/${name}`;
}

/** A Flux Kustomization as YAML; `spec` lines are added to it. */
export function fluxKustomization(name: string, path: string, spec: readonly string[] = []): string {
  return [
    '---',
    'apiVersion: kustomize.toolkit.fluxcd.io/v1',
    'kind: Kustomization',
    'metadata:',
    `  name: ${name}`,
    '  namespace: flux-system',
    'spec:',
    '  interval: 10m',
    `  path: ${path}`,
    '  prune: true',
    '  sourceRef:',
    '    kind: GitRepository',
    '    name: flux-system',
    ...spec.map((line) => `  ${line}`),
    '',
  ].join('\n');
}

/** A Flux Kustomization of another source as YAML. */
export function kustomizationFrom(kind: string, source: string, path: string, name = source): string {
  return fluxKustomization(name, path)
    .replace('kind: GitRepository', `kind: ${kind}`)
    .replace(/name: flux-system$/m, `name: ${source}`);
}

/** A kustomization file that lists resources. */
export function listing(...resources: string[]): string {
  return `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [${resources.join(', ')}]\n`;
}

/** A ConfigMap as YAML. */
export function configMap(name: string, data: Readonly<Record<string, string>> = {}): string {
  const lines = Object.entries(data).map(([key, value]) => `  ${key}: ${JSON.stringify(value)}`);
  return [
    '---',
    'apiVersion: v1',
    'kind: ConfigMap',
    'metadata:',
    `  name: ${name}`,
    'data:',
    ...lines,
    '',
  ].join('\n');
}

/** What bootstrap writes for a cluster at `clusters/prod`. */
export const bootstrap: Readonly<Record<string, string>> = {
  'clusters/prod/flux-system/gotk-sync.yaml': [
    'apiVersion: source.toolkit.fluxcd.io/v1',
    'kind: GitRepository',
    'metadata:',
    '  name: flux-system',
    '  namespace: flux-system',
    'spec:',
    '  interval: 1m',
    '  url: ssh://git@github.com/acme/fleet.git',
    fluxKustomization('flux-system', './clusters/prod'),
  ].join('\n'),
};

/** The graph of a bootstrapped repository with more files, and its only cluster. */
export function graphOf(files: Readonly<Record<string, string>>): { graph: Graph; cluster: ClusterGraph } {
  const graph = buildGraph(treeOf({ ...bootstrap, ...files }));
  return { graph, cluster: graph.clusters[0] as ClusterGraph };
}

/** What a Kustomization of a cluster applies, as texts. */
export function appliedBy(cluster: ClusterGraph, name: string): string[] {
  const node = cluster.nodes.find(({ id }) => id === `Kustomization/flux-system/${name}`);
  return (node?.build?.inventory ?? []).map(({ object }) => idText(object));
}
