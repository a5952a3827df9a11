import { fail } from '../findings/findings-error';
import { nearestHint } from '../findings/nearest-name';
import type { ClusterGraph, Graph, GraphNode } from '../graph/graph';

/** A Kustomization of one or several clusters. */
export interface FoundKustomization {
  readonly namespace: string;
  readonly name: string;
  /** Its node in each cluster that has it. */
  readonly places: readonly { readonly cluster: ClusterGraph; readonly node: GraphNode }[];
}

/**
 * Finds a Kustomization by what a user calls it: `apps`, `flux-system/apps` or `Kustomization/flux-system/apps`.
 *
 * @param clusters - the clusters in which it is looked for
 * @throws FindingsError `move-unknown`, `move-unclear`
 */
export function findKustomization({ clusters }: Pick<Graph, 'clusters'>, text: string): FoundKustomization {
  const [name, namespace] = text
    .replace(/^kustomization\//i, '')
    .split('/')
    .reverse();
  const all = clusters.flatMap((cluster) =>
    cluster.nodes.flatMap((node) =>
      node.type === 'kustomization' && node.object ? [{ cluster, node }] : [],
    ),
  );
  const places = all.filter(
    ({ node: { identity } }) =>
      identity.name === name && (namespace === undefined || identity.namespace === namespace),
  );
  const [first] = places;
  if (!first) {
    const known = [...new Set(all.map(({ node }) => qualified(node)))].sort();
    const similar = [...known, ...known.map((one) => one.split('/')[1] ?? '')];
    fail({
      code: 'move-unknown',
      message: `no cluster has a Kustomization ${JSON.stringify(text)}`,
      hint: nearestHint(text, similar, `use one of ${known.slice(0, 8).join(', ')}`),
    });
  }
  const names = [...new Set(places.map(({ node }) => qualified(node)))];
  if (names.length > 1) {
    fail({
      code: 'move-unclear',
      message: `there are several Kustomizations ${JSON.stringify(text)}: ${names.join(', ')}`,
      hint: 'add the namespace',
    });
  }
  const { namespace: own = '' } = first.node.identity;
  return { namespace: own, name: first.node.identity.name, places };
}

/** A Kustomization by its namespace and name. */
export function qualified({ identity: { namespace = '', name } }: GraphNode): string {
  return `${namespace}/${name}`;
}

/** The Kustomizations that apply another one in a cluster. */
export function parentsOf({ nodes }: ClusterGraph, { appliedBy }: GraphNode): GraphNode[] {
  return nodes.filter(({ id }) => appliedBy.includes(id));
}
