import type { ObjectIdentity } from '../../../findings/finding';
import { NameIndex } from '../../../findings/name-index';
import { isMisspelling } from '../../../findings/nearest-name';
import { groupBy } from '../../../plain/group-by';
import { once } from '../../../plain/once';
import type { ClusterFacts, OwnedObject } from '../cluster-facts';

/** The only name in the same namespace of which the name of a missing object of this kind is surely a misspelling. */
export function misspeltName(facts: ClusterFacts, missing: ObjectIdentity): string | undefined {
  const [meant, ...others] = misspeltNames(facts, missing);
  return others.length === 0 ? meant : undefined;
}

/** The names in the same namespace of which the name of a missing object of this kind may be a misspelling. */
export function misspeltNames(facts: ClusterFacts, { name, ...place }: ObjectIdentity): readonly string[] {
  const near = namesByPlace(facts).get(placeOf(place))?.within(name, 2) ?? [];
  return near.filter((other) => isMisspelling(name, other));
}

/** The groups that have an object of this kind with this name in this namespace. */
export function groupsOfNamesakes(facts: ClusterFacts, identity: ObjectIdentity): readonly string[] {
  const { kind, name, namespace } = identity;
  const all = objectsByName(facts).get(`${kind}/${name}`) ?? [];
  const here = all.filter((one) => one.identity.namespace === namespace);
  return [...new Set(here.map((one) => one.identity.group))];
}

/** The objects of this kind with this name, in whatever namespace. */
export function namesakes(
  facts: ClusterFacts,
  { group, kind, name }: ObjectIdentity,
): readonly OwnedObject[] {
  return (objectsByName(facts).get(`${kind}/${name}`) ?? []).filter(
    ({ identity }) => identity.group === group,
  );
}

/** The groups of all objects of a cluster. */
export const groupsOf = once(
  (facts: ClusterFacts): ReadonlySet<string> => new Set(identitiesOf(facts).map(({ group }) => group)),
);

const namesByPlace = once((facts: ClusterFacts): ReadonlyMap<string, NameIndex> => {
  const byPlace = groupBy(identitiesOf(facts), placeOf);
  return new Map([...byPlace].map(([place, found]) => [place, new NameIndex(found.map(({ name }) => name))]));
});

const objectsByName = once(({ objects }: ClusterFacts): ReadonlyMap<string, readonly OwnedObject[]> =>
  groupBy(
    [...objects.values()].flatMap(([first]) => first ?? []),
    ({ identity: { kind, name } }) => `${kind}/${name}`,
  ),
);

function identitiesOf({ objects }: ClusterFacts): readonly ObjectIdentity[] {
  return [...objects.values()].flatMap(([first]) => first?.identity ?? []);
}

function placeOf({ group, kind, namespace = '' }: Omit<ObjectIdentity, 'name'>): string {
  return `${group}/${kind}/${namespace}`;
}
