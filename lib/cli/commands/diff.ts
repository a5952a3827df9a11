import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Option, type Command } from 'commander';
import { compareRepositories } from '../../diff/compare-repositories';
import { repositoryDecryptor } from '../../diff/repository-decryptor';
import {
  failuresOf,
  guardFailures,
  parseFailOn,
  parseMaxCharacters,
  parseMaxClusters,
} from '../../diff/verdict';
import { usesColour } from '../../findings/colour';
import { fail } from '../../findings/findings-error';
import { GpgKeyring } from '../../sops/keys/gpg-keyring';
import { findPrivateKeys } from '../../sops/keys/private-keys';
import { checkCluster } from '../../graph/unknown-cluster';
import { DIFF_FORMATS, diffFormatOf, printDiff, type DiffFormat } from '../diff/diff-formats';
import { openSides, type OpenedSides } from '../diff/open-sides';
import { sideSources, type SideSource } from '../diff/side-source';
import { EXIT } from '../exit-code';
import type { Io } from '../io';
import { wayFromPage } from '../way-from-page';

interface DiffOptions {
  readonly entry?: readonly string[];
  readonly format?: DiffFormat;
  readonly output?: readonly string[];
  readonly maxCharacters?: string;
  readonly fullReport?: string;
  readonly cluster?: string;
  readonly failOn?: string;
  readonly maxClusters?: string;
}

/** Adds `cdk8s-flux diff`: what a change of a repository does in its clusters. */
export function addDiff(program: Command, io: Io, exit: (code: number) => void): void {
  program
    .command('diff')
    .argument('[base]', 'a revision or a folder; by default the commit where the branch left the main branch')
    .argument('[head]', 'a revision or a folder; by default the working tree')
    .summary('show what a change does in every cluster, before you merge it')
    .description(
      'Compares two states of any Flux repository, and reports what Flux will do in each cluster: what it deletes, replaces, moves, upgrades and restarts. Reads revisions from git without checking anything out.',
    )
    .option('--entry <paths...>', 'the paths that Flux starts from (default: found from the files)')
    .option('--cluster <name>', 'compare only one cluster')
    .addOption(
      new Option(
        '--format <format>',
        'the format of the result; by default it follows from the ending of the output file, otherwise text',
      ).choices(DIFF_FORMATS),
    )
    .option(
      '-o, --output <file>',
      'a file to write; you can repeat the option (default: stdout)',
      (file: string, files: readonly string[] = []) => [...files, file],
    )
    .option(
      '--max-characters <count>',
      'the maximum length of Markdown; by default 65536, the limit of GitHub',
    )
    .option('--full-report <name>', 'where to find the full report, for Markdown that was cut')
    .option(
      '--fail-on <classes>',
      'exit with 1 on changes of these classes, for example deleted,recreated or destructive; by default on any',
    )
    .option('--max-clusters <count>', 'exit with 1 if more clusters change, for example 3 or 25%')
    .addHelpText(
      'after',
      `
Examples:
  cdk8s-flux diff                          the branch and the working tree against the main branch
  cdk8s-flux diff origin/main              against the main branch as it is now
  cdk8s-flux diff v1.0.0 v1.1.0            two tags
  cdk8s-flux diff ./before ./after         two folders
  cdk8s-flux diff main...my-branch         what a branch changed since it left main
  cdk8s-flux diff --fail-on destructive --max-clusters 25% -o diff.md -o diff.html
                                           in CI: a comment, a page, and an exit code that fails the job`,
    )
    .action((base: string | undefined, head: string | undefined, options: DiffOptions) =>
      exit(diff(base, head, options, io)),
    );
}

function diff(base: string | undefined, head: string | undefined, options: DiffOptions, io: Io): number {
  const { output = [], cluster } = options;
  const limits = {
    failOn: parseFailOn(options.failOn ?? 'any'),
    maxClusters: options.maxClusters === undefined ? undefined : parseMaxClusters(options.maxClusters),
  };
  const limit = options.maxCharacters === undefined ? undefined : parseMaxCharacters(options.maxCharacters);
  const { format = 'text' } = options;
  const formats = output.length === 0 ? [format] : output.map((file) => options.format ?? diffFormatOf(file));
  refuseUnused(options, formats);
  const sources = sideSources(base, head, io);
  const sides = openSides(sources, { entries: options.entry }, io);
  checkWanted(sides, cluster);
  const decrypt = repositoryDecryptor(
    [sides.base.report.seen, sides.head.report.seen],
    () => findPrivateKeys({ env: io.env, gpg: new GpgKeyring({ env: io.env, asks: false }) }).keys,
  );
  const result = compareRepositories(sides.base, sides.head, { cluster, decrypt });
  const fullReport = options.fullReport ?? output.find((file) => diffFormatOf(file) !== 'markdown');
  const colour = output.length === 0 && usesColour(io.env, io.stdoutIsTerminal);
  const wayFrom = linksOfPage(sources.head, sides.head.project.root, io.cwd);
  const print = (format: DiffFormat, file?: string) =>
    printDiff({ diff: result, sides, colour, limit, fullReport, files: file && wayFrom(file) }, format);
  if (output.length === 0) io.stdout(print(format), format === 'text' ? 'text' : 'data');
  const texts = output.map((file, index) => print(formats[index] ?? format, file));
  texts.forEach((text, index) => writeReport(output[index] as string, text, io.cwd));
  const failures = failuresOf(result, limits);
  const isGate = options.failOn !== undefined || options.maxClusters !== undefined;
  for (const failure of isGate ? failures : guardFailures(result)) io.stderr(`${failure}\n`);
  return failures.length > 0 ? EXIT.findings : EXIT.clean;
}

/** The path from a page to the root of the head, by which the page links files. A revision has no files on disk. */
function linksOfPage(head: SideSource, root: string, cwd: string): (page: string) => string | undefined {
  return (page) => (head.kind === 'revision' ? undefined : wayFromPage(page, root, cwd));
}

/** Limits for Markdown are an error if no Markdown is written. */
function refuseUnused({ maxCharacters, fullReport }: DiffOptions, formats: readonly DiffFormat[]): void {
  if (formats.includes('markdown')) return;
  const [option] = [
    ...(maxCharacters === undefined ? [] : ['--max-characters']),
    ...(fullReport === undefined ? [] : ['--full-report']),
  ];
  if (option === undefined) return;
  fail({
    code: 'option-invalid',
    field: option,
    message: `this option is only for Markdown, but the report is ${[...new Set(formats)].join(' and ')}`,
    hint: 'add --format markdown or --output diff.md, or remove the option',
  });
}

function writeReport(output: string, text: string, cwd: string): void {
  const file = resolve(cwd, output);
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  } catch (error) {
    fail({
      code: 'report-unwritable',
      message: `cannot write ${JSON.stringify(file)}: ${(error as Error).message}`,
      hint: 'choose another file with --output',
    });
  }
}

function checkWanted({ base, head }: OpenedSides, wanted: string | undefined): void {
  const clusters = [head, base].flatMap(({ report }) => report.seen.clusters);
  checkCluster(wanted, [...new Set(clusters.map(({ name }) => name))]);
}
