import type { ClusterGraph } from '../../graph/graph';
import { waitsOf } from '../../graph/order/reconciliations';
import { once } from '../../plain/once';
import { addToGroup } from '../../plain/group-by';
import { listOf, mapOf, valueAt } from '../../plain/plain-data';
import type { ManifestObject } from '../../tree/manifest';

/**
 * What waits for what in a cluster that runs already. A parent's new revision is no reason for its children to wait:
 * `dependsOn` is, and what a Kustomization with `wait` or health checks includes.
 */
export class WaitGraph {
  /** What a step waits for, by `dependsOn`. */
  private readonly dependencies = new Map<string, string[]>();
  /** What must be ready before a step is ready. */
  private readonly includes = new Map<string, readonly string[]>();
  private readonly followers = new Map<string, string[]>();
  private readonly includedBy = new Map<string, string[]>();
  private readonly reached = new Map<string, ReadonlySet<string>>();
  private readonly preceding = new Map<string, ReadonlySet<string>>();

  /** What a step waits for until it is ready with the same revision. */
  private readonly revisionsOf: () => ReadonlyMap<string, readonly string[]>;

  constructor(cluster: ClusterGraph) {
    this.revisionsOf = () => revisionWaits(cluster);
    for (const [id, { waits, includes }] of waitsOf(cluster)) {
      const on = waits.filter(({ why }) => why === 'depends-on').map((wait) => wait.on);
      this.dependencies.set(id, on);
      this.includes.set(id, includes);
      for (const other of on) addToGroup(this.followers, other, id);
      for (const other of includes) addToGroup(this.includedBy, other, id);
    }
  }

  /** Whether a step waits for another, directly or not. */
  waits(step: string, on: string): boolean {
    const known = this.reached.get(step);
    if (known) return known.has(on);
    const reached = reach(this.dependencies.get(step) ?? [], (id) => [
      ...(this.dependencies.get(id) ?? []),
      ...(this.includes.get(id) ?? []),
    ]);
    this.reached.set(step, reached);
    return reached.has(on);
  }

  /**
   * Whether a step applies a revision only after another has applied it, directly or not. What a Kustomization with `wait`
   * includes may still be ready with the revision before.
   */
  follows(step: string, other: string): boolean {
    const revisions = this.revisionsOf();
    const known =
      this.preceding.get(step) ?? reach(revisions.get(step) ?? [], (id) => revisions.get(id) ?? []);
    this.preceding.set(step, known);
    return known.has(other);
  }

  /** The steps that wait for one of others, directly or not. */
  waitingFor(steps: Iterable<string>): ReadonlySet<string> {
    const waiting = new Set<string>();
    reach([...steps], (id) => {
      const followers = this.followers.get(id) ?? [];
      for (const follower of followers) waiting.add(follower);
      return [...followers, ...(this.includedBy.get(id) ?? [])];
    });
    return waiting;
  }
}

/** What each step waits for until it is ready with the same revision. */
const revisionWaits = once((cluster: ClusterGraph): ReadonlyMap<string, readonly string[]> => {
  const objects = new Map(cluster.nodes.map(({ id, object }) => [id, object]));
  return new Map(
    [...waitsOf(cluster)].map(([id, { waits }]) => {
      const on = waits.flatMap((wait) => (wait.why === 'depends-on' && wait.sameRevision ? [wait.on] : []));
      const byExpression = on.length === 0 ? undefined : namesByExpression(objects.get(id));
      return [id, on.filter((other) => byExpression?.has(lastName(other)) !== true)];
    }),
  );
});

/** The dependencies with an expression: for these, Flux does not compare revisions. */
function namesByExpression(object: ManifestObject | undefined): ReadonlySet<string> {
  const entries = listOf(valueAt(object?.spec, 'dependsOn')).map(mapOf);
  return new Set(entries.flatMap(({ name, readyExpr }) => (readyExpr === undefined ? [] : [String(name)])));
}

function lastName(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}

/** Everything that edges lead to, including the start. */
function reach(start: readonly string[], edges: (id: string) => readonly string[]): ReadonlySet<string> {
  const found = new Set(start);
  // The set grows while it is walked.
  for (const id of found) for (const next of edges(id)) found.add(next);
  return found;
}
