import { cutList, firstNames } from '../plain/first-names';
import { groupBy } from '../plain/group-by';
import type { Finding, FindingLocation, FindingUser } from './finding';
import { nameOf } from './object-name';
import { printable, printableLines } from './printable';

/**
 * Prints a finding as text: what and where, then what was got and what is allowed, then how to fix it.
 *
 *     error: dependency-cycle at production/apps/grafana
 *       grafana -> loki -> grafana (each waits for the next)
 *       fix: drop one dependsOn; grafana's is set in its props
 *
 * Names and values in it are safe to print; see `printableLines`.
 */
export function formatFinding(found: Finding): string {
  const where = headPlaces(found).map(formatLocation).filter(Boolean);
  const lines = [`${found.severity}: ${found.code}${where.length > 0 ? ` at ${where.join(' and ')}` : ''}`];
  lines.push(`  ${found.field ? `${found.field}: ` : ''}${found.message}`);
  lines.push(...(found.details ?? []).map((line) => `    ${line}`));
  lines.push(...otherPlaces(found));
  const users = usersOf(found);
  if (users.length > 0) lines.push(`  ${usersVerb(users)}: ${formatUsers(users)}`);
  if (found.hint) lines.push(`  fix: ${found.hint}`);
  return printableLines(lines.map(printable).join('\n'));
}

/** Up to so many places are in the first line of a finding. */
const FEW = 3;
/** How many of the other places text output lists; `--format json` has all of them. */
const LISTED_PLACES = 12;

/** The places in the first line of a finding: all of them, or the main one of many. */
export function headPlaces({ locations }: Finding): readonly FindingLocation[] {
  return locations.length > FEW ? locations.slice(0, 1) : locations;
}

/** The places of a finding that its first line leaves out: with the objects there, and what applies them, if these differ. */
function otherPlaces(found: Finding): string[] {
  const { locations, occurrences = [] } = found;
  const objects = new Set(occurrences.map(({ object }) => object && nameOf(object)));
  const hasUsers = haveOtherUsers(found);
  const isSame = objects.size < 2 && !hasUsers;
  const head = headPlaces(found).map(formatLocation);
  const own = locations.slice(head.length).map(formatLocation);
  const alike = occurrences.slice(isSame ? 1 : 0).map((one) => {
    const where = formatLocation(one.locations[0] ?? {});
    const what = isSame || !one.object ? where : `${nameOf(one.object)} at ${where}`;
    return hasUsers && one.usedBy ? `${what} (${usersVerb(one.usedBy)} ${formatUsers(one.usedBy)})` : what;
  });
  // Several fields may be in one line.
  const others = [...new Set(alike)].filter((place) => !isSame || !head.includes(place));
  const { shown, more } = cutList(occurrences.length > 0 ? others : own, LISTED_PLACES);
  if (shown.length === 0) return [];
  const lines = more > 0 ? [...shown, `and ${more} more`] : shown;
  return [`  ${isSame ? 'also at' : 'concerns'}:`, ...lines.map((line) => `    ${line}`)];
}

/** What applies a finding's place; of a finding with several, what applies all of them. */
function usersOf(found: Finding): readonly FindingUser[] {
  const { occurrences: [first] = [] } = found;
  return found.usedBy ?? (first && !haveOtherUsers(found) ? (first.usedBy ?? []) : []);
}

/** Whether different Kustomizations apply the places of a finding. */
function haveOtherUsers({ occurrences = [] }: Finding): boolean {
  return new Set(occurrences.map(({ usedBy = [] }) => formatUsers(usedBy))).size > 1;
}

/** Prints a place: the construct's path where there is one, the file and line otherwise. */
export function formatLocation(location: FindingLocation): string {
  const { constructPath, source, calledFrom, file, line } = location;
  const place = file && line ? `${file}:${line}` : file;
  const made = source && calledFrom ? `${source}, called from ${calledFrom}` : source;
  const detail = made ?? (constructPath ? place : undefined);
  const main = constructPath ?? place ?? source ?? '';
  return detail && detail !== main ? `${main} (${detail})` : main;
}

/** How many users text output lists; `--format json` has all of them. */
const LISTED = 5;

/** How users use a place: folders that were checked by themselves only build it. */
export function usersVerb(users: readonly FindingUser[]): string {
  return users.some(({ kustomization }) => kustomization !== undefined) ? 'applied by' : 'built in';
}

/** Prints who applies a place: `prod flux-system/apps (as shop/map, mail/map), staging flux-system/apps and 3 more`. */
export function formatUsers(users: readonly FindingUser[]): string {
  const groups = groupBy(users, ({ cluster, kustomization }) =>
    [cluster, kustomization].filter(Boolean).join(' '),
  );
  return firstNames(
    [...groups].map(([user, objects]) => `${user}${namesThere(objects)}`),
    LISTED,
  );
}

/** The other names that a place has where one Kustomization applies it. */
function namesThere(users: readonly FindingUser[]): string {
  const named = users.flatMap(({ object }) => object ?? []);
  if (named.length === 0) return '';
  const names = named.map(({ namespace, name }) => [namespace, name].filter(Boolean).join('/'));
  return ` (${named.length < users.length ? 'also as' : 'as'} ${firstNames(names)})`;
}
