import { CheckContext } from '../../check/check-context';
import { unseenReferences } from '../../check/unseen-references';
import type { Diff } from '../../diff/change';
import { formatDiffHtml } from '../../diff/report/html';
import { formatDiffJson } from '../../diff/report/json';
import { formatDiffMarkdown, type DiffMarkdownOptions } from '../../diff/report/markdown';
import { formatDiffText } from '../../diff/report/text';
import type { RepositorySide } from '../../diff/repository-side';
import { withNamesOf } from '../../diff/structure/pair-clusters';
import { buildPicture } from '../../draw/build-picture';
import type { Picture } from '../../draw/picture';
import type { Finding } from '../../findings/finding';
import type { Graph } from '../../graph/graph';
import type { OpenedSides } from './open-sides';

/** The formats of a diff, the default first. */
export const DIFF_FORMATS = ['text', 'markdown', 'json', 'html'] as const;

/** A format of a diff. */
export type DiffFormat = (typeof DIFF_FORMATS)[number];

/** A diff, and what its formats ask for. */
export interface DiffReport extends DiffMarkdownOptions {
  readonly diff: Diff;
  readonly sides: OpenedSides;
  readonly colour: boolean;
  /**
   * The path from the page to the root of the head.
   *
   * @default - the page links no files
   */
  readonly files?: string;
}

const formatters: Readonly<Record<DiffFormat, (report: DiffReport) => string>> = {
  text: ({ diff, colour }) => formatDiffText(diff, { colour }),
  markdown: ({ diff, limit, fullReport }) => formatDiffMarkdown(diff, { limit, fullReport }),
  json: ({ diff }) => formatDiffJson(diff),
  html: ({ diff, sides: { base, head }, files }) =>
    formatDiffHtml(
      diff,
      pictureOf(base, withNamesOf(graphOf(base), graphOf(head)), []),
      pictureOf(head, graphOf(head), diff.findings.new),
      files,
    ),
};

const endings: Readonly<Record<string, DiffFormat>> = {
  md: 'markdown',
  markdown: 'markdown',
  json: 'json',
  html: 'html',
  htm: 'html',
};

/** The format of a file, by the ending of its name. */
export function diffFormatOf(file: string): DiffFormat {
  const ending = /\.(\w+)$/.exec(file)?.[1]?.toLowerCase() ?? '';
  return Object.hasOwn(endings, ending) ? (endings[ending] ?? 'text') : 'text';
}

/** Prints a diff. */
export function printDiff(report: DiffReport, format: DiffFormat): string {
  return formatters[format](report);
}

/** A side with the findings that the page shows. */
function pictureOf(
  { report: { masker }, tree, project: { check } }: RepositorySide,
  graph: Graph,
  findings: readonly Finding[],
): Picture {
  const unseen = unseenReferences(new CheckContext(tree, graph, check));
  return buildPicture(graph, { findings, masker, unseen });
}

/** The clusters of a side; without entry paths, the folders that take their place. */
function graphOf({ report: { graph, seen } }: RepositorySide): Graph {
  return graph.clusters.length > 0 ? graph : seen;
}
