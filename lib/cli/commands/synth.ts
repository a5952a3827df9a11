import { Option, type Command } from 'commander';
import { findProject } from '../../config/project';
import { printableJson } from '../../findings/printable';
import type { Io } from '../io';
import { synthOnce, type SynthOptions } from '../synth-once';
import { watchProject } from '../watch-project';

interface SynthCommandOptions extends SynthOptions {
  readonly json?: boolean;
  readonly watch?: boolean;
}

/** Adds `cdk8s-flux synth`: `cdk8s synth` with the wishes that only we know. */
export function addSynth(program: Command, io: Io, exit: (code: number) => void): void {
  program
    .command('synth')
    .summary('run the app and publish the YAML')
    .description('Runs the app in cdk8s.yaml, and publishes the YAML that it generates.')
    .addOption(
      new Option('--check', 'publish nothing, and exit with 1 if something would change').conflicts(
        'overwrite',
      ),
    )
    .option(
      '--overwrite [paths...]',
      'overwrite files that were edited by hand: all, or those at or below the given paths from the root of the repository',
    )
    .option(
      '--reencrypt <paths...>',
      'encrypt the secrets at or below the given paths again, with new data keys',
    )
    .option('--cluster <name>', 'publish only the files of one cluster')
    .option('--quiet', 'print errors only')
    .addOption(
      new Option(
        '--json',
        'print what synth wrote, removed and kept, and the findings, as JSON on stdout',
      ).conflicts('watch'),
    )
    .option('--watch', 'run again when a file of the project changes')
    .addHelpText(
      'after',
      `
Examples:
  cdk8s-flux synth                      publish what changed
  cdk8s-flux synth --check              in CI: check that the committed files are up to date
  cdk8s-flux synth --overwrite cluster-resources/services/podinfo
                                        overwrite hand edits there
  cdk8s-flux synth --cluster home       publish one cluster, leave the others as they are`,
    )
    .action(async (options: SynthCommandOptions) => exit(await synth(options, io)));
}

async function synth(options: SynthCommandOptions, io: Io): Promise<number> {
  const { json, watch, quiet = json } = options;
  const wanted = { ...options, quiet };
  if (watch) return watchProject(findProject(io.cwd), io, async () => (await synthOnce(wanted, io)).code);
  const { code, result } = await synthOnce(wanted, io);
  if (json) {
    const { written = [], removed = [], kept = [], findings = [] } = result ?? {};
    io.stdout(printableJson({ written, removed, kept, findings }), 'data');
  }
  return code;
}
