import { finding, type Finding } from '../findings/finding';
import type { Plan } from '../plan/plan';
import { isBelow } from '../tree/path';
import type { Tree } from '../tree/tree';

/** Finds paths to encrypt anew with no secret at or below them: who mistypes one believes that a key was replaced. */
export function checkReencrypt(paths: readonly string[], plan: Plan, files: Tree): Finding[] {
  const own = plan.secrets.filter(({ secret, path }) => secret.takenFrom === undefined && files.has(path));
  const taken = plan.secrets.filter(({ secret }) => secret.takenFrom !== undefined);
  return paths
    .filter((wanted) => !own.some(({ path }) => isBelow(path, wanted)))
    .map((wanted) =>
      finding({
        code: 'reencrypt-unmatched',
        message: `this run encrypts no secret at or below ${JSON.stringify(wanted || '.')}`,
        hint: taken.some(({ path }) => isBelow(path, wanted))
          ? 'the sops command encrypted the files there: renew them with cdk8s-flux secrets rotate'
          : hintOf(own.map(({ path }) => path)),
      }),
    );
}

function hintOf(paths: readonly string[]): string {
  if (paths.length === 0) return 'run without --reencrypt: the code has no secrets';
  const named = paths.slice(0, 5).map((path) => JSON.stringify(path));
  return `use one of ${named.join(', ')}${paths.length > 5 ? `, or ${paths.length - 5} more` : ''}`;
}
