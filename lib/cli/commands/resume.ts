import type { Command } from 'commander';
import { withoutSuspensions } from '../../rollout/edit-pins';
import { EXIT } from '../exit-code';
import type { Io } from '../io';
import { note } from '../print-findings';
import { chosenClusters, fluxLines } from '../rollout/chosen-clusters';
import { openRollout } from '../rollout/open-rollout';
import { pinsText, writePins } from '../rollout/write-pins';

interface ResumeOptions {
  readonly cluster?: readonly string[];
  readonly ring?: readonly string[];
}

/** Adds `cdk8s-flux resume`: lets a component go on where it was suspended. */
export function addResume(program: Command, io: Io, exit: (code: number) => void): void {
  program
    .command('resume')
    .argument('<component>', 'the name of a component, as given to fleet.deploy')
    .argument('[dir]', 'the root of the repository', '.')
    .summary('resume a suspended component of a fleet')
    .description(
      'Removes the suspension of a component from the pins file, and prints the commands that resume it in the clusters. It does not commit.',
    )
    .option('--cluster <names...>', 'the clusters; by default all in which it is suspended')
    .option('--ring <rings...>', 'all clusters of these rings')
    .addHelpText(
      'after',
      `
Examples:
  cdk8s-flux resume ingress-nginx                       wherever it is suspended
  cdk8s-flux resume ingress-nginx --cluster eu-west-1   in this cluster`,
    )
    .action((component: string, dir: string, options: ResumeOptions) =>
      exit(resume(component, dir, options, io)),
    );
}

function resume(component: string, dir: string, { cluster, ring }: ResumeOptions, io: Io): number {
  const opened = openRollout(io, dir);
  const { pins, fleet } = opened;
  const chosen = chosenClusters(fleet, component, { cluster, ring });
  const isAll = cluster === undefined && ring === undefined;
  const resumed = pins.suspensions.filter(
    (one) => one.component === component && (isAll || chosen.includes(one.cluster)),
  );
  if (resumed.length === 0) {
    note(`${component} is not suspended there`, io);
    return EXIT.clean;
  }
  const before = pinsText(opened);
  writePins(opened, before, withoutSuspensions(before, resumed), io);
  note('once Flux has applied that, run these commands in clusters where you suspended it by hand', io);
  const clusters = resumed.map((one) => one.cluster);
  io.stdout(fluxLines('resume', fleet, component, clusters));
  return EXIT.clean;
}
