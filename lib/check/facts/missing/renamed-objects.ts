import type { ObjectIdentity } from '../../../findings/finding';
import { isKustomizationFile } from '../../../graph/sources/folder-listing';
import { listOf, mapOf, valueAt } from '../../../plain/plain-data';
import type { Tree } from '../../../tree/tree';
import type { ClusterFacts, OwnedObject } from '../cluster-facts';
import { nameInFile } from '../files/object-in-file';
import { objectsOf } from '../files/used-files';

/**
 * The object that has the name of a missing one in its file, or in its generator, but another one after the build, which
 * adds a prefix, a suffix or a hash. `undefined` if there is none, or if there are several.
 */
export function renamedFrom(
  facts: ClusterFacts,
  { group, kind, name, namespace }: ObjectIdentity,
): OwnedObject | undefined {
  const [first, ...others] = facts
    .ofKind(kind)
    .filter(
      ({ identity }) =>
        identity.group === group && identity.namespace === namespace && identity.name.includes(name),
    )
    .filter((one) => isNamed(facts.tree, one, name));
  return others.length === 0 ? first : undefined;
}

function isNamed(tree: Tree, one: OwnedObject, name: string): boolean {
  const file = one.location.file === undefined ? undefined : tree.get(one.location.file);
  if (!file || !isKustomizationFile(file.path)) return nameInFile(tree, one) === name;
  const generator = one.identity.kind === 'Secret' ? 'secretGenerator' : 'configMapGenerator';
  return listOf(valueAt(objectsOf(file)[0], generator)).some((entry) => mapOf(entry).name === name);
}
