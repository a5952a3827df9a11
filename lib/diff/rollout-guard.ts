import { allowedClusters } from '../config/rollout-policy';
import { finding, type Finding } from '../findings/finding';
import { nameOf } from '../findings/object-name';
import { plural } from '../findings/summary';
import type { ClusterDiff } from './change';
import type { RepositorySide } from './repository-side';
import { wideChanges, type WideChange } from './wide-changes';

/**
 * Refuses a change that reaches more clusters at once than the policy of the base allows. If the change also edits the
 * policy, the new policy applies only to later changes.
 *
 * @param clusters - what happens in each cluster
 * @param count - how many clusters both sides have
 */
export function guardRollout(
  clusters: readonly ClusterDiff[],
  count: number,
  { base, head }: { readonly base: RepositorySide; readonly head: RepositorySide },
): Finding[] {
  const allowed = allowedClusters(base.project.rollout, count);
  if (allowed === undefined) return [];
  const isPinned = head.tree.has(head.project.pins);
  const limit = `rollout.maxClusters: ${String(base.project.rollout.maxClusters)}`;
  return wideChanges(clusters, allowed).map((wide) => refusal(wide, { allowed, limit, isPinned }));
}

interface Limit {
  readonly allowed: number;
  /** The limit as it is set. */
  readonly limit: string;
  /** Whether the repository has pins, which a command promotes. */
  readonly isPinned: boolean;
}

function refusal({ change, clusters, others }: WideChange, { allowed, limit, isPinned }: Limit): Finding {
  const { object, owner, location } = change;
  const also =
    others > 0 ? `, and ${plural(others, 'more object')} of Kustomization ${JSON.stringify(owner)},` : '';
  const verb = others > 0 ? 'change' : 'changes';
  const steps = isPinned
    ? 'change the pin of the first ring only, and then promote it with cdk8s-flux promote'
    : `change it in ${allowed === 1 ? 'one cluster' : `${allowed} clusters`} first, and in the others once ${allowed === 1 ? 'it is' : 'these are'} healthy`;
  return finding({
    code: 'rollout-too-wide',
    message: `${object ? nameOf(object) : 'the content of a file'}${also} ${verb} in ${clusters.length} clusters at once; ${limit} allows ${allowed}: ${clusters.join(', ')}`,
    hint: `${steps}; to change all of them at once, raise the limit in a separate change first`,
    object,
    locations: location ? [location] : [],
  });
}
