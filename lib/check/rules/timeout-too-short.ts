import type { GraphNode } from '../../graph/graph';
import { hasOwnTimeLimit, releaseTimeLimit } from '../../kinds/time-limits';
import { durationSeconds, formatSeconds } from '../../plain/duration';
import { mapOf } from '../../plain/plain-data';
import { atNode } from '../at-node';
import { nameOf } from '../../findings/object-name';
import type { ClusterFacts } from '../facts/cluster-facts';
import type { Rule, RuleFinding } from '../rule';

/** A HelmRelease, and how long it may take. */
interface LimitedRelease {
  readonly node: GraphNode;
  readonly seconds: number;
  /** Whether its author set the timeout. */
  readonly isOwn: boolean;
}

/** A Kustomization that gives up waiting before a HelmRelease which it applies may be ready. */
export const timeoutTooShort: Rule = {
  code: 'timeout-too-short',
  *check({ clusters }) {
    for (const facts of clusters) {
      for (const node of facts.kustomizations) yield* tooShort(node, facts);
    }
  },
};

function* tooShort(node: GraphNode, facts: ClusterFacts): Iterable<RuleFinding> {
  const { wait, timeout } = mapOf(node.object?.spec);
  const seconds = durationSeconds(timeout);
  if (wait !== true || seconds === undefined) return;
  const slow = releasesOf(node, facts).filter((release) => release.seconds > seconds);
  const [slowest] = slow.sort((a, b) => Number(b.isOwn) - Number(a.isOwn) || b.seconds - a.seconds);
  if (!slowest) return;
  const limit = formatSeconds(slowest.seconds);
  yield {
    ...atNode(node, 'spec.timeout'),
    // Most releases have Flux's default, and few need all of it.
    severity: slowest.isOwn ? 'warning' : 'info',
    message: `got ${JSON.stringify(timeout)}, but with wait: true it waits for ${nameOf(slowest.node.identity)}, which may take ${limit}`,
    hint: `set spec.timeout to more than ${limit}`,
  };
}

/** The HelmReleases that a Kustomization applies, except suspended ones, which do nothing. */
function releasesOf({ build }: GraphNode, facts: ClusterFacts): LimitedRelease[] {
  return (build?.inventory ?? []).flatMap((applied): LimitedRelease[] => {
    const node = applied.node === undefined ? undefined : facts.node(applied.node);
    // Flux waits for the ResourceSet that makes a release, but not for the release.
    if (node?.type !== 'helm-release' || !node.object || applied.madeBy !== undefined) return [];
    const spec = mapOf(node.object.spec);
    if (spec.suspend === true) return [];
    return [{ node, seconds: releaseTimeLimit(spec), isOwn: hasOwnTimeLimit(spec) }];
  });
}
