import type { Finding, Severity } from '../../findings/finding';
import { formatFinding } from '../../findings/format';
import type { Tree } from '../../tree/tree';
import type { CheckReport } from '../check-tree';
import { Excerpts } from './excerpts';

/** Prints findings as text, each with the lines of YAML that it is about, and a summary at the end. */
export function formatText(report: CheckReport, tree: Tree): string {
  const excerpts = new Excerpts(tree, report.masker);
  const blocks = report.findings.map((found) => {
    const lines = excerpts.of(found).map((line) => `    ${line}\n`);
    return `${formatFinding(found)}\n${lines.join('')}`;
  });
  return [...blocks, summary(report)].join('\n');
}

function summary({ findings, allowed, graph, folders }: CheckReport): string {
  const counts = countSeverities(findings);
  const words = (['error', 'warning', 'info'] as const)
    .filter((severity) => counts[severity] > 0)
    .map((severity) => plural(counts[severity], severity));
  const found = words.length > 0 ? words.join(', ') : 'no findings';
  const known = allowed > 0 ? `, ${allowed} allowed` : '';
  const where =
    folders.length > 0 ? plural(folders.length, 'folder') : plural(graph.clusters.length, 'cluster');
  return `${found} in ${where}${known}\n`;
}

/** How many findings there are of each severity. */
export function countSeverities(findings: readonly Finding[]): Record<Severity, number> {
  const counts = { error: 0, warning: 0, info: 0 };
  for (const { severity } of findings) counts[severity] += 1;
  return counts;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
