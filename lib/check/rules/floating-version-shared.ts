import { allowedClusters } from '../../config/rollout-policy';
import { firstNames } from '../../plain/first-names';
import { groupBy } from '../../plain/group-by';
import { atNode } from '../at-node';
import type { VersionMover } from '../facts/images/version-mover';
import { versionMovers } from '../facts/images/version-movers';
import type { Rule } from '../rule';

/** How many clusters a finding names. */
const NAMED = 12;

/** What moves without a commit, in more clusters at once than the policy allows. */
export const floatingVersionShared: Rule = {
  code: 'floating-version-shared',
  *check(context) {
    const { maxClusters } = context.policy;
    const allowed = allowedClusters(context.policy, context.clusters.length);
    if (allowed === undefined) return;
    // A range without an upper limit is reported as open-version-range-shared.
    const movers = [...versionMovers(context)].filter(({ isOpen }) => !isOpen);
    for (const group of groupBy(movers, ({ key }) => key).values()) {
      const [first] = group as [VersionMover, ...VersionMover[]];
      const clusters = [...new Set(group.flatMap((mover) => mover.clusters))].sort();
      if (clusters.length <= allowed) continue;
      yield {
        ...atNode(first.node, first.field),
        cluster: clusters,
        message: `${first.what} changes without a commit, in ${clusters.length} clusters at once; rollout.maxClusters: ${String(maxClusters)} allows ${allowed}: ${firstNames(clusters, NAMED)}`,
        hint: first.hint,
      };
    }
  },
};
