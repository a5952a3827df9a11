import { cutList } from '../../plain/first-names';
import type { Finding } from '../../findings/finding';
import { formatLocation } from '../../findings/format';
import { plural } from '../../findings/summary';
import { alarmOf } from '../change-groups';
import type { Change, ChangeClass, Diff, DiffSide } from '../change';
import { groupBy } from '../../plain/group-by';
import { fieldText } from './field-text';
import { groupChanges, type ChangeGroup } from './group-changes';
import { fitSections, type LeftOut, type Section } from './markdown-sections';
import { code, prose } from './markdown-text';
import { bundleGroups, type ChangeBundle } from './bundle-groups';
import { countWaiting, impactRows, orderRows, uncomparedRows, versionRows } from './rows';
import { inClusters, morePlaces, objectText, subjectOfAll, summaryParts } from './words';

/** How many characters GitHub takes for a comment. */
export const COMMENT_LIMIT = 65_536;

/** How a diff is printed as Markdown. */
export interface DiffMarkdownOptions {
  /**
   * How many characters the report may have.
   *
   * @default 65536
   */
  readonly limit?: number;
  /**
   * Where the whole report is, when this one is cut: a file or the name of an artifact.
   *
   * @default - readers are told which command prints everything
   */
  readonly fullReport?: string;
}

const MAX_FIELDS = 8;
const MAX_ALONG = 5;
const MAX_OBJECTS = 20;
const MAX_CHAINS = 5;
const MAX_LINKS = 8;

/**
 * Prints a diff as Markdown for a comment: what it comes to, then what is destroyed or refused and the versions, and the
 * rest folded. Nothing that comes from manifests takes effect as Markdown or HTML.
 */
export function formatDiffMarkdown(diff: Diff, options: DiffMarkdownOptions = {}): string {
  const { limit = COMMENT_LIMIT } = options;
  const groups = groupChanges(diff);
  const counts = summaryParts(diff, groups).map(({ text, names }) =>
    `**${text.trim()}** ${codeList(names)}`.trim(),
  );
  const summary = `${counts.join('; ')}\n`;
  const head = `${summary}\nFrom ${sideText(diff.base)} to ${sideText(diff.head)}.\n`;
  const foot = (left: LeftOut): string => footText(left, limit, options.fullReport);
  const report = fitSections(head, sectionsOf(diff, groups), foot, limit);
  const shorter = [report, summary, `${plural(groups.length, 'change')}\n`].find(
    (text) => text.length <= limit,
  );
  return shorter ?? '';
}

function sectionsOf(diff: Diff, groups: readonly ChangeGroup[]): Section[] {
  const isAlarming = ({ change }: ChangeGroup): boolean => alarmOf(change) === 'error';
  const { findings } = diff;
  return [
    ...changeSections(groups.filter(isAlarming), diff, true),
    versionSection(groups),
    orderSection(diff),
    { title: 'New findings', noun: 'new findings', isOpen: true, entries: findings.new.map(findingEntry) },
    ...changeSections(
      groups.filter((group) => !isAlarming(group)),
      diff,
      false,
    ),
    impactSection(diff),
    {
      title: 'Resolved findings',
      noun: 'resolved findings',
      isOpen: false,
      entries: findings.gone.map(findingEntry),
    },
    uncomparedSection(diff),
  ];
}

function changeSections(groups: readonly ChangeGroup[], diff: Diff, isOpen: boolean): Section[] {
  const byClass = groupBy(groups, ({ change }) => change.class);
  return [...byClass].map(([name, same]) => {
    const bundles = bundleGroups(same);
    return {
      title: titleOf(name),
      noun: name,
      isOpen,
      entries: bundles.map((bundle) => changeEntry(bundle, diff)),
      counts: bundles.map(({ objects }) => Math.max(1, objects.length)),
    };
  });
}

