import type { ObjectIdentity } from '../../../findings/finding';
import { NameIndex } from '../../../findings/name-index';
import { isMisspelling } from '../../../findings/nearest-name';
import { groupBy } from '../../../plain/group-by';
import { once } from '../../../plain/once';
import type { ClusterFacts } from '../cluster-facts';

/** The only name in the same namespace of which the name of a missing object of this kind is surely a misspelling. */
export function misspeltName(facts: ClusterFacts, { name, ...place }: ObjectIdentity): string | undefined {
  const near = namesByPlace(facts).get(placeOf(place))?.within(name, 2) ?? [];
  const [meant, ...others] = near.filter((other) => isMisspelling(name, other));
  return others.length === 0 ? meant : undefined;
}

/** The groups that have an object of this kind with this name in this namespace. */
export function groupsOfNamesakes(facts: ClusterFacts, identity: ObjectIdentity): readonly string[] {
  const namesakes = namesakesOf(facts).get(ungrouped(identity)) ?? [];
  return [...new Set(namesakes.map(({ group }) => group))];
}

/** The groups of all objects of a cluster. */
export const groupsOf = once(
  (facts: ClusterFacts): ReadonlySet<string> => new Set(identitiesOf(facts).map(({ group }) => group)),
);

const namesByPlace = once((facts: ClusterFacts): ReadonlyMap<string, NameIndex> => {
  const byPlace = groupBy(identitiesOf(facts), placeOf);
  return new Map([...byPlace].map(([place, found]) => [place, new NameIndex(found.map(({ name }) => name))]));
});

const namesakesOf = once((facts: ClusterFacts): ReadonlyMap<string, readonly ObjectIdentity[]> =>
  groupBy(identitiesOf(facts), ungrouped),
);

function identitiesOf({ objects }: ClusterFacts): readonly ObjectIdentity[] {
  return [...objects.values()].flatMap(([first]) => first?.identity ?? []);
}

function placeOf({ group, kind, namespace = '' }: Omit<ObjectIdentity, 'name'>): string {
  return `${group}/${kind}/${namespace}`;
}

function ungrouped({ kind, namespace = '', name }: ObjectIdentity): string {
  return `${kind}/${namespace}/${name}`;
}
