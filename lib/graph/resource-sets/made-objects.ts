import { fieldWithin } from '../../findings/field-within';
import { identityOf } from '../../tree/manifest';
import { nodeId } from '../node-id';
import type { BuiltObject } from '../post-build/substitute-objects';
import { isResourceSet } from './operator-objects';
import { asHidden, renderResourceSet } from './render-resource-set';

/** How many objects a ResourceSet may create, with those of the ResourceSets that it creates. */
export const MAX_OBJECTS = 10_000;

/** The objects of a build, each ResourceSet followed by what the operator creates from it in the cluster. */
export function withMadeObjects(objects: readonly BuiltObject[]): readonly BuiltObject[] {
  if (!objects.some(({ object }) => isResourceSet(object))) return objects;
  return objects.flatMap((built) => {
    const made = madeBy(built);
    return made ? [built, ...made] : [{ ...built, object: asHidden(built.object) }];
  });
}

/** What a ResourceSet creates, and what the ResourceSets among this create; `undefined` if this is too much. */
export function madeBy(built: BuiltObject): BuiltObject[] | undefined {
  const made: BuiltObject[] = [];
  const sets = [built];
  for (const { object: set, location } of sets) {
    if (!isResourceSet(set)) continue;
    const maker = nodeId(identityOf(set));
    for (const { object, field } of renderResourceSet(set).objects) {
      if (made.length === MAX_OBJECTS) return undefined;
      const one = { object, location: fieldWithin(location, field), madeBy: maker };
      made.push(one);
      if (isResourceSet(object)) sets.push(one);
    }
  }
  return made;
}
