import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Option, type Command } from 'commander';
import { CheckContext } from '../../check/check-context';
import { checkTree } from '../../check/check-tree';
import { unseenReferences } from '../../check/unseen-references';
import { withNamesOf } from '../../diff/structure/pair-clusters';
import { buildPicture, type PictureOptions } from '../../draw/build-picture';
import { comparePictures } from '../../draw/compare-pictures';
import type { Picture } from '../../draw/picture';
import {
  formatOfFile,
  pictureFormats,
  refuseFormat,
  renderCharts,
  renderPicture,
  type PictureFormat,
} from '../../draw/render-picture';
import { fail, FindingsError } from '../../findings/findings-error';
import { isAssumption } from '../../graph/entries/assumptions';
import { checkCluster } from '../../graph/unknown-cluster';
import { isMarkdown, markdownWithCharts } from '../../publish/markdown-chart';
import { EXIT } from '../exit-code';
import type { Io } from '../io';
import { openEarlier, type EarlierState } from '../diff/open-earlier';
import { openRepository, type OpenRepository } from '../open-repository';
import { printFindings } from '../print-findings';
import { announceStep } from '../progress';
import { wayFromPage } from '../way-from-page';

interface GraphOptions {
  readonly entry?: readonly string[];
  readonly format?: PictureFormat;
  readonly output?: string;
  readonly cluster?: string;
  readonly compare?: string;
  readonly check?: boolean;
}

/** Adds `cdk8s-flux graph`: a picture of what Flux applies, from the files of any repository. */
export function addGraph(program: Command, io: Io, exit: (code: number) => void): void {
  program
    .command('graph')
    .argument('[dir]', 'the root of the repository', '.')
    .summary('draw what Flux applies from a repository, and in which order')
    .description(
      'Reads the files of any Flux repository, and draws what Flux applies, what waits for what, and what uses what.',
    )
    .option('--entry <paths...>', 'the paths that Flux starts from (default: found from the files)')
    .addOption(
      new Option(
        '--format <format>',
        'the format; by default it follows from the ending of the output file, otherwise mermaid',
      ).choices(pictureFormats),
    )
    .option('-o, --output <file>', 'the file to write (default: stdout)')
    .option('--cluster <name>', 'draw only one cluster')
    .option('--compare <base>', 'mark what was added, changed or removed since a revision or a folder')
    .option('--check', 'mark the objects that have findings of cdk8s-flux check')
    .addHelpText(
      'after',
      `
Examples:
  cdk8s-flux graph                           a Mermaid chart, for a page on GitHub
  cdk8s-flux graph ../fleet -o fleet.html    a page to explore
  cdk8s-flux graph --cluster home -o home.svg
  cdk8s-flux graph --check --compare main -o change.html
                                             what changed since main, and what is wrong with it`,
    )
    .action((dir: string, options: GraphOptions) => exit(graph(dir, options, io)));
}

function graph(dir: string, options: GraphOptions, io: Io): number {
  const { format = formatOf(options.output), output, entry, cluster, compare } = options;
  const opened = openRepository(io, dir, { entries: entry });
  const { picture: after, isWhole } = readPicture(opened, options, io);
  const earlier = compare === undefined ? undefined : openEarlier(compare, opened.project.root, entry, io);
  const before = earlier && { ...earlier, graph: withNamesOf(earlier.graph, opened.graph) };
  const picture = before ? comparePictures(drawn(before, { cluster, findings: [] }), after) : after;
  if (output === undefined) io.stdout(renderPicture(picture, format), 'data');
  else writeFile(output, fileOf(picture, format, { output, root: opened.project.root, cwd: io.cwd }), io.cwd);
  return isWhole ? EXIT.clean : EXIT.findings;
}

function formatOf(output: string | undefined): PictureFormat {
  if (output === undefined) return 'mermaid';
  return formatOfFile(output) ?? refuseFormat(output, { ways: 'add --format, or ' });
}

/** The picture, and whether everything that belongs in it could be read and built. */
function readPicture(
  { graph, tree, project, findings: found, masker }: OpenRepository,
  { entry, cluster, check }: GraphOptions,
  io: Io,
): { readonly picture: Picture; readonly isWhole: boolean } {
  const gaps = found.filter(({ severity }) => severity !== 'info');
  printFindings([...found.filter(isAssumption), ...gaps.filter((gap) => !isAssumption(gap))], io);
  checkCluster(
    cluster,
    graph.clusters.map(({ name }) => name),
  );
  const { allow, rollout, check: settings } = project;
  const findings = check
    ? checkTree(tree, { graph, allow, settings, policy: rollout, found, partial: entry !== undefined })
        .findings
    : found;
  announceStep('drawing', io);
  const isWhole = gaps.every(({ severity }) => severity !== 'error');
  return { picture: drawn({ graph, tree, project, masker }, { cluster, findings }), isWhole };
}

function drawn(
  { graph, tree, project, masker }: EarlierState,
  options: Pick<PictureOptions, 'cluster' | 'findings'>,
): Picture {
  const unseen = unseenReferences(new CheckContext(tree, graph, project.check));
  return buildPicture(graph, { ...options, masker, unseen });
}

/** Turns a picture into a file. Mermaid charts go between the marker lines of a Markdown page. */
function fileOf(
  picture: Picture,
  format: PictureFormat,
  { output, root, cwd }: { readonly output: string; readonly root: string; readonly cwd: string },
): (found: Buffer) => Buffer | string {
  if (format === 'mermaid' && isMarkdown(output)) {
    const charts = renderCharts(picture);
    return (found) => markdownWithCharts(output, charts, found);
  }
  const text = renderPicture(picture, format, wayFromPage(output, root, cwd));
  return () => text;
}

function writeFile(output: string, content: (found: Buffer) => Buffer | string, cwd: string): void {
  const file = resolve(cwd, output);
  try {
    mkdirSync(dirname(file), { recursive: true });
    const found = existsSync(file) ? readFileSync(file) : Buffer.alloc(0);
    writeFileSync(file, content(found));
  } catch (error) {
    if (FindingsError.isFindingsError(error)) throw error;
    fail({
      code: 'picture-unwritable',
      message: `cannot write ${JSON.stringify(file)}: ${(error as Error).message}`,
      hint: 'choose another file with --output',
    });
  }
}
