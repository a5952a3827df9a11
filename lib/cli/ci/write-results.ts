import { appendFileSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { annotations } from '../../ci/report/annotations';
import { staleFiles, type PipelineReport } from '../../ci/report/pipeline-report';
import { reportMarkdown } from '../../ci/report/report-markdown';
import { fittingSummary } from '../../ci/report/summary-limit';
import { formatCodequality } from '../../check/report/format-codequality';
import { formatJunit } from '../../check/report/format-junit';
import { formatSarif } from '../../check/report/format-sarif';
import { formatDiffJson } from '../../diff/report/json';
import { formatDiffMarkdown } from '../../diff/report/markdown';
import { countClasses, groupChanges } from '../../diff/report/group-changes';
import { byCause, mapLocations } from '../../findings/causes';
import type { Finding } from '../../findings/finding';
import { fail } from '../../findings/findings-error';
import { Git } from '../../revisions/git';
import type { Io } from '../io';
import { packageVersion } from '../package-version';
import type { ComparedPipeline } from './compare-pipeline';
import { pathFromTop } from '../path-from-top';

/** The maximum length of a Markdown file, in characters, if there is no limit of a code host. */
const FILE_LIMIT = 16 * 1024 * 1024;

/** What is written beside the comment. */
export interface ResultOptions {
  /** The folder for files that programs read; undefined for none. */
  readonly reportDir?: string;
  /** Whether a finding makes the job fail. */
  readonly isFailure: (found: Finding) => boolean;
  readonly io: Io;
}

/** Writes the files, the summary of the job, annotations and outputs, each where the runner takes them. */
export function writeResults(
  report: PipelineReport,
  compared: ComparedPipeline | undefined,
  options: ResultOptions,
): void {
  const { io } = options;
  const files =
    options.reportDir === undefined ? [] : writeFiles(report, compared, options, options.reportDir);
  if (report.pipeline.forge !== 'github') return;
  writeSummary(report, io);
  io.stdout(annotations(annotated(report, compared, io)), 'data');
  writeOutputs(report, options.reportDir, files, io);
}

function writeFiles(
  report: PipelineReport,
  compared: ComparedPipeline | undefined,
  { isFailure, io }: ResultOptions,
  folder: string,
): string[] {
  const { diff, check } = report;
  const found = compared ? fromTop(check?.findings ?? [], compared, io) : [];
  const texts: Record<string, string> = {
    'report.md': reportMarkdown(report, { limit: FILE_LIMIT, listsFindings: true }),
    ...(diff && {
      'diff.md': formatDiffMarkdown(diff, { limit: FILE_LIMIT }),
      'diff.json': formatDiffJson(diff),
    }),
    ...(compared && {
      'check.sarif': formatSarif(found, packageVersion()),
      'check.junit.xml': formatJunit(found, isFailure),
      'codequality.json': formatCodequality(found),
    }),
  };
  try {
    mkdirSync(resolve(io.cwd, folder), { recursive: true });
    for (const [name, text] of Object.entries(texts)) writeFileSync(resolve(io.cwd, folder, name), text);
  } catch (error) {
    fail({
      code: 'report-unwritable',
      message: `cannot write to ${JSON.stringify(folder)}: ${(error as Error).message}`,
      hint: 'use another folder with --report-dir',
    });
  }
  return Object.keys(texts);
}

function writeSummary(report: PipelineReport, { env }: Io): void {
  const file = env['GITHUB_STEP_SUMMARY'];
  if (!file) return;
  const used = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  const text = fittingSummary((limit) => reportMarkdown(report, { limit, listsFindings: true }), used);
  appendFileSync(file, `${text}\n`);
}

/** The new findings; all findings if there is no change to compare. */
function annotated(
  { diff, check, trouble }: PipelineReport,
  compared: ComparedPipeline | undefined,
  io: Io,
): readonly Finding[] {
  const found = diff ? diff.findings.new : (check?.findings ?? []);
  return [...trouble, ...(compared ? fromTop(found, compared, io) : [])];
}

/** Findings with their files from the top of the git repository, as code hosts expect. */
function fromTop(findings: readonly Finding[], { sides }: ComparedPipeline, io: Io): readonly Finding[] {
  const { top } = Git.of(io.cwd, io.env);
  const folder = pathFromTop(top, sides.head.project.root);
  if (folder === '' || folder.startsWith('..')) return findings;
  return mapLocations(findings, (place) => ({
    ...place,
    ...(place.file && { file: `${folder}/${place.file}` }),
  }));
}

/** Outputs of the step: numbers, ids and our own paths; no text from a repository. */
function writeOutputs(
  report: PipelineReport,
  folder: string | undefined,
  files: readonly string[],
  { env, cwd }: Io,
): void {
  const file = env['GITHUB_OUTPUT'];
  if (!file) return;
  const { diff, check, pipeline, output } = report;
  const { change, head } = pipeline;
  const outputs: Record<string, string | number | boolean> = {
    changes: diff ? countClasses(groupChanges(diff)).reduce((sum, [, count]) => sum + count, 0) : 0,
    clusters: diff?.clusters.length ?? 0,
    'new-findings': diff?.findings.new.length ?? 0,
    findings: byCause(check?.findings ?? []).length,
    stale: output ? staleFiles(report.output).length > 0 : '',
    sha: head,
    ref: change && change.number > 0 ? `refs/pull/${change.number}/head` : '',
    'report-dir': folder === undefined ? '' : resolve(cwd, folder),
    sarif:
      folder !== undefined && files.includes('check.sarif') ? join(resolve(cwd, folder), 'check.sarif') : '',
  };
  const lines = Object.entries(outputs).map(
    ([name, value]) => `${name}=${String(value).replace(/[\r\n]/g, ' ')}\n`,
  );
  appendFileSync(file, lines.join(''));
}
