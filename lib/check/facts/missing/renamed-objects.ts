import type { ObjectIdentity } from '../../../findings/finding';
import { isKustomizationFile } from '../../../graph/sources/folder-listing';
import { nodeId } from '../../../graph/node-id';
import { ContainedNames } from '../../../plain/contained-names';
import { addToGroup } from '../../../plain/group-by';
import { once } from '../../../plain/once';
import { listOf, mapOf, textOf, valueAt } from '../../../plain/plain-data';
import type { Tree } from '../../../tree/tree';
import type { TreeFile } from '../../../tree/tree-file';
import type { ClusterFacts, OwnedObject } from '../cluster-facts';
import { nameInFile } from '../files/object-in-file';
import { objectsOf } from '../../../tree/readable-documents';

/**
 * The object that has the name of a missing one in its file, or in its generator, but another one after the build, which
 * adds a prefix, a suffix or a hash. `undefined` if there is none, or if there are several.
 */
export function renamedFrom(facts: ClusterFacts, missing: ObjectIdentity): OwnedObject | undefined {
  const [first, ...others] = renamedObjects(facts).get(nodeId(missing)) ?? [];
  return others.length === 0 ? first : undefined;
}

/** The objects by the ids that they would have if the build added nothing to their names. */
const renamedObjects = once((facts: ClusterFacts): ReadonlyMap<string, readonly OwnedObject[]> => {
  const renamed = new Map<string, OwnedObject[]>();
  for (const one of [...facts.objects.values()].flatMap(([first]) => first ?? [])) {
    const { identity } = one;
    for (const name of namesInFile(facts.tree, one)) addToGroup(renamed, nodeId({ ...identity, name }), one);
  }
  return renamed;
});

/** The name of an object in its file, if the object has it with something around it; those of generators that may make it. */
function namesInFile(tree: Tree, one: OwnedObject): Iterable<string> {
  const { name, kind } = one.identity;
  const file = one.location.file === undefined ? undefined : tree.get(one.location.file);
  if (file && isKustomizationFile(file.path)) {
    const { secrets, configMaps } = generatedNames(file);
    return (kind === 'Secret' ? secrets : configMaps).in(name);
  }
  const own = nameInFile(tree, one);
  return own !== undefined && name.includes(own) ? [own] : [];
}

const generatedNames = once((file: TreeFile) => {
  const [kustomization] = objectsOf(file);
  const namesOf = (generator: string) =>
    new ContainedNames(
      listOf(valueAt(kustomization, generator)).flatMap((entry) => textOf(mapOf(entry).name) ?? []),
    );
  return { secrets: namesOf('secretGenerator'), configMaps: namesOf('configMapGenerator') };
});
