import { Option, type Command } from 'commander';
import { checkTree, type CheckReport } from '../../check/check-tree';
import { formatCodequality } from '../../check/report/format-codequality';
import { formatJson } from '../../check/report/format-json';
import { formatJunit } from '../../check/report/format-junit';
import { formatSarif } from '../../check/report/format-sarif';
import { formatText } from '../../check/report/format-text';
import { usesColour } from '../../findings/colour';
import type { Finding, Severity } from '../../findings/finding';
import { fail } from '../../findings/findings-error';
import { rolloutFiles } from '../../rollout/fleet-file';
import type { Tree } from '../../tree/tree';
import { EXIT } from '../exit-code';
import { formatOption } from '../format-option';
import type { Io } from '../io';
import { lockDownSettings, lockDownSummary } from '../lock-down';
import { loadProject } from '../load-project';
import { announceStep } from '../progress';
import { clusterGraph, refuseUseless } from '../project-graph';
import { packageVersion } from '../package-version';

interface CheckCommandOptions {
  readonly entry?: readonly string[];
  readonly cluster?: string;
  readonly failOn: Severity;
  readonly format: 'text' | 'json' | 'sarif' | 'junit' | 'codequality';
  readonly lockDown?: true;
}

/** The severities, from the worst on. */
export const severities: readonly Severity[] = ['error', 'warning', 'info'];

/** Adds `cdk8s-flux check`: what is wrong with any repository, told from its files. */
export function addCheck(program: Command, io: Io, exit: (code: number) => void): void {
  program
    .command('check')
    .argument('[dir]', 'a folder of the repository', '.')
    .summary('find mistakes in a repository before they reach a cluster')
    .description(
      'Finds races, deadlocks and other defects in the files of any Flux repository. cdk8s-flux.yaml sets which findings are allowed and how severe they are.',
    )
    .option('--entry <paths...>', 'the paths that Flux starts from (default: found from the files)')
    .option('--cluster <name>', 'check only one cluster')
    .addOption(
      new Option('--fail-on <severity>', 'exit with 1 if a finding is at least this severe')
        .choices(severities)
        .default('warning'),
    )
    .option(
      '--lock-down',
      'check as if Flux were locked down for tenants, and list what would stop working; changes nothing',
    )
    .addOption(formatOption(['text', 'json', 'sarif', 'junit', 'codequality']))
    .addHelpText(
      'after',
      `
Examples:
  cdk8s-flux check                                the repository of this folder
  cdk8s-flux check ../fleet --entry clusters/eu   one cluster of another repository
  cdk8s-flux check --cluster home                 one cluster, by its name
  cdk8s-flux check --fail-on error                in CI: let warnings pass
  cdk8s-flux check --lock-down                    what would stop working if Flux were locked down
  cdk8s-flux check --format sarif > check.sarif   for code hosts, which show the findings beside the lines`,
    )
    .action((dir: string, options: CheckCommandOptions) => exit(check(dir, options, io)));
}

function check(dir: string, options: CheckCommandOptions, io: Io): number {
  const { project, tree, findings: found } = loadProject(io.cwd, dir);
  const { allow } = project;
  const { settings, skip } = lockDownSettings(project.check, options.lockDown);
  announceStep(`evaluating ${tree.files.length} files`, io);
  const { entry, cluster } = options;
  const graph = clusterGraph({ project, tree }, { entries: entry, cluster });
  refuseUseless(graph);
  const partial = entry !== undefined || cluster !== undefined;
  announceStep('checking', io);
  const rollout = rolloutFiles(project);
  const report = checkTree(tree, {
    graph,
    allow,
    settings,
    skip,
    found,
    partial,
    rollout,
    policy: project.rollout,
  });
  if (report.graph.clusters.length + report.folders.length === 0) {
    fail({
      code: 'entry-missing',
      message: `found no path in ${JSON.stringify(dir)} that Flux starts from, and no kustomization.yaml that could be checked instead`,
      hint: 'use the path that you gave to flux bootstrap with --path, for example --entry clusters/production',
    });
  }
  const fails = failsOn(report, options.failOn);
  const isText = options.format === 'text';
  const shown = isText && io.isQuiet ? onlyBad(report, options.failOn) : report;
  if (!isText || !io.isQuiet || fails) io.stdout(format(shown, tree, options, io), isText ? 'text' : 'data');
  return fails ? EXIT.findings : EXIT.clean;
}

function format(
  report: CheckReport,
  tree: Tree,
  { format: wanted, failOn, lockDown }: CheckCommandOptions,
  io: Io,
): string {
  if (wanted === 'json') return formatJson(report);
  if (wanted === 'junit') return formatJunit(report.findings, (found) => isBad(found, failOn));
  if (wanted === 'codequality') return formatCodequality(report.findings);
  return wanted === 'sarif'
    ? formatSarif(report.findings, packageVersion())
    : formatText(report, tree, usesColour(io.env, io.stdoutIsTerminal)) +
        (lockDown ? lockDownSummary(report) : '');
}

function failsOn({ findings }: CheckReport, least: Severity): boolean {
  return findings.some((found) => isBad(found, least));
}

/** A report with only the findings that make the command fail. */
function onlyBad(report: CheckReport, least: Severity): CheckReport {
  return { ...report, findings: report.findings.filter((found) => isBad(found, least)) };
}

/** Whether a finding is at least as bad as a severity. */
export function isBad({ severity }: Finding, least: Severity): boolean {
  return severities.indexOf(severity) <= severities.indexOf(least);
}
