import type { Command } from 'commander';
import { fileVersions } from '../../revisions/file-history';
import { isShallow, resolveRevision } from '../../revisions/resolve-revision';
import { withChanges } from '../../rollout/edit-pins';
import { PinsHistory } from '../../rollout/pins-history';
import { planRollback } from '../../rollout/plan-rollback';
import type { Io } from '../io';
import { concludePlan } from '../rollout/conclude-plan';
import { openRollout } from '../rollout/open-rollout';
import { pinsText } from '../rollout/write-pins';

interface RollbackOptions {
  readonly ring: string;
  readonly andAfter?: boolean;
}

/** Adds `cdk8s-flux rollback`: gives a ring the value of a pin that it had before. */
export function addRollback(program: Command, io: Io, exit: (code: number) => void): void {
  program
    .command('rollback')
    .argument('<pin>', 'the name of a pin')
    .argument('[dir]', 'the root of the repository', '.')
    .summary('roll a ring of a fleet back to the previous version of a pin')
    .description(
      'Restores the previous value of a pin in a ring, from the history of the pins file. It changes only the pins file, and does not commit.',
    )
    .requiredOption('--ring <ring>', 'the ring to roll back')
    .option('--and-after', 'also roll back the later rings that have the same value')
    .addHelpText(
      'after',
      `
Examples:
  cdk8s-flux rollback ingress-nginx --ring production           only this ring
  cdk8s-flux rollback ingress-nginx --ring canary --and-after   and the rings that got the value from it`,
    )
    .action((pin: string, dir: string, options: RollbackOptions) => exit(rollback(pin, dir, options, io)));
}

function rollback(pin: string, dir: string, { ring, andAfter = false }: RollbackOptions, io: Io): number {
  const opened = openRollout(io, dir);
  const { pins, fleet, git, gitPath } = opened;
  const before = pinsText(opened);
  const { commit } = resolveRevision(git, 'HEAD');
  const history = new PinsHistory(fileVersions(git, commit, gitPath), pins.file);
  const state = { pins, fleet, history, isShallow: isShallow(git) };
  const plan = planRollback(state, { pin, ring, andAfter });
  return concludePlan(opened, plan, io, () => ({
    before,
    text: withChanges(before, plan.changes, { rings: fleet.rings }),
  }));
}
