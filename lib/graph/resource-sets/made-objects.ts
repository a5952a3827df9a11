import { identityOf } from '../../tree/manifest';
import { nodeId } from '../node-id';
import type { BuiltObject } from '../post-build/substitute-objects';
import { isResourceSet, renderResourceSet } from './render-resource-set';

/** The objects of a build, each ResourceSet followed by what the operator creates from it in the cluster. */
export function withMadeObjects(objects: readonly BuiltObject[]): readonly BuiltObject[] {
  return objects.some(({ object }) => isResourceSet(object))
    ? objects.flatMap((built) => [built, ...madeBy(built)])
    : objects;
}

function madeBy({ object: set, location }: BuiltObject): BuiltObject[] {
  if (!isResourceSet(set)) return [];
  const maker = nodeId(identityOf(set));
  return renderResourceSet(set).objects.map(({ object, field }) => ({
    object,
    location: { ...location, field },
    madeBy: maker,
  }));
}
