import { identityText } from '../../findings/object-name';
import type { Finding, FindingUser, ObjectIdentity } from '../../findings/finding';
import { addToGroup, groupBy } from '../../plain/group-by';
import type { CheckContext } from '../check-context';
import type { ClusterNotes } from './cluster-notes';

/**
 * Makes one finding of those that say the same of one place: of a base that several overlays use, of a component, of a
 * file that several clusters apply. It lists who uses the place, but for the clusters where nothing is wrong with it.
 *
 * @param findings - with the places of their fields
 * @param seenIn - in which clusters they are true
 */
export function mergeFindings(
  findings: readonly Finding[],
  context: CheckContext,
  seenIn: ClusterNotes,
): Finding[] {
  if (findings.length === 0) return [];
  const users = usersByPlace(
    context,
    new Set(findings.flatMap(({ locations }) => locations.map(({ file }) => file))),
  );
  return [...groupBy(findings, keyOf).values()].map((same) => {
    const [first] = same as [Finding];
    const all = usersOf(same, users);
    const usedBy = all.filter(({ cluster }) => same.some((found) => seenIn.holds(found, cluster)));
    // The report also says where the same place is correct.
    return all.length > 1 && usedBy.length > 0 ? { ...first, usedBy } : first;
  });
}

/** What two findings must have in common; the names of their objects may differ. */
function keyOf(found: Finding): string {
  const { code, severity, message, hint = '', field, locations, object } = found;
  const places = locations.map(({ file, line, column, constructPath }) => [
    file,
    line,
    column,
    constructPath,
  ]);
  if (locations[0]?.line === undefined)
    return JSON.stringify([code, severity, message, places, field, object]);
  const [text, advice] = [message, hint].map((words) => withoutNames(words, object));
  return JSON.stringify([code, severity, text, advice, places, field, object?.group, object?.kind]);
}

/** A text without the name and the namespace of an object. */
function withoutNames(text: string, object: ObjectIdentity | undefined): string {
  if (!object) return text;
  const { name, namespace } = object;
  return text
    .replaceAll(JSON.stringify(`${namespace ?? ''}/${name}`), '"<object>"')
    .replaceAll(JSON.stringify(name), '"<object>"')
    .replaceAll(JSON.stringify(namespace ?? ''), '"<namespace>"');
}

/** Who applies an object from a file. */
type Users = ReadonlyMap<string, readonly FindingUser[]>;

/** Who applies which object of some files. */
function usersByPlace({ graph, options }: CheckContext, files: ReadonlySet<string | undefined>): Users {
  const users = new Map<string, FindingUser[]>();
  for (const { name: cluster, root, nodes } of graph.clusters) {
    for (const { id, identity, build } of nodes) {
      const kustomization = `${identity.namespace ?? ''}/${identity.name}`;
      // No Kustomization is known to apply a folder that is checked by itself.
      const user = options.isLoose && id === root ? { cluster } : { cluster, kustomization };
      for (const { identity: object, location } of build?.inventory ?? []) {
        if (files.has(location.file)) addToGroup(users, objectKey(object, location.file), user);
      }
    }
  }
  return users;
}

function objectKey(object: ObjectIdentity, file = ''): string {
  return `${identityText(object)}${file}`;
}

/** The users of the objects that findings are about, each with its object if it differs from the first. */
function usersOf(same: readonly Finding[], users: Users): FindingUser[] {
  const first = same[0]?.object;
  const seen = new Set<string>();
  return same.flatMap(({ object, locations }) => {
    if (!object) return [];
    // The first place may be in a patch of the object.
    const ofPlaces = locations.map(({ file }) => users.get(objectKey(object, file)) ?? []);
    return (ofPlaces.find(({ length }) => length > 0) ?? []).flatMap(({ cluster, kustomization }) => {
      const isOther = object.name !== first?.name || object.namespace !== first.namespace;
      const user: FindingUser = {
        cluster,
        ...(kustomization && { kustomization }),
        ...(isOther && { object }),
      };
      return seen.size !== seen.add(JSON.stringify(user)).size ? [user] : [];
    });
  });
}
