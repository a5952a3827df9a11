import type { ObjectIdentity } from '../findings/finding';
import type { Graph, GraphNode } from '../graph/graph';
import { decrypts } from '../sops/decryption-guard';

/** A cluster that applies a file, and how. */
export interface SecretReader {
  /** The cluster's short name. */
  readonly cluster: string;
  /** The Flux Kustomization that applies it, as `namespace/name`. */
  readonly kustomization: string;
  /** Whether the Kustomization decrypts what it applies. */
  readonly decrypts: boolean;
  /**
   * The Secret in the cluster with the private keys, as `namespace/name`.
   *
   * @default - the Kustomization names none: the controller's own keys are used
   */
  readonly keySecret?: string;
}

/** Tells for each file which clusters apply objects of it, as far as files show it. */
export function readersByFile(graph: Graph): Map<string, SecretReader[]> {
  const readers = new Map<string, Map<string, SecretReader>>();
  for (const { name: cluster, nodes } of graph.clusters) {
    for (const node of nodes) {
      if (node.build === undefined) continue;
      const reader = readerOf(cluster, node);
      for (const { location } of node.build.inventory) {
        if (location.file === undefined) continue;
        const known = readers.get(location.file) ?? new Map<string, SecretReader>();
        readers.set(location.file, known.set(`${cluster} ${reader.kustomization}`, reader));
      }
    }
  }
  return new Map([...readers].map(([file, known]) => [file, [...known.values()]]));
}

function readerOf(cluster: string, { identity, object }: GraphNode): SecretReader {
  const decryption = object?.spec as { decryption?: { secretRef?: { name?: unknown } } } | undefined;
  const name = decryption?.decryption?.secretRef?.name;
  return {
    cluster,
    kustomization: nameOf(identity),
    decrypts: object !== undefined && decrypts(object),
    ...(typeof name === 'string' && { keySecret: [identity.namespace, name].filter(Boolean).join('/') }),
  };
}

function nameOf({ namespace, name }: ObjectIdentity): string {
  return [namespace, name].filter(Boolean).join('/');
}
