import { existsSync } from 'node:fs';
import { isAbsolute, relative, sep } from 'node:path';
import { Option, type Command } from 'commander';
import { findProject } from '../../config/project';
import { emptyScratchFolder, hasScratch } from '../../config/empty-scratch-folder';
import { scratchFolder } from '../../config/scratch-folder';
import type { SynthRequest } from '../../config/synth-request';
import { fail } from '../../findings/findings-error';
import { repositoryPath } from '../../tree/path';
import { EXIT } from '../exit-code';
import type { Io } from '../io';
import { appOf, runApp } from '../run-app';

interface SynthOptions {
  readonly check?: boolean;
  readonly overwrite?: true | readonly string[];
  readonly reencrypt?: readonly string[];
  readonly cluster?: string;
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
  const cdk8s = appOf(project);
  const request: SynthRequest = {
    check: options.check ?? false,
    overwrite:
      options.overwrite === undefined || options.overwrite === true
        ? (options.overwrite ?? false)
        : fromRoot(options.overwrite, project.root),
    reencrypt: options.reencrypt && fromRoot(options.reencrypt, project.root),
    cluster: options.cluster,
  };
  const scratch = scratchFolder(cdk8s);
  emptyScratchFolder(project, cdk8s);
  const wasThere = existsSync(scratch);
  const code = await runApp(cdk8s, request, io);
  if (code === EXIT.clean && !hasScratch(scratch, wasThere)) {
    // Else `--check` would pass whatever is committed.
    fail({
      code: 'app-failed',
      message: `the command ${JSON.stringify(cdk8s.app)} of cdk8s.yaml ended well, and synthesized nothing`,
      hint: 'call synth() of the GitOpsApp at the end of the program',
    });
  }
  return code;
}

/** Paths in the form that findings print, from the root; absolute ones are taken as well. */
function fromRoot(paths: readonly string[], root: string): string[] {
  return paths.map((path) =>
    repositoryPath((isAbsolute(path) ? relative(root, path) : path).split(sep).join('/')),
  );
}
