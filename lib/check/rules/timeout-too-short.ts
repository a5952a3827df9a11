import type { AppliedObject, GraphNode } from '../../graph/graph';
import { OPERATOR_GROUP } from '../../kinds/groups';
import { hasOwnTimeLimit, releaseTimeLimit } from '../../kinds/time-limits';
import { durationSeconds, formatSeconds } from '../../plain/duration';
import { groupBy } from '../../plain/group-by';
import { mapOf, valueAt } from '../../plain/plain-data';
import { atNode } from '../at-node';
import { nameOf } from '../../findings/object-name';
import type { ClusterFacts } from '../facts/cluster-facts';
import type { Rule, RuleFinding } from '../rule';

/** How long the operator waits for what it creates from a ResourceSet. */
const SET_TIMEOUT = `${OPERATOR_GROUP}/reconcileTimeout`;
const SET_SECONDS = 300;

/** A HelmRelease, and how long it may take. */
interface LimitedRelease {
  readonly node: GraphNode;
  readonly seconds: number;
  /** Whether its author set the timeout. */
  readonly isOwn: boolean;
}

/** A Kustomization or ResourceSet that gives up waiting before a HelmRelease which it applies may be ready. */
export const timeoutTooShort: Rule = {
  code: 'timeout-too-short',
  *check({ clusters }) {
    for (const facts of clusters) {
      for (const node of facts.kustomizations) {
        yield* tooShort(node, facts);
        yield* tooShortForSets(node, facts);
      }
    }
  },
};

function* tooShort(node: GraphNode, facts: ClusterFacts): Iterable<RuleFinding> {
  const { wait, timeout } = mapOf(node.object?.spec);
  const seconds = durationSeconds(timeout);
  if (wait !== true || seconds === undefined) return;
  // Flux waits for the ResourceSet that makes a release, but not for the release.
  const applied = node.build?.inventory.filter(({ madeBy }) => madeBy === undefined) ?? [];
  const slowest = slowestOf(applied, seconds, facts);
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

/** The ResourceSets among what a Kustomization applies. Those with steps have a timeout for each. */
function* tooShortForSets({ build }: GraphNode, facts: ClusterFacts): Iterable<RuleFinding> {
  const made = groupBy(build?.inventory ?? [], ({ madeBy = '' }) => madeBy);
  made.delete('');
  for (const [id, applied] of made) {
    const set = facts.node(id);
    const { wait, steps } = mapOf(set?.object?.spec);
    if (!set || wait !== true || steps !== undefined) continue;
    const seconds =
      durationSeconds(valueAt(set.object, 'metadata', 'annotations', SET_TIMEOUT)) ?? SET_SECONDS;
    const slowest = slowestOf(applied, seconds, facts);
    if (!slowest?.isOwn) continue;
    const limit = formatSeconds(slowest.seconds);
    yield {
      ...atNode(set, 'spec.wait'),
      severity: 'warning',
      message: `with wait: true, the operator waits ${formatSeconds(seconds)} for ${nameOf(slowest.node.identity)}, which may take ${limit}`,
      hint: `set the annotation ${SET_TIMEOUT} to more than ${limit}`,
    };
  }
}

/** The slowest HelmRelease that may take longer than a limit; one whose author set the timeout first. */
function slowestOf(
  applied: readonly AppliedObject[],
  seconds: number,
  facts: ClusterFacts,
): LimitedRelease | undefined {
  const slow = releasesOf(applied, facts).filter((release) => release.seconds > seconds);
  return slow.sort((a, b) => Number(b.isOwn) - Number(a.isOwn) || b.seconds - a.seconds)[0];
}

/** The HelmReleases among objects, except suspended ones, which do nothing. */
function releasesOf(objects: readonly AppliedObject[], facts: ClusterFacts): LimitedRelease[] {
  return objects.flatMap((applied): LimitedRelease[] => {
    const node = applied.node === undefined ? undefined : facts.node(applied.node);
    if (node?.type !== 'helm-release' || !node.object) return [];
    const spec = mapOf(node.object.spec);
    if (spec.suspend === true) return [];
    return [{ node, seconds: releaseTimeLimit(spec), isOwn: hasOwnTimeLimit(spec) }];
  });
}