function titleOf(name: ChangeClass): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1).replace('-', ' ')}`;
}

function changeEntry(bundle: ChangeBundle, { clusterCount }: Diff): string {
  const { change, clusters, objects } = bundle;
  const isEverywhere = clusterCount === 1 || clusters.length === 0;
  const where = isEverywhere ? '' : ` ${inClusters(clusters.length)}${codeList(clusters)}`;
  const about = [
    ...(objects.length > 1 ? [codeList(objects.map(objectText), MAX_OBJECTS)] : []),
    ...fieldEntries(change),
    ...alongEntry(change),
    ...(change.hint ? [`fix: ${prose(change.hint)}`] : []),
    ...placeEntry(bundle),
  ];
  const head = `- **${change.class}** ${code(subjectOfAll(bundle))}${where}: ${objects.length > 1 ? 'each: ' : ''}${prose(change.message)}`;
  return [head, ...about.map((line) => `  - ${line}`)].join('\n');
}

function fieldEntries({ fields }: Change): string[] {
  const lines = fields.slice(0, MAX_FIELDS).map((field) => {
    const { path, before, after, isHidden } = fieldText(field);
    return `${code(path)}: ${isHidden ? 'changed, value not shown' : `${code(before)} → ${code(after)}`}`;
  });
  const more = fields.length - lines.length;
  return more > 0 ? [...lines, `and ${plural(more, 'more field')}`] : lines;
}

function alongEntry({ alongWith = [] }: Change): string[] {
  if (alongWith.length === 0) return [];
  return [`with ${plural(alongWith.length, 'object')}: ${codeList(alongWith.map(objectText), MAX_ALONG)}`];
}

function placeEntry({ change: { owner, formerOwner }, locations }: ChangeGroup): string[] {
  const isMoved = formerOwner !== undefined && formerOwner !== owner;
  const by = isMoved ? `${code(formerOwner)} → ${code(owner ?? 'none')}` : owner && code(owner);
  const [place] = locations;
  const more = locations.length > 1 ? ` and ${locations.length - 1} more` : '';
  const parts = [by && `applied by ${by}`, place && `at ${code(formatLocation(place))}${more}`].filter(
    Boolean,
  );
  return parts.length > 0 ? [parts.join(', ')] : [];
}

function versionSection(groups: readonly ChangeGroup[]): Section {
  const entries = versionRows(groups).map(({ of, name, before, after, step, objects, clusters }) => {
    const cells = [of, code(name), code(before), code(after), step, codeList(objects), codeList(clusters)];
    return `| ${cells.join(' | ')} |`;
  });
  const intro = `| | Name | From | To | Step | Used by | Clusters |\n${'| --- '.repeat(7)}|\n`;
  return { title: 'Versions', noun: 'versions', isOpen: true, intro, entries };
}

function orderSection({ clusters, clusterCount }: Diff): Section {
  const rows = orderRows(clusters);
  const entries = rows.slice(0, MAX_CHAINS).map(({ chain, clusters: names }) => {
    const { shown, more } = cutList(chain, MAX_LINKS);
    const where = clusterCount === 1 ? '' : ` ${inClusters(names.length)}${codeList(names)}`;
    return `- ${shown.map((name) => code(name)).join(' → ')}${more > 0 ? ` → ${more} more` : ''}${where}`;
  });
  const more = rows.length - entries.length;
  const all = more > 0 ? [...entries, `- and ${more} more`] : entries;
  return { title: 'In this order', noun: 'orders', isOpen: true, entries: all };
}

function impactSection({ clusters }: Diff): Section {
  const entries = impactRows(clusters).map(
    (row) =>
      `- ${row.waiting.length} ${inClusters(row.clusters.length)}${codeList(row.clusters)}: ${codeList(row.waiting, 20)}`,
  );
  const title = `Waiting for these changes: ${plural(countWaiting(clusters), 'object')}`;
  return { title, noun: 'lists of waiting objects', isOpen: false, entries };
}

/** A finding as an entry of a list. Nothing of it takes effect as Markdown or HTML. */
export function findingEntry(found: Finding): string {
  const { severity, code: name, message, hint, locations } = found;
  const [place] = locations;
  const where = place ? ` at ${code(formatLocation(place))}${morePlaces(found)}` : '';
  const fix = hint ? `\n  - fix: ${prose(hint)}` : '';
  return `- **${severity}** ${code(name)}${where}: ${prose(message)}${fix}`;
}

function uncomparedSection({ uncompared }: Diff): Section {
  const entries = uncomparedRows(uncompared).map(
    ({ object, why, detail, clusters }) =>
      `- ${code(objectText(object))} ${inClusters(clusters.length)}${codeList(clusters)}: ${why}: ${code(detail)}`,
  );
  return { title: 'Not compared', noun: 'not compared', isOpen: false, entries };
}

function sideText({ name, commit }: DiffSide): string {
  return commit === undefined || commit === name
    ? code(name)
    : `${code(name)} (${code(commit.slice(0, 12))})`;
}

function codeList(names: readonly string[], limit?: number): string {
  const { shown, more } = cutList(names, limit);
  return `${shown.map((name) => code(name)).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function footText(left: LeftOut, limit: number, fullReport: string | undefined): string {
  const counts = [...left].map(([noun, count]) => `${count} ${noun}`).join(', ');
  const whole = fullReport
    ? `The full report is in ${code(fullReport)}.`
    : 'Run `cdk8s-flux diff --format json` for the full report.';
  return `\n**This report is cut to ${limit} characters.** Left out: ${counts}. ${whole}\n`;
}
