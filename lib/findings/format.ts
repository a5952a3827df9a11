import { firstNames } from '../plain/first-names';
import { groupBy } from '../plain/group-by';
import type { Finding, FindingLocation, FindingUser } from './finding';
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
  const where = found.locations.map(formatLocation).filter(Boolean);
  const lines = [`${found.severity}: ${found.code}${where.length > 0 ? ` at ${where.join(' and ')}` : ''}`];
  lines.push(`  ${found.field ? `${found.field}: ` : ''}${found.message}`);
  lines.push(...(found.details ?? []).map((line) => `    ${line}`));
  if (found.usedBy) lines.push(`  applied by: ${formatUsers(found.usedBy)}`);
  if (found.hint) lines.push(`  fix: ${found.hint}`);
  return printableLines(lines.map(printable).join('\n'));
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

/** Prints who applies a place: `prod flux-system/apps (as shop/map, mail/map), staging flux-system/apps and 3 more`. */
export function formatUsers(users: readonly FindingUser[]): string {
  const groups = groupBy(users, ({ cluster, kustomization }) => `${cluster} ${kustomization}`);
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
