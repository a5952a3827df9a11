import type { GraphNode } from '../../graph/graph';
import { listOf, mapOf, textOf } from '../../plain/plain-data';
import type { ClusterFacts } from './cluster-facts';
import { once } from '../../plain/once';

/** The objects of a cluster that create other objects there, which no file shows. */
const makersOf = once(({ nodes }: ClusterFacts): readonly GraphNode[] =>
  nodes.filter(({ identity: { kind } }) => kind === 'ArtifactGenerator' || kind === 'ResourceSet'),
);

/** Whether a ResourceSet or ArtifactGenerator makes objects of a kind in the cluster, which no file shows. */
export function isMadeInCluster(cluster: ClusterFacts, kind: string): boolean {
  return makersOf(cluster).some(({ identity, object }) => {
    if (identity.kind === 'ArtifactGenerator') return object !== undefined && kind === 'ExternalArtifact';
    const { resources, resourcesTemplate } = mapOf(object?.spec);
    return (
      listOf(resources).some((resource) => mapOf(resource).kind === kind) ||
      (textOf(resourcesTemplate) ?? '').includes(`kind: ${kind}`)
    );
  });
}
