import { findingEntry, formatDiffMarkdown } from '../../diff/report/markdown';
import { fitSections, type LeftOut, type Section } from '../../diff/report/markdown-sections';
import { code, prose } from '../../diff/report/markdown-text';
import { byCause } from '../../findings/causes';
import { plural, summaryOfFindings } from '../../findings/summary';
import { staleFiles, type PipelineReport } from './pipeline-report';

/** How many files a list names before it counts the rest. */
const LISTED = 50;

/** How a report is printed as Markdown. */
export interface ReportMarkdownOptions {
  /** How many characters it may have. */
  readonly limit: number;
  /**
   * Where all of it is, when it is cut.
   *
   * @default - readers are told which command prints everything
   */
  readonly fullReport?: string;
  /** Whether all findings of the head are listed, and not only the new ones. */
  readonly listsFindings: boolean;
}

/**
 * Prints what a pipeline tells as Markdown. Nothing that comes from a repository takes effect as Markdown or HTML: names
 * and values stand in code.
 */
export function reportMarkdown(report: PipelineReport, options: ReportMarkdownOptions): string {
  const { limit, fullReport } = options;
  const head = [
    titleOf(report),
    ...troubleLines(report),
    ...failureLines(report),
    ...outputLines(report),
  ].join('');
  const foot = `\n${footOf(report)}\n`;
  const { diff } = report;
  const room = limit - head.length - foot.length;
  const body = diff ? formatDiffMarkdown(diff, { limit: Math.max(room, 0), fullReport }) : '';
  const list = options.listsFindings ? findingList(report, room - body.length) : '';
  return `${head}${body}${list}${foot}`.slice(0, limit);
}

function titleOf({ title }: PipelineReport): string {
  return title === undefined
    ? '## What this change does\n\n'
    : `## What this change does in ${code(title)}\n\n`;
}

function troubleLines({ trouble }: PipelineReport): string[] {
  if (trouble.length === 0) return [];
  return [
    `**The change could not be compared.**\n\n${trouble.slice(0, LISTED).map(findingEntry).join('\n')}\n`,
  ];
}

function failureLines({ failures }: PipelineReport): string[] {
  return failures.length === 0 ? [] : [`**Fails:** ${failures.map(prose).join('; ')}\n\n`];
}

function outputLines(report: PipelineReport): string[] {
  const files = staleFiles(report.output);
  if (files.length === 0) return [];
  const lines = files.slice(0, LISTED).map((file) => `- ${code(file)}`);
  const more = files.length > LISTED ? [`- and ${files.length - LISTED} more`] : [];
  return [
    `### Files that do not match the code (${files.length})\n\nRun \`npx cdk8s synth\`, and commit the result.\n\n${[...lines, ...more].join('\n')}\n\n`,
  ];
}

/** All findings of the head, as many as fit. */
function findingList({ check }: PipelineReport, room: number): string {
  if (!check || check.findings.length === 0) return '';
  const section: Section = {
    title: 'All findings',
    noun: 'findings',
    isOpen: false,
    entries: byCause(check.findings).map(findingEntry),
  };
  const foot = (left: LeftOut): string =>
    `\n${[...left].map(([noun, count]) => `${count} more ${noun}`).join()}\n`;
  const text = fitSections('', [section], foot, Math.max(room, 0));
  return text.length <= room ? text : '';
}

function footOf({ check, pipeline, version }: PipelineReport): string {
  const { url, head } = pipeline;
  const found = check
    ? [
        `check: ${summaryOfFindings(byCause(check.findings))} in ${plural(check.graph.clusters.length, 'cluster')}`,
      ]
    : [];
  // An address on the code host itself; the runner sets it.
  const run = url !== undefined && /^https?:\/\/[\w.:/~-]+$/.test(url) ? [`[run](${url})`] : [];
  return `<sub>${[...found, `commit ${code(head.slice(0, 12))}`, `cdk8s-flux ${version}`, ...run].join(' · ')}</sub>`;
}
