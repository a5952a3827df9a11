import { cutList, firstNames } from '../../plain/first-names';
import { colouredFinding, inColour } from '../../findings/colour';
import type { Finding } from '../../findings/finding';
import { formatLocation } from '../../findings/format';
import { printable, printableLines } from '../../findings/printable';
import { plural } from '../../findings/summary';
import { alarmOf } from '../change-groups';
import type { Change, Diff } from '../change';
import { fieldText, shortened } from './field-text';
import { groupChanges, type ChangeGroup } from './group-changes';
import { bundleGroups, type ChangeBundle } from './bundle-groups';
import { countWaiting, impactRows, orderRows, uncomparedRows, versionRows } from './rows';
import { inClusters, morePlaces, objectText, subjectOfAll, summaryOf } from './words';

/** How a diff is printed for people. */
export interface DiffTextOptions {
  /**
   * Whether classes and severities have colours.
   *
   * @default false
   */
  readonly colour?: boolean;
  /**
   * How many fields of a change are shown; the rest is counted.
   *
   * @default 12
   */
  readonly maxFields?: number;
}

/** How many objects with the same fate are listed. */
const MAX_ALONG = 5;
/** How many objects with the same message are listed. */
const MAX_OBJECTS = 12;
/** How many chains of an order are listed, and how many Kustomizations of each. */
const MAX_CHAINS = 5;
const MAX_LINKS = 8;

/**
 * Prints a diff as text: what it comes to; each change with its object, owner, fields and place, the worst class first
 * and a table of versions behind what is destroyed or refused; what waits, findings, and what could not be compared.
 */
export function formatDiffText(diff: Diff, options: DiffTextOptions = {}): string {
  const groups = groupChanges(diff);
  const isWorst = ({ change }: ChangeGroup): boolean => alarmOf(change) === 'error';
  const lines = (some: readonly ChangeGroup[]) =>
    bundleGroups(some).map((bundle) => changeLines(bundle, diff, options));
  const parts = [
    [printable(summaryOf(diff, groups))],
    ...lines(groups.filter(isWorst)),
    titled('versions', versionLines(groups)),
    titled('in this order', orderLines(diff)),
    ...lines(groups.filter((group) => !isWorst(group))),
    titled(`waiting for these changes: ${plural(countWaiting(diff.clusters), 'object')}`, impactLines(diff)),
    ...findingLines('new', diff.findings.new, options),
    titled(`resolved findings: ${diff.findings.gone.length}`, diff.findings.gone.map(goneLine)),
    titled(`not compared: ${diff.uncompared.length}`, uncomparedLines(diff)),
  ].filter((part) => part.length > 0);
  return printableLines(parts.map((part) => `${part.join('\n')}\n`).join('\n'));
}

function titled(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`)];
}

function changeLines(
  bundle: ChangeBundle,
  { clusterCount }: Diff,
  { colour = false, maxFields = 12 }: DiffTextOptions,
): string[] {
  const { change, clusters, locations, objects } = bundle;
  const place = locations[0] && formatLocation(locations[0]);
  const elsewhere = locations.length > 1 ? ` and ${locations.length - 1} more` : '';
  const where = place ? ` at ${place}${elsewhere}` : '';
  const head = inColour(`${change.class}:`, alarmOf(change), colour);
  const isEverywhere = clusterCount === 1 || clusters.length === 0;
  const isSeveral = objects.length > 1;
  const details = [
    isSeveral ? firstNames(objects.map(objectText), MAX_OBJECTS) : undefined,
    isSeveral ? `each: ${change.message}` : change.message,
    ownerText(change),
    isEverywhere ? undefined : inClusters(clusters.length) + firstNames(clusters),
    ...fieldLines(change, maxFields),
    alongText(change),
    change.hint && `fix: ${change.hint}`,
  ];
  const lines = details.flatMap((line) => (line ? [`  ${printable(line)}`] : []));
  return [`${head} ${printable(`${subjectOfAll(bundle)}${where}`)}`, ...lines];
}

function ownerText({ owner, formerOwner }: Change): string | undefined {
  if (formerOwner !== undefined && formerOwner !== owner)
    return `applied by: ${formerOwner} -> ${owner ?? 'none'}`;
  return owner && `applied by: ${owner}`;
}

function fieldLines({ fields }: Change, maxFields: number): string[] {
  const lines = fields.slice(0, maxFields).map((field) => {
    const { path, before, after, isHidden } = fieldText(field);
    return `${shortened(path, 160)}: ${isHidden ? 'changed (value not shown)' : `${before} -> ${after}`}`;
  });
  const more = fields.length - lines.length;
  return more > 0 ? [...lines, `and ${plural(more, 'more field')} (--format json lists them)`] : lines;
}

function alongText({ alongWith = [] }: Change): string | undefined {
  if (alongWith.length === 0) return undefined;
  return `with ${plural(alongWith.length, 'object')}: ${firstNames(alongWith.map(objectText), MAX_ALONG)}`;
}

function versionLines(groups: readonly ChangeGroup[]): string[] {
  const rows = versionRows(groups).map(({ of, name, before, after, step, objects }) =>
    [of, name, `${before} -> ${after}`, step, firstNames(objects)].map(printable),
  );
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
}

function orderLines({ clusters, clusterCount }: Diff): string[] {
  const rows = orderRows(clusters);
  const lines = rows.slice(0, MAX_CHAINS).map(({ chain, clusters: names }) => {
    const { shown, more } = cutList(chain, MAX_LINKS);
    const where = clusterCount === 1 ? '' : ` (${inClusters(names.length)}${firstNames(names)})`;
    return printable(`${shown.join(' -> ')}${more > 0 ? ` -> ${more} more` : ''}${where}`);
  });
  const more = rows.length - lines.length;
  return more > 0 ? [...lines, `and ${more} more (--format json lists them)`] : lines;
}

function impactLines({ clusters }: Diff): string[] {
  return impactRows(clusters).map((row) =>
    printable(
      `${row.waiting.length} ${inClusters(row.clusters.length)}${firstNames(row.clusters)}: ${firstNames(row.waiting, MAX_ALONG)}`,
    ),
  );
}

function findingLines(
  state: string,
  findings: readonly Finding[],
  { colour = false }: DiffTextOptions,
): string[][] {
  return findings.map((found) => [`${state} ${colouredFinding(found, colour)}`]);
}

function goneLine(found: Finding): string {
  const {
    severity,
    code,
    locations: [place],
    message,
  } = found;
  const where = place ? ` at ${formatLocation(place)}${morePlaces(found)}` : '';
  return printable(`${severity}: ${code}${where}: ${message}`);
}

function uncomparedLines({ uncompared }: Diff): string[] {
  return uncomparedRows(uncompared).map(({ object, why, detail, clusters }) =>
    printable(
      `${objectText(object)}: ${why}: ${detail} (${inClusters(clusters.length)}${firstNames(clusters)})`,
    ),
  );
}
