import type { Command } from 'commander';
import { fail } from '../../findings/findings-error';
import { withSuspensions } from '../../rollout/edit-pins';
import { EXIT } from '../exit-code';
import type { Io } from '../io';
import { note } from '../print-findings';
import { chosenClusters, fluxLines } from '../rollout/chosen-clusters';
import { todayOf } from '../rollout/clock';
import { isOneLine } from '../../rollout/one-line';
import { openRollout } from '../rollout/open-rollout';
import { pinsText, writePins } from '../rollout/write-pins';

interface SuspendOptions {
  readonly cluster?: readonly string[];
  readonly ring?: readonly string[];
  readonly reason: string;
}

/** Adds `cdk8s-flux suspend`: holds a component as it is in some clusters. */
export function addSuspend(program: Command, io: Io, exit: (code: number) => void): void {
  program
    .command('suspend')
    .argument('<component>', 'the name of a component, as given to fleet.deploy')
    .argument('[dir]', 'the root of the repository', '.')
    .summary('suspend a component of a fleet in some clusters')
    .description(
      'Records in the pins file that a component is suspended in some clusters, and prints the commands that suspend it there at once. It does not commit.',
    )
    .option('--cluster <names...>', 'the clusters')
    .option('--ring <rings...>', 'all clusters of these rings')
    .requiredOption('--reason <text>', 'why; check and status report it')
    .addHelpText(
      'after',
      `
Examples:
  cdk8s-flux suspend ingress-nginx --cluster eu-west-1 --reason '503s after 4.11'
  cdk8s-flux suspend ingress-nginx --ring production --reason 'freeze until Monday'`,
    )
    .action((component: string, dir: string, options: SuspendOptions) =>
      exit(suspend(component, dir, options, io)),
    );
}

function suspend(component: string, dir: string, options: SuspendOptions, io: Io): number {
  const { cluster, ring, reason } = options;
  if (!isOneLine(reason)) {
    fail({
      code: 'option-invalid',
      message: '--reason needs one line of text',
      hint: "--reason '503s after 4.11'",
    });
  }
  const opened = openRollout(io, dir);
  const clusters = chosenClusters(opened.fleet, component, { cluster, ring });
  if (clusters.length === 0) {
    fail({
      code: 'option-invalid',
      message: 'suspend needs --cluster or --ring',
      hint: `for example --cluster ${[...(opened.fleet.rings[0]?.clusters.keys() ?? [])][0] ?? 'NAME'}`,
    });
  }
  const before = pinsText(opened);
  const added = clusters.filter((name) => !opened.pins.suspension(component, name));
  const since = todayOf(io);
  if (added.length > 0) {
    const entries = added.map((name) => ({ component, cluster: name, since, reason }));
    writePins(opened, before, withSuspensions(before, entries), io);
    note(
      'to suspend it before Flux has applied that, run these commands; they assume that each kubectl context has the name of its cluster',
      io,
    );
  } else note(`${component} is already suspended there`, io);
  io.stdout(fluxLines('suspend', opened.fleet, component, clusters));
  return EXIT.clean;
}
