import type { Command } from 'commander';
import type { Diff } from '../../diff/change';
import { compareRepositories } from '../../diff/compare-repositories';
import { printableJson } from '../../findings/printable';
import { refuseCluster } from '../../graph/unknown-cluster';
import { openSides, type OpenedSides } from '../diff/open-sides';
import { sideSources } from '../diff/side-source';
import { EXIT } from '../exit-code';
import { formatOption } from '../format-option';
import type { Io } from '../io';

interface DiffOptions {
  readonly entry?: readonly string[];
  readonly format: 'text' | 'json';
  readonly cluster?: string;
}

/** Adds `cdk8s-flux diff`: what a change of a repository does in its clusters. */
export function addDiff(program: Command, io: Io, exit: (code: number) => void): void {
  program
    .command('diff')
    .argument('[base]', 'a revision or a folder; by default where the branch left the main branch')
    .argument('[head]', 'a revision or a folder; by default the working tree')
    .summary('tell what a change does in every cluster before it is merged')
    .description(
      'Compares two states of any Flux repository, and tells what Flux will do in each cluster: what it deletes, replaces, moves, upgrades and restarts. Reads revisions from git without checking anything out.',
    )
    .option('--entry <paths...>', 'the paths that Flux starts from; by default they are found')
    .option('--cluster <name>', 'compare one cluster only')
    .addOption(formatOption(['text', 'json']))
    .addHelpText(
      'after',
      `
Examples:
  cdk8s-flux diff                          the branch and the working tree against the main branch
  cdk8s-flux diff origin/main              against the main branch as it is now
  cdk8s-flux diff v1.0.0 v1.1.0            two tags
  cdk8s-flux diff ./before ./after         two folders
  cdk8s-flux diff main...my-branch         what a branch changed since it left main`,
    )
    .action((base: string | undefined, head: string | undefined, options: DiffOptions) =>
      exit(diff(base, head, options, io)),
    );
}

function diff(base: string | undefined, head: string | undefined, options: DiffOptions, io: Io): number {
  const sides = openSides(sideSources(base, head, io), options.entry, io);
  checkCluster(sides, options.cluster);
  const result = compareRepositories(sides.base, sides.head, { cluster: options.cluster });
  io.stdout(format(result, options.format), options.format === 'text' ? 'text' : 'data');
  return isClean(result) ? EXIT.clean : EXIT.findings;
}

function checkCluster({ base, head }: OpenedSides, wanted: string | undefined): void {
  const clusters = [head, base].flatMap(({ report }) => report.seen.clusters);
  const names = [...new Set(clusters.map(({ name }) => name))];
  if (wanted !== undefined && !names.includes(wanted)) refuseCluster(wanted, names);
}

function format(result: Diff, wanted: DiffOptions['format']): string {
  if (wanted === 'json') return printableJson(result);
  const lines = result.clusters.flatMap(({ name, changes }) =>
    changes.map(
      (change) =>
        `${name} ${change.class} ${change.object?.kind ?? ''} ${change.object?.name ?? ''}: ${change.message}\n`,
    ),
  );
  return lines.join('');
}

function isClean({ clusters, policy, findings }: Diff): boolean {
  return (
    clusters.length === 0 && policy.length === 0 && !findings.new.some(({ severity }) => severity === 'error')
  );
}
