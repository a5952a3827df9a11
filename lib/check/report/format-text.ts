import { colouredFinding } from '../../findings/colour';
import { explainingCommand, plural, summaryOfFindings } from '../../findings/summary';
import type { Graph } from '../../graph/graph';
import type { Tree } from '../../tree/tree';
import type { CheckReport } from '../check-tree';
import { Excerpts } from './excerpts';

/** Prints findings as text, each with the lines of YAML that it is about, and a summary at the end. */
export function formatText(report: CheckReport, tree: Tree, colour = false): string {
  const excerpts = new Excerpts(tree, report.masker);
  const blocks = report.findings.map((found) => {
    const lines = excerpts.of(found).map((line) => `    ${line}\n`);
    return `${colouredFinding(found, colour)}\n${lines.join('')}`;
  });
  return [...blocks, summary(report)].join('\n');
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
