import type { GraphNode } from '../../../graph/graph';
import { listOf, mapOf, textOf, valueAt, type PlainMap } from '../../../plain/plain-data';
import { parseDocuments } from '../../../yaml/parse';
import type { ClusterFacts } from '../cluster-facts';
import { asText } from '../../../plain/as-text';

/** The chart that a HelmRelease installs. */
export interface ReleaseChart {
  /** Its name: the last part of its path or address. */
  readonly name: string;
  /**
   * The address of its repository.
   *
   * @default - the tree does not have the source
   */
  readonly repository?: string;
}

/** The chart of a HelmRelease, or of a HelmChart; `undefined` where the tree does not tell. */
export function chartOf(facts: ClusterFacts, node: GraphNode): ReleaseChart | undefined {
  const spec = mapOf(node.object?.spec);
  const [reference] = facts.edgesFrom(node.id, 'chart');
  const [source] = facts.edgesFrom(node.id, 'source');
  if (reference) {
    const target = facts.node(reference.to);
    if (!target?.object) return undefined;
    if (target.identity.kind === 'HelmChart') return chartOf(facts, target);
    const url = textOf(mapOf(target.object.spec).url);
    return url === undefined ? undefined : { name: lastPart(url), repository: url };
  }
  const chart = textOf(valueAt(spec, 'chart', 'spec', 'chart')) ?? textOf(spec.chart);
  if (chart === undefined) return undefined;
  const url = source && textOf(mapOf(facts.node(source.to)?.object?.spec).url);
  return { name: lastPart(chart), repository: url };
}

/**
 * Whether the chart of a HelmRelease lies in a Git repository, a bucket or an artifact made from them. It is usually
 * somebody's own, whatever its name is, with its own default values.
 */
export function isOwnChart(facts: ClusterFacts, node: GraphNode): boolean {
  const [reference] = facts.edgesFrom(node.id, 'chart');
  const chart = reference && facts.node(reference.to);
  const kind =
    valueAt(node.object?.spec, 'chart', 'spec', 'sourceRef', 'kind') ??
    valueAt(chart?.object?.spec, 'sourceRef', 'kind') ??
    chart?.identity.kind;
  return kind === 'GitRepository' || kind === 'Bucket' || kind === 'ExternalArtifact';
}

/** The last part of a path or an address. */
export function lastPart(path: string): string {
  return (
    path
      .replace(/(?<!\/)\/+$/, '')
      .split('/')
      .at(-1) ?? path
  );
}

/**
 * A value of a HelmRelease by its keys: from `spec.values`, else from the ConfigMaps of `spec.valuesFrom` that the tree
 * has, of which the last one wins.
 */
export function releaseValue(facts: ClusterFacts, node: GraphNode, keys: readonly string[]): unknown {
  const spec = mapOf(node.object?.spec);
  const own = valueAt(spec.values, ...keys);
  if (own !== undefined) return own;
  return listOf(spec.valuesFrom)
    .map((entry) => valueAt(valuesOf(facts, mapOf(entry), node.identity.namespace ?? ''), ...keys))
    .filter((value) => value !== undefined)
    .at(-1);
}

/**
 * Whether the repository shows all that may set some values of a release. It does not where they may come from a Secret,
 * from a ConfigMap that the tree does not have, or from files of the chart.
 */
export function areValuesKnown(
  facts: ClusterFacts,
  node: GraphNode,
  paths: readonly (readonly string[])[],
): boolean {
  const spec = mapOf(node.object?.spec);
  const { valuesFiles, valuesFile } = mapOf(valueAt(spec, 'chart', 'spec'));
  if (listOf(valuesFiles).length > 0 || valuesFile !== undefined) return false;
  return listOf(spec.valuesFrom)
    .map(mapOf)
    .every((entry) => {
      const target = textOf(entry.targetPath)?.split('.');
      if (target) return !paths.some((path) => path.every((key, at) => (target[at] ?? key) === key));
      return valuesOf(facts, entry, node.identity.namespace ?? '') !== undefined;
    });
}

function valuesOf(facts: ClusterFacts, { kind, name, valuesKey }: PlainMap, namespace: string): unknown {
  if (kind !== 'ConfigMap' || textOf(name) === undefined) return undefined;
  const [applied] = facts.objects.get(`ConfigMap/${namespace}/${asText(name)}`) ?? [];
  const text = mapOf(applied?.object.data)[textOf(valuesKey) ?? 'values.yaml'];
  if (typeof text !== 'string') return undefined;
  try {
    return parseDocuments(text, '')[0]?.value;
  } catch {
    return undefined;
  }
}
