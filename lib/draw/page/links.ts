import type { PageData } from '../page-data';

/** What the address of the page may lead to. */
export interface Target {
  /** The index of a cluster; -1 for the overview. */
  readonly cluster: number;
  /** A node; -1 for none. */
  readonly node: number;
  /** The node at the other end of a way; -1 for none. */
  readonly other: number;
}

/** The part of the page's address that leads to a target: `#prod/Kustomization/flux-system/apps`. */
export function hashOf({ clusters, nodes }: PageData, { cluster, node, other }: Target): string {
  if (cluster < 0) return '';
  const parts = [clusters[cluster]?.name ?? '', nodes[node]?.id ?? ''];
  const far = nodes[other]?.id;
  const path = parts.map(encoded).join('/');
  return `#${path.replace(/\/$/, '')}${far === undefined ? '' : `~${encoded(far)}`}`;
}

/** What a part of an address leads to; `undefined` where it leads to nothing. */
export function targetOf({ clusters, nodes }: PageData, hash: string): Target | undefined {
  const [path = '', far] = hash.slice(1).split('~').map(decoded);
  // A cluster's name may contain slashes: the longest name that matches counts.
  const found = clusters
    .map(({ name }, index) => ({ name, index }))
    .filter(({ name }) => path === name || path.startsWith(`${name}/`))
    .sort((a, b) => b.name.length - a.name.length)[0];
  if (!found) return undefined;
  const cluster = found.index;
  const find = (id: string | undefined): number =>
    nodes.findIndex((node) => node.cluster === cluster && node.id === id);
  return {
    cluster,
    node: find(path.slice(found.name.length + 1)),
    other: far === undefined ? -1 : find(far),
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A character that would end a part is written as its number. */
function encoded(path: string): string {
  return path
    .split('/')
    .map((part) => encodeURIComponent(part).replace(/~/g, '%7E'))
    .join('/');
}
