import { listOf, mapOf, textOf } from '../plain/plain-data';
import type { ClusterFacts } from './cluster-facts';

/** Whether a ResourceSet or ArtifactGenerator makes objects of a kind in the cluster, which no file shows. */
export function isMadeInCluster({ nodes }: ClusterFacts, kind: string): boolean {
  return nodes.some(({ identity, object }) => {
    if (identity.kind === 'ArtifactGenerator') return object !== undefined && kind === 'ExternalArtifact';
    if (identity.kind !== 'ResourceSet') return false;
    const { resources, resourcesTemplate } = mapOf(object?.spec);
    return (
      listOf(resources).some((resource) => mapOf(resource).kind === kind) ||
      (textOf(resourcesTemplate) ?? '').includes(`kind: ${kind}`)
    );
  });
}
