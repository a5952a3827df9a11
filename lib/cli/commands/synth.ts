import { existsSync } from 'node:fs';
import { isAbsolute, relative, sep } from 'node:path';
import { Option, type Command } from 'commander';
import { findProject, type Project } from '../../config/project';
import { emptyScratchFolder, hasScratch } from '../../config/empty-scratch-folder';
import { scratchFolder } from '../../config/scratch-folder';
import type { SynthRequest } from '../../config/synth-request';
import { fail } from '../../findings/findings-error';
import { printableJson } from '../../findings/printable';
import { repositoryPath } from '../../tree/path';
import { EXIT } from '../exit-code';
import type { Io } from '../io';
import { withProgress } from '../progress';
import { appOf, runApp } from '../run-app';
import { watchProject } from '../watch-project';

interface SynthOptions {
  readonly check?: boolean;
  readonly overwrite?: true | readonly string[];
  readonly reencrypt?: readonly string[];
  readonly cluster?: string;
  readonly quiet?: boolean;
  readonly json?: boolean;
  readonly watch?: boolean;
}

/** Adds `cdk8s-flux synth`: `cdk8s synth` with the wishes that only we know. */
export function addSynth(program: Command, io: Io, exit: (code: number) => void): void {
  program
    .command('synth')
    .summary('run the app and publish what it makes')
    .description(
      'Runs the app that cdk8s.yaml names, and publishes what it makes to the folder of cluster resources.',
    )
    .addOption(
      new Option('--check', 'publish nothing; exit with 1 when something would change').conflicts(
        'overwrite',
      ),
    )
    .option(
      '--overwrite [paths...]',
      'overwrite files that were edited by hand: all of them, or those at or below the given paths from the root of the repository',
    )
    .option(
      '--reencrypt <paths...>',
      'encrypt secrets anew, with new data keys: those at or below the given paths',
    )
    .option('--cluster <name>', 'publish the files of one cluster only')
    .option('--quiet', 'print errors only')
    .addOption(
      new Option(
        '--json',
        'print what was written, removed and kept, and the findings, as JSON on stdout',
      ).conflicts('watch'),
    )
    .option('--watch', 'run again whenever a file of the project changes')
    .addHelpText(
      'after',
      `
Examples:
  cdk8s-flux synth                      publish what changed
  cdk8s-flux synth --check              in CI: is what is committed what the code makes?
  cdk8s-flux synth --overwrite cluster-resources/services/podinfo
                                        drop what was edited by hand there
  cdk8s-flux synth --cluster home       publish one cluster, leave the others as they are`,
    )
    .action(async (options: SynthOptions) => exit(await synth(options, io)));
}

async function synth(options: SynthOptions, io: Io): Promise<number> {
  const project = findProject(io.cwd);
  if (options.watch) return watchProject(project, io, () => synthOnce(options, io));
  return synthOnce(options, io);
}

async function synthOnce(options: SynthOptions, io: Io): Promise<number> {
  const project = findProject(io.cwd);
  const cdk8s = appOf(project);
  const scratch = scratchFolder(cdk8s);
  emptyScratchFolder(project, cdk8s);
  const wasThere = existsSync(scratch);
  const { code, result } = await withProgress(`running ${cdk8s.app}`, io, () =>
    runApp(cdk8s, requestOf(options, project), io),
  );
  if (code === EXIT.clean && !hasScratch(scratch, wasThere)) {
    // Else `--check` would pass whatever is committed.
    fail({
      code: 'app-failed',
      message: `the command ${JSON.stringify(cdk8s.app)} of cdk8s.yaml ended without an error, and synthesized nothing`,
      hint: 'call synth() of the GitOpsApp at the end of the program',
    });
  }
  if (options.json) {
    const { written = [], removed = [], kept = [], findings = [] } = result ?? {};
    io.stdout(printableJson({ written, removed, kept, findings }), 'data');
  }
  return code;
}

function requestOf(options: SynthOptions, { root }: Project): SynthRequest {
  const { overwrite } = options;
  return {
    check: options.check ?? false,
    overwrite:
      overwrite === undefined || overwrite === true ? (overwrite ?? false) : fromRoot(overwrite, root),
    reencrypt: options.reencrypt && fromRoot(options.reencrypt, root),
    cluster: options.cluster,
    quiet: options.quiet ?? options.json,
  };
}

/** Paths in the form that findings print, from the root; absolute ones are taken as well. */
function fromRoot(paths: readonly string[], root: string): string[] {
  return paths.map((path) =>
    repositoryPath((isAbsolute(path) ? relative(root, path) : path).split(sep).join('/')),
  );
}
