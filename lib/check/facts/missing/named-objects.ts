import type { ObjectIdentity } from '../../../findings/finding';
import { NameIndex } from '../../../findings/name-index';
import { artifactNames } from '../../../graph/sources/generated-artifact';
import { SOURCE_GROUP } from '../../../kinds/groups';
import { groupBy } from '../../../plain/group-by';
import { once } from '../../../plain/once';
import type { ClusterFacts } from '../cluster-facts';

/** The objects of one kind, of whatever group. */
export interface NamedObjects {
  readonly byName: ReadonlyMap<string, readonly ObjectIdentity[]>;
  /** Their names, to look for similar ones. */
  readonly names: NameIndex;
}

/** The objects of a cluster to which others may refer, by kind. */
export const namedObjects = once((facts: ClusterFacts): ReadonlyMap<string, NamedObjects> => {
  const nodes = facts.nodes.flatMap(({ object, identity }) => (object ? identity : []));
  const byKind = groupBy([...nodes, ...artifacts(facts)], ({ kind }) => kind);
  return new Map([...byKind].map(([kind, objects]) => [kind, byNames(objects)]));
});

function byNames(objects: readonly ObjectIdentity[]): NamedObjects {
  const byName = groupBy(objects, ({ name }) => name);
  return { byName, names: new NameIndex(byName.keys()) };
}

/** What the ArtifactGenerators of a cluster make; the graph has only artifacts to which something refers. */
function artifacts(facts: ClusterFacts): ObjectIdentity[] {
  return facts.ofKind('ArtifactGenerator').flatMap(({ object, identity: { namespace } }) =>
    artifactNames(object).map((name) => ({
      group: SOURCE_GROUP,
      kind: 'ExternalArtifact',
      namespace,
      name,
    })),
  );
}
