import type { ObjectIdentity } from '../../../findings/finding';
import { nameOf } from '../../../findings/object-name';
import type { GraphNode } from '../../../graph/graph';
import { referenceAt } from '../../../kinds/flux-kinds';
import { SOURCE_GROUP } from '../../../kinds/groups';
import { groupBy } from '../../../plain/group-by';
import { once } from '../../../plain/once';
import { chartFieldHint } from '../../../schema/enum-hints';
import type { ClusterFacts } from '../cluster-facts';

/** The sources of a cluster by namespace and name. */
const sourcesByName = once(({ nodes }: ClusterFacts): ReadonlyMap<string, readonly ObjectIdentity[]> =>
  groupBy(
    nodes.flatMap(({ object, identity }) => (object && identity.group === SOURCE_GROUP ? identity : [])),
    nameWithNamespace,
  ),
);

function nameWithNamespace({ namespace = '', name }: ObjectIdentity): string {
  return `${namespace}/${name}`;
}

/** The sources of other kinds with the namespace and name of a missing one. */
export function sourcesOfOtherKinds(facts: ClusterFacts, missing: ObjectIdentity): readonly ObjectIdentity[] {
  return sourcesByName(facts).get(nameWithNamespace(missing)) ?? [];
}

/** A field of an object that refers to another one. */
export interface ReferringField {
  readonly source: GraphNode;
  readonly field: string;
}

/** Words for a hint if only a source of another kind has the name of a missing one. */
export function otherKindHint(
  facts: ClusterFacts,
  missing: ObjectIdentity,
  { source, field }: ReferringField,
): string | undefined {
  const reference = referenceAt(source.identity.kind, field.replace(/\[\d+\]/g, ''));
  const { edge, kinds = 'any' } = reference ?? {};
  // The kind of a missing source may be mistyped, so that its group is not known.
  if (missing.group !== SOURCE_GROUP && edge !== 'source' && edge !== 'chart') return undefined;
  const namesakes = sourcesOfOtherKinds(facts, missing);
  const fitting = namesakes.find(({ kind }) => kinds === 'any' || kinds.includes(kind));
  if (fitting) return `${nameOf(fitting)} has this name: set the kind to ${fitting.kind}`;
  const [other] = namesakes;
  if (!other) return undefined;
  return `${nameOf(other)} has this name: ${chartFieldHint(`${field}.kind`, other.kind) ?? 'correct the kind of one of them'}`;
}
