import { plural } from '../findings/summary';
import type { ClusterGraph } from '../graph/graph';
import type { Change, ClusterDiff } from './change';
import { nameOf } from '../findings/object-name';

/** A cluster that the head alone has. */
export function addedCluster(cluster: ClusterGraph): ClusterDiff {
  const { kustomizations, objects } = sizeOf(cluster);
  return whole(cluster, {
    class: 'cluster-added',
    fields: [],
    message: `the entry path ${path(cluster)} is new, with ${plural(kustomizations, 'Kustomization')} and ${plural(objects, 'object')}: nothing happens until Flux is installed with it`,
    hint: `run flux bootstrap with --path=./${cluster.entry} for the new cluster`,
  });
}

/** A cluster that the base alone has. */
export function removedCluster(cluster: ClusterGraph): ClusterDiff {
  const root = cluster.nodes.find(({ id }) => id === cluster.root);
  return whole(cluster, {
    class: 'cluster-removed',
    fields: [],
    message: `the entry path ${path(cluster)} is removed: Flux in the cluster fails (${root ? nameOf(root.identity) : 'its root Kustomization'} does not find its path), and the cluster stays as it is, without updates`,
    hint: 'to remove the cluster, delete it; to keep it without Flux, run flux uninstall; otherwise, keep the entry path',
  });
}

/** A folder that the head alone has, of a repository that something outside of it applies. */
export function addedFolder(cluster: ClusterGraph): ClusterDiff {
  const { objects } = sizeOf(cluster);
  return whole(cluster, {
    class: 'cluster-added',
    fields: [],
    message: `the folder ${JSON.stringify(cluster.entry)} is new, with ${plural(objects, 'object')}: nothing happens until something outside this repository applies it`,
  });
}

/** A folder that the base alone has, of a repository that something outside of it applies. */
export function removedFolder(cluster: ClusterGraph): ClusterDiff {
  const { objects } = sizeOf(cluster);
  return whole(cluster, {
    class: 'cluster-removed',
    fields: [],
    message: `the folder ${JSON.stringify(cluster.entry)} is removed, with ${plural(objects, 'object')}: the Kustomization that applied it fails, and its objects stay as they are`,
    hint: 'first remove the Kustomization that applies the folder, so that Flux deletes its objects',
  });
}

function whole({ name }: ClusterGraph, change: Change): ClusterDiff {
  return { name, changes: [change], impact: { changed: [], order: [], waiting: [] } };
}

function path({ entry }: ClusterGraph): string {
  return JSON.stringify(`./${entry}`);
}

function sizeOf({ nodes }: ClusterGraph): { readonly kustomizations: number; readonly objects: number } {
  const builds = nodes.flatMap(({ build }) => build ?? []);
  return {
    kustomizations: builds.length,
    objects: builds.reduce((sum, { inventory }) => sum + inventory.length, 0),
  };
}
