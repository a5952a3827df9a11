import { byCause } from '../../findings/causes';
import { colouredFinding, inColour } from '../../findings/colour';
import type { Finding } from '../../findings/finding';
import { formatLocation } from '../../findings/format';
import { printable, printableLines } from '../../findings/printable';
import { firstNames } from '../../plain/first-names';
import { groupBy } from '../../plain/group-by';
import { explainingCommand, plural, summaryOfFindings } from '../../findings/summary';
import type { Graph } from '../../graph/graph';
import { baseName } from '../../tree/path';
import type { Tree } from '../../tree/tree';
import type { CheckReport } from '../check-tree';
import { Excerpts } from './excerpts';

/** From so many infos with one code on, each has one line. */
const MANY = 3;

/**
 * Prints findings as text, each with the lines of YAML that it is about, and a summary at the end. Infos come last, so
 * that nothing worse is lost among them; what is said of the report as a whole comes first.
 */
export function formatText(given: CheckReport, tree: Tree, colour = false): string {
  const report = { ...given, findings: byCause(given.findings) };
  const excerpts = new Excerpts(tree, report.masker);
  const inFull = (found: Finding) => {
    const lines = excerpts.of(found).map((line) => `    ${line}\n`);
    return `${colouredFinding(found, colour)}\n${lines.join('')}`;
  };
  const isLast = ({ severity, locations: [place = {}] }: Finding) =>
    severity === 'info' && formatLocation(place) !== '';
  const infos = groupBy(report.findings.filter(isLast), ({ code }) => code);
  const blocks = [...infos.values()].flatMap((same) =>
    same.length < MANY || same.some(({ details }) => details) ? same.map(inFull) : inShort(same, colour),
  );
  return [...report.findings.filter((found) => !isLast(found)).map(inFull), ...blocks, summary(report)].join(
    '\n',
  );
}

/**
 * Several infos with one code: a line for each that says something else, and what to do about all of them once. Of many places
 * with the same, as each cluster has them, the line names the first.
 */
function inShort(infos: readonly Finding[], colour: boolean): string {
  const code = infos[0]?.code ?? '';
  const hints = new Set(infos.map(({ hint }) => hint));
  const alike = groupBy(infos, ({ field, message, hint, object, locations: [place] }) =>
    JSON.stringify([field, message, hint, object ?? baseName(place?.file ?? '')]),
  );
  const lines = [...alike.values()].flatMap((same) => {
    const [{ field, message, hint }] = same as [Finding];
    const places = same.flatMap(({ locations: [place] }) => (place ? [formatLocation(place)] : []));
    const where = places.length > 0 ? `${firstNames(places, 1)}: ` : '';
    const line = `  ${where}${field ? `${field}: ` : ''}${message}`;
    return hints.size > 1 && hint ? [line, `    fix: ${hint}`] : [line];
  });
  const [only] = hints;
  if (hints.size === 1 && only) lines.push(`  fix: ${only}`);
  const text = printableLines(lines.map(printable).join('\n'));
  return `${inColour(`info: ${code}`, 'info', colour)}, ${infos.length} times\n${text}\n`;
}

function summary({ findings, allowed, graph, folders }: CheckReport): string {
  const known = allowed > 0 ? `, ${allowed} allowed` : '';
  const where =
    folders.length > 0 ? plural(folders.length, 'folder') : plural(graph.clusters.length, 'cluster');
  const explain = explainingCommand(findings);
  const more = explain === undefined ? '' : `for details: ${explain}\n`;
  return `${more}${summaryOfFindings(findings)} in ${where}${known}${unreadBuilds(graph)}\n`;
}

/** What the findings say nothing about: Kustomizations whose sources hold other files than those of this repository. */
function unreadBuilds({ clusters }: Graph): string {
  const builds = clusters.flatMap(({ nodes }) => nodes.flatMap(({ build }) => build ?? []));
  const unread = builds.filter(({ source }) => source !== 'repository').length;
  if (unread === 0) return '';
  return `; not checked: what ${unread} of ${plural(builds.length, 'Kustomization')} build${unread === 1 ? 's' : ''} from other sources`;
}
