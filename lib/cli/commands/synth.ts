import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { dirname, isAbsolute, relative, sep } from 'node:path';
import { Option, type Command } from 'commander';
import type { Cdk8sYaml } from '../../config/cdk8s-yaml';
import { findProject, type Project } from '../../config/project';
import { checkScratchFolder, scratchFolder } from '../../config/scratch-folder';
import { synthRequestToEnv, type SynthRequest } from '../../config/synth-request';
import { fail, throwErrors } from '../../findings/findings-error';
import { repositoryPath } from '../../tree/path';
import { EXIT } from '../exit-code';
import type { Io } from '../io';

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
  throwErrors(checkScratchFolder(project));
  const request: SynthRequest = {
    check: options.check ?? false,
    overwrite:
      options.overwrite === undefined || options.overwrite === true
        ? (options.overwrite ?? false)
        : fromRoot(options.overwrite, project.root),
    reencrypt: options.reencrypt && fromRoot(options.reencrypt, project.root),
    cluster: options.cluster,
  };
  rmSync(scratchFolder(cdk8s), { recursive: true, force: true });
  const { code, reason } = await runApp(cdk8s, request, io);
  // The app has printed its findings; of anything else but 0, 1 and 2 it may have said nothing.
  if (code !== undefined && Object.values<number>(EXIT).includes(code)) return code;
  return fail({
    code: 'app-failed',
    message: `the command ${JSON.stringify(cdk8s.app)} of cdk8s.yaml ${reason}`,
    hint: `run it by itself in ${JSON.stringify(dirname(cdk8s.file))} to see what is wrong`,
  });
}

function appOf({ cdk8s }: Project): Cdk8sYaml & { readonly app: string } {
  if (cdk8s === undefined) {
    return fail({
      code: 'cdk8s-config-missing',
      message: 'there is no cdk8s.yaml in this folder or above it',
      hint: 'run the command in a cdk8s project, or write a cdk8s.yaml with "app" and "output"',
    });
  }
  const { app } = cdk8s;
  if (app === undefined) {
    return fail({
      code: 'cdk8s-config-invalid',
      message: 'the command that runs the app is missing',
      hint: 'add "app", for example "app: npx ts-node main.ts"',
      field: 'app',
      locations: [{ file: 'cdk8s.yaml' }],
    });
  }
  return { ...cdk8s, app };
}

/** Paths in the form that findings print, from the root; absolute ones are taken as well. */
function fromRoot(paths: readonly string[], root: string): string[] {
  return paths.map((path) =>
    repositoryPath((isAbsolute(path) ? relative(root, path) : path).split(sep).join('/')),
  );
}

/** Runs the app's command as the cdk8s CLI does: in a shell, in the folder of cdk8s.yaml. */
function runApp(
  cdk8s: Cdk8sYaml & { readonly app: string },
  request: SynthRequest,
  io: Io,
): Promise<{ code?: number; reason: string }> {
  const child = spawn(cdk8s.app, {
    shell: true,
    cwd: dirname(cdk8s.file),
    env: {
      ...io.env,
      CDK8S_OUTDIR: cdk8s.output,
      CDK8S_RECORD_CONSTRUCT_METADATA: io.env['CDK8S_RECORD_CONSTRUCT_METADATA'] ?? 'false',
      ...synthRequestToEnv(request),
    },
    stdio: ['inherit', io.childStreams, io.childStreams],
  });
  child.stdout?.setEncoding('utf8').on('data', (text: string) => io.stdout(text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => io.stderr(text));
  return new Promise((done) => {
    child.once('error', (error) => done({ reason: `could not be started: ${error.message}` }));
    child.once('close', (code, signal) =>
      done(
        code === null
          ? { reason: `was ended by ${signal}` }
          : { code, reason: `ended with exit code ${code}` },
      ),
    );
  });
}
