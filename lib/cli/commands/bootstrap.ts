import type { Command } from 'commander';
import { findProject } from '../../config/project';
import type { SynthRequest } from '../../config/synth-request';
import type { Io } from '../io';
import { appOf, runApp } from '../run-app';

/** Adds `cdk8s-flux bootstrap`: how Flux is installed in the clusters of the app. */
export function addBootstrap(program: Command, io: Io, exit: (code: number) => void): void {
  program
    .command('bootstrap')
    .argument('[cluster]', 'the id of a cluster; by default all of them')
    .option(
      '--kustomization',
      'print the flux-system/kustomization.yaml that locks Flux down or shards it, before Flux is installed',
    )
    .option('--shard <name>', 'print the flux-system/<name>/kustomization.yaml of a shard')
    .summary('print the command that installs Flux in a cluster')
    .description(
      'Runs the app, and prints the flux bootstrap command of each cluster, with its path, and with the controllers and the key that its objects need. It does not install or publish anything.',
    )
    .addHelpText(
      'after',
      `
Examples:
  cdk8s-flux bootstrap          the commands of all clusters
  cdk8s-flux bootstrap home     the command of one cluster
  cdk8s-flux bootstrap home --kustomization > clusters/home/flux-system/kustomization.yaml
                                the patches that lock Flux down or shard it; push them first
  cdk8s-flux bootstrap home --shard shard1 > clusters/home/flux-system/shard1/kustomization.yaml
                                the controllers of a shard; push them together with it
  sh -c "$(cdk8s-flux bootstrap home)"
                                install Flux in the current cluster`,
    )
    .action(async (cluster: string | undefined, { kustomization, shard }: BootstrapFlags) => {
      const print = kustomization || shard !== undefined ? 'bootstrap-kustomization' : 'bootstrap';
      exit(await bootstrap({ cluster, print, shard }, io));
    });
}

/** The options of the command. */
interface BootstrapFlags {
  readonly kustomization?: true;
  readonly shard?: string;
}

async function bootstrap(wanted: Pick<SynthRequest, 'cluster' | 'print' | 'shard'>, io: Io): Promise<number> {
  const cdk8s = appOf(findProject(io.cwd));
  const { code } = await runApp(cdk8s, { check: true, overwrite: false, ...wanted, quiet: io.isQuiet }, io);
  return code;
}
