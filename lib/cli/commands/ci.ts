import { Option, type Command } from 'commander';
import { fetchCommits } from '../../ci/pipeline/fetch-commits';
import type { Pipeline } from '../../ci/pipeline/pipeline';
import { staleFiles, type OutputCheck, type PipelineReport } from '../../ci/report/pipeline-report';
import { formatDiffText } from '../../diff/report/text';
import { failuresOf, parseFailOn, parseMaxClusters, type DiffLimits } from '../../diff/verdict';
import type { Finding, Severity } from '../../findings/finding';
import { fail, FindingsError } from '../../findings/findings-error';
import { plural, summaryOfFindings } from '../../findings/summary';
import { checkOutput, SYNTH_WISHES, type SynthWish } from '../ci/check-output';
import { comparePipeline, type ComparedPipeline } from '../ci/compare-pipeline';
import { findPipeline } from '../ci/find-pipeline';
import { postReport } from '../ci/post-report';
import { writeResults } from '../ci/write-results';
import { EXIT } from '../exit-code';
import type { Io } from '../io';
import { packageVersion } from '../package-version';
import { note, printFindings } from '../print-findings';
import { isBad, severities } from './check';

interface CiOptions {
  readonly entry?: readonly string[];
  readonly cluster?: string;
  readonly synth: SynthWish;
  readonly key?: string;
  readonly parts: string;
  readonly comment: boolean;
  readonly failOn: string;
  readonly checkFailOn: Severity | 'none';
  readonly maxClusters?: string;
  readonly reportDir?: string;
  readonly fullReport?: string;
}

/** Adds `cdk8s-flux ci`: all that a job of GitHub Actions or GitLab CI does for a change. */
export function addCi(program: Command, io: Io, exit: (code: number) => void): void {
  program
    .command('ci')
    .summary('check and compare in a CI job, and report on the pull request')
    .description(
      'For jobs of GitHub Actions and GitLab CI: fetches what it needs, checks the head, compares it with the base, and reports in the summary of the job and in one comment that it edits. It reads the change from git as data. Only synth runs code, and only if the job has no more rights than the author of the change.',
    )
    .option('--entry <paths...>', 'the paths that Flux starts from (default: found from the files)')
    .option('--cluster <name>', 'check and compare only one cluster')
    .addOption(
      new Option(
        '--synth <when>',
        'run synth --check; auto: if there is a cdk8s.yaml, and the job may run the code of the change',
      )
        .choices(SYNTH_WISHES)
        .default('auto'),
    )
    .option(
      '--key <name>',
      'the part of the comment that this job writes; by default the name of the cluster',
    )
    .option('--parts <count>', 'how many jobs write a part of the comment', '1')
    .option('--no-comment', 'do not write a comment')
    .option('--fail-on <classes>', 'exit with 1 on changes of these classes, as for diff', 'none')
    .addOption(
      new Option('--check-fail-on <severity>', 'exit with 1 if a finding is at least this severe')
        .choices([...severities, 'none'])
        .default('warning'),
    )
    .option('--max-clusters <count>', 'exit with 1 if more clusters change, for example 3 or 25%')
    .option('--report-dir <folder>', 'the folder for the report and files for other programs')
    .option('--full-report <name>', 'where to find the full report, for a comment that was cut')
    .addHelpText(
      'after',
      `
Examples:
  cdk8s-flux ci                                       the report for this pull request
  cdk8s-flux ci --fail-on destructive --max-clusters 25%
                                                      fail on losses, or if the change is too wide
  cdk8s-flux ci --cluster eu --parts 3                one of three jobs, one for each cluster
  cdk8s-flux ci --report-dir reports                  with check.sarif, codequality.json and others`,
    )
    .action(async (options: CiOptions) => exit(await ci(options, io)));
}

async function ci(options: CiOptions, io: Io): Promise<number> {
  const limits = {
    failOn: parseFailOn(options.failOn),
    maxClusters: options.maxClusters === undefined ? undefined : parseMaxClusters(options.maxClusters),
  };
  const parts = parseParts(options.parts);
  const { pipeline, credentials } = await findPipeline(io.env);
  const output = await checkOutput(options.synth, pipeline, io);
  fetchCommits(pipeline, { folder: io.cwd, env: io.env, credentials });
  const { compared, trouble } = tryCompare(pipeline, options, io);
  const isFailure = failureOf(options);
  const title = options.key ?? options.cluster;
  const report = reportOf({ pipeline, output, compared, trouble, title }, limits, isFailure);
  if (report.diff) io.stdout(formatDiffText(report.diff));
  for (const failure of report.failures) io.stderr(`${failure}\n`);
  writeResults(report, compared, { reportDir: options.reportDir, isFailure, io });
  const wish = { key: title ?? 'all', parts, fullReport: options.fullReport };
  if (options.comment) await postReport(report, wish, io);
  return exitCodeOf(report);
}

function failureOf({ checkFailOn }: CiOptions): (found: Finding) => boolean {
  return (found) => checkFailOn !== 'none' && isBad(found, checkFailOn);
}

/** What is known after everything has been checked. */
interface Known extends Pick<PipelineReport, 'pipeline' | 'output' | 'trouble' | 'title'> {
  readonly compared?: ComparedPipeline;
}

function reportOf(
  { compared, ...known }: Known,
  limits: DiffLimits,
  isFailure: (found: Finding) => boolean,
): PipelineReport {
  const check = compared?.sides.head.report;
  const failures = [
    ...(compared?.diff ? failuresOf(compared.diff, limits) : []),
    ...checkFailures(check?.findings.filter(isFailure) ?? []),
    ...outputFailures(known.output),
  ];
  return { ...known, check, diff: compared?.diff, failures, version: packageVersion() };
}

function exitCodeOf({ trouble, output, failures }: PipelineReport): number {
  if (trouble.length > 0 || output?.code === EXIT.failed) return EXIT.failed;
  return failures.length > 0 ? EXIT.findings : EXIT.clean;
}

/** What a stranger committed may be unreadable: the report then says so. */
function tryCompare(
  pipeline: Pipeline,
  options: CiOptions,
  io: Io,
): { compared?: ComparedPipeline; trouble: readonly Finding[] } {
  try {
    return { compared: comparePipeline(pipeline, options, io), trouble: [] };
  } catch (error) {
    if (!FindingsError.isFindingsError(error)) throw error;
    printFindings(error.findings, io);
    note('the change could not be compared', io);
    return { trouble: error.findings };
  }
}

function checkFailures(bad: readonly Finding[]): string[] {
  return bad.length === 0 ? [] : [`check: ${summaryOfFindings(bad)}`];
}

function outputFailures(output: OutputCheck | undefined): string[] {
  if (!output || output.code === EXIT.clean) return [];
  const files = staleFiles(output);
  if (files.length === 0)
    return [`synth --check ended with ${output.code}: ${summaryOfFindings(output.findings)}`];
  const verb = files.length === 1 ? 'differs' : 'differ';
  return [
    `synth --check: ${plural(files.length, 'file')} ${verb} from what the code generates: ${files.join(', ')}`,
  ];
}

function parseParts(text: string): number {
  if (/^[1-9]\d{0,2}$/.test(text)) return Number(text);
  return fail({
    code: 'option-invalid',
    field: '--parts',
    message: `${JSON.stringify(text)} is not allowed: use a whole number from 1 to 999`,
    hint: 'use, for example, --parts 3',
  });
}
