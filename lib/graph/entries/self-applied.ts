import { once } from '../../plain/once';
import { KUSTOMIZE_GROUP } from '../../kinds/groups';
import { mapOf } from '../../plain/plain-data';
import type { TreeFile } from '../../tree/tree-file';
import { isFluxKustomization } from '../kinds';
import { BuildLog } from '../kustomize/build-log';
import { loadManifests } from '../kustomize/read/load-manifests';
import { newResource, type Resource } from '../kustomize/resource';
import { sourcePath } from '../post-build/kustomization-change';
import { isResourceSet } from '../resource-sets/operator-objects';
import { renderResourceSet } from '../resource-sets/render-resource-set';
import type { Repository } from './repository';

/** A Kustomization that a ResourceSet creates, and what the ResourceSet creates beside it. */
export interface CreatedKustomization {
  readonly resource: Resource;
  readonly beside: readonly Resource[];
}

/**
 * The Kustomizations that ResourceSets in a file create and that apply the file: someone applied the
 * ResourceSet once by hand to start Flux.
 *
 * @see https://fluxcd.control-plane.io/operator/resourceset/
 */
export function selfApplied(file: TreeFile, { whole }: Repository): CreatedKustomization[] {
  if (!mayHoldSet(file)) return [];
  const appliesFile = ({ object }: Resource) => {
    const path = sourcePath(mapOf(object.spec).path);
    // The root of another repository is often meant.
    return (
      path !== '' && whole.builder.build(path).resources.some(({ location }) => location.file === file.path)
    );
  };
  return loadManifests(file, new BuildLog()).flatMap((set) => {
    const beside = createdBy(set);
    const syncs = beside.filter(({ object }) => isFluxKustomization(object)).filter(appliesFile);
    return syncs.map((resource) => ({ resource, beside }));
  });
}

/** Whether a file is worth parsing; a file that synth prints is already parsed. */
const mayHoldSet = once((file: TreeFile): boolean =>
  file.isPrinted
    ? file.documents.some(({ object }) => object.kind === 'ResourceSet')
    : file.bytes.includes('ResourceSet') && file.bytes.includes(KUSTOMIZE_GROUP),
);

/** What the operator creates from a resource that is a ResourceSet; nothing for others. */
export function createdBy({ object, location }: Resource): Resource[] {
  if (!isResourceSet(object)) return [];
  return renderResourceSet(object).objects.map((made) => newResource(made.object, location));
}
