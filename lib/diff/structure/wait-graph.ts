import type { ClusterGraph } from '../../graph/graph';
import { waitsOf } from '../../graph/order/reconciliations';
import { addToGroup } from '../../plain/group-by';

/**
 * What waits for what in a cluster that runs already. A parent's new revision is no reason for its children to wait:
 * `dependsOn` is, and what a Kustomization with `wait` or health checks includes.
 */
export class WaitGraph {
  /** What a step waits for, by `dependsOn`. */
  private readonly dependencies = new Map<string, string[]>();
  /** What must be ready before a step counts as ready. */
  private readonly includes = new Map<string, readonly string[]>();
  private readonly followers = new Map<string, string[]>();
  private readonly includedBy = new Map<string, string[]>();
  private readonly reached = new Map<string, ReadonlySet<string>>();

  constructor(cluster: ClusterGraph) {
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

/** Everything to which edges lead, the start included. */
function reach(start: readonly string[], edges: (id: string) => readonly string[]): ReadonlySet<string> {
  const found = new Set(start);
  // The set grows while it is walked.
  for (const id of found) for (const next of edges(id)) found.add(next);
  return found;
}
