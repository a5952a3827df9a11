import type { Command } from 'commander';
import { fail } from '../../findings/findings-error';
import { findStep, planPromotion } from '../../rollout/plan-promotion';
import { usersOf, type RolloutState } from '../../rollout/rollout-state';
import { withChanges } from '../../rollout/edit-pins';
import { EXIT } from '../exit-code';
import type { Io } from '../io';
import { note } from '../print-findings';
import { componentErrors } from '../rollout/component-errors';
import { mainPins, openRollout, type OpenRollout } from '../rollout/open-rollout';
import { concludePlan } from '../rollout/conclude-plan';
import { isOneLine } from '../../rollout/one-line';
import { nowOf, todayOf } from '../rollout/clock';
import { pinsText } from '../rollout/write-pins';

interface PromoteOptions {
  readonly to?: string;
  readonly emergency?: boolean;
  readonly reason?: string;
  readonly branch?: string;
}

/** Adds `cdk8s-flux promote`: brings the value of a pin to the next ring. */
export function addPromote(program: Command, io: Io, exit: (code: number) => void): void {
  program
    .command('promote')
    .argument('<pin>', 'the name of a pin')
    .argument('[dir]', 'the root of the repository', '.')
    .summary('promote the version of a pin to the next ring of a fleet')
    .description(
      'Copies the value of a pin from one ring of a fleet to the next. It refuses to skip a ring, and to promote a value that has not run for the soak time, is suspended, or has errors in check. It changes only the pins file, and does not commit.',
    )
    .option('--to <ring>', 'the ring that gets the value; by default the only one that is behind')
    .option('--emergency', 'do not wait for the soak time, and allow skipping rings; needs --reason')
    .option('--reason <text>', 'why it is an emergency; the pins file records it')
    .option('--branch <name>', 'the branch that Flux applies; by default the main branch')
    .addHelpText(
      'after',
      `
Examples:
  cdk8s-flux promote ingress-nginx                     to the ring that is behind
  cdk8s-flux promote ingress-nginx --to canary         to this ring
  cdk8s-flux promote ingress-nginx --to production --emergency --reason CVE-2026-1`,
    )
    .action((pin: string, dir: string, options: PromoteOptions) => exit(promote(pin, dir, options, io)));
}

function promote(pin: string, dir: string, options: PromoteOptions, io: Io): number {
  const isEmergency = options.emergency === true;
  checkReason(isEmergency, options.reason);
  const opened = openRollout(io, dir);
  const before = pinsText(opened);
  const state = stateOf(opened, options, io);
  const request = { pin, to: options.to, isEmergency };
  const step = findStep(state, request);
  if (!step) {
    const which = options.to ?? 'every ring';
    note(`${which} already has the value of ${pin} of the ring before it; there is nothing to promote`, io);
    return EXIT.clean;
  }
  const errors = componentErrors(io, dir, usersOf(opened.fleet, pin), step.from);
  const plan = planPromotion(state, request, step, errors);
  const emergency = isEmergency ? { since: todayOf(io), reason: options.reason ?? '' } : undefined;
  return concludePlan(opened, plan, io, () => ({
    before,
    text: withChanges(before, plan.changes, { rings: opened.fleet.rings, emergency }),
  }));
}

function checkReason(isEmergency: boolean, reason: string | undefined): void {
  const isGiven = reason !== undefined && isOneLine(reason);
  if (isEmergency === isGiven && (isGiven || reason === undefined)) return;
  fail({
    code: 'option-invalid',
    message: isEmergency ? '--emergency needs --reason with one line of text' : '--reason needs --emergency',
    hint: 'use both --emergency and --reason TEXT, or neither',
  });
}

function stateOf(opened: OpenRollout, { branch }: PromoteOptions, io: Io): RolloutState {
  const { pins, fleet } = opened;
  return { pins, fleet, main: mainPins(opened, branch), now: nowOf(io) };
}
