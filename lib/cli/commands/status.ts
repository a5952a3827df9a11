import type { Command } from 'commander';
import { FindingsError } from '../../findings/findings-error';
import { printableJson } from '../../findings/printable';
import { formatStatus } from '../../rollout/format-status';
import { fleetStatus } from '../../rollout/status';
import type { RolloutState } from '../../rollout/rollout-state';
import { EXIT } from '../exit-code';
import { formatOption } from '../format-option';
import type { Io } from '../io';
import { printFindings } from '../print-findings';
import { nowOf } from '../rollout/clock';
import { mainPins, openRollout, type OpenRollout } from '../rollout/open-rollout';

interface StatusOptions {
  readonly branch?: string;
  readonly format: 'text' | 'json';
}

/** Adds `cdk8s-flux status`: which version each ring runs, and since when. */
export function addStatus(program: Command, io: Io, exit: (code: number) => void): void {
  program
    .command('status')
    .argument('[dir]', 'the root of the repository', '.')
    .summary('show which version each ring of a fleet runs, and what differs')
    .description(
      'Shows the value of each pin in each ring, since when the ring has it on the main branch, which rings are behind, and where a component is suspended or an emergency is recorded. It reads only files and git, and connects to no cluster.',
    )
    .option('--branch <name>', 'the branch that Flux applies; by default the main branch')
    .addOption(formatOption(['text', 'json']))
    .addHelpText(
      'after',
      `
Examples:
  cdk8s-flux status
  cdk8s-flux status --format json | jq '.pins[] | select(.rings[].behind)'`,
    )
    .action((dir: string, options: StatusOptions) => exit(status(dir, options, io)));
}

function status(dir: string, { branch, format }: StatusOptions, io: Io): number {
  const opened = openRollout(io, dir);
  const { pins, fleet } = opened;
  const now = nowOf(io);
  const found = fleetStatus({ pins, fleet, now, main: knownMain(opened, branch, io) });
  if (format === 'json') io.stdout(printableJson(found), 'data');
  else io.stdout(formatStatus(found, now));
  return EXIT.clean;
}

/** Without a history there are no ages, but everything else is still correct. */
function knownMain(
  opened: OpenRollout,
  branch: string | undefined,
  io: Io,
): RolloutState['main'] | undefined {
  try {
    return mainPins(opened, branch);
  } catch (error) {
    if (!FindingsError.isFindingsError(error) || branch !== undefined) throw error;
    printFindings(
      error.findings.map((found) => ({ ...found, severity: 'warning' })),
      io,
    );
    return undefined;
  }
}
