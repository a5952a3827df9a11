import type { ClusterGraph } from '../../graph/graph';
import { frameOf } from '../../graph/frame';
import { waitsOf } from '../../graph/order/reconciliations';
import { nodesById } from '../../graph/nodes-by-id';
import { addToGroup } from '../../plain/group-by';
import { listOf, mapOf, valueAt } from '../../plain/plain-data';
import type { ManifestObject } from '../../tree/manifest';
import { asText } from '../../plain/as-text';

/**
 * What waits for what in a cluster that runs already. A parent's new revision is no reason for its children to wait:
 * `dependsOn` is, and what a Kustomization with `wait` or health checks includes.
 */
export class WaitGraph {
  private known?: Edges;
  private readonly reached = new Map<string, ReadonlySet<string>>();
  private readonly preceding = new Map<string, ReadonlySet<string>>();
  private readonly revisions = new Map<string, readonly string[]>();

  constructor(private readonly cluster: ClusterGraph) {}

  /** Whether a step waits for another, directly or not. */
  waits(step: string, on: string): boolean {
    const known = this.reached.get(step);
    if (known) return known.has(on);
    const { dependencies, includes } = this.edges;
    const reached = reach(dependencies.get(step) ?? [], (id) => [
      ...(dependencies.get(id) ?? []),
      ...(includes.get(id) ?? []),
    ]);
    this.reached.set(step, reached);
    return reached.has(on);
  }

  /**
   * Whether a step applies a revision only after another has applied it, directly or not. What a Kustomization with `wait`
   * includes may still be ready with the revision before.
   */
  follows(step: string, other: string): boolean {
    const before = (id: string) => this.revisionsOf(id);
    const known = this.preceding.get(step) ?? reach(before(step), before);
    this.preceding.set(step, known);
    return known.has(other);
  }

  /** The steps that wait for one of others, directly or not. */
  waitingFor(steps: Iterable<string>): ReadonlySet<string> {
    const { followers, includedBy } = this.edges;
    const waiting = new Set<string>();
    reach([...steps], (id) => {
      const next = followers.get(id) ?? [];
      for (const follower of next) waiting.add(follower);
      return [...next, ...(includedBy.get(id) ?? [])];
    });
    return waiting;
  }

  /** What a step waits for until it is ready with the same revision. */
  private revisionsOf(step: string): readonly string[] {
    const known = this.revisions.get(step) ?? revisionWaits(this.cluster, step);
    this.revisions.set(step, known);
    return known;
  }

  /** Gathered when they are first asked for. */
  private get edges(): Edges {
    this.known ??= edgesOf(this.cluster);
    return this.known;
  }
}

/** Who waits for whom, both ways. */
interface Edges {
  /** What a step waits for, by `dependsOn`. */
  readonly dependencies: ReadonlyMap<string, readonly string[]>;
  /** What must be ready before a step is ready. */
  readonly includes: ReadonlyMap<string, readonly string[]>;
  readonly followers: ReadonlyMap<string, readonly string[]>;
  readonly includedBy: ReadonlyMap<string, readonly string[]>;
}

function edgesOf(cluster: ClusterGraph): Edges {
  const dependencies = new Map<string, readonly string[]>();
  const allIncludes = new Map<string, readonly string[]>();
  const followers = new Map<string, string[]>();
  const includedBy = new Map<string, string[]>();
  for (const [id, { waits, includes }] of waitsOf(frameOf(cluster))) {
    const on = waits.filter(({ why }) => why === 'depends-on').map((wait) => wait.on);
    dependencies.set(id, on);
    allIncludes.set(id, includes);
    for (const other of on) addToGroup(followers, other, id);
    for (const other of includes) addToGroup(includedBy, other, id);
  }
  return { dependencies, includes: allIncludes, followers, includedBy };
}

/** What a step waits for until it is ready with the same revision. */
function revisionWaits(cluster: ClusterGraph, step: string): readonly string[] {
  const waits = waitsOf(frameOf(cluster)).get(step)?.waits ?? [];
  const on = waits.flatMap((wait) => (wait.why === 'depends-on' && wait.sameRevision ? [wait.on] : []));
  if (on.length === 0) return on;
  const byExpression = namesByExpression(nodesById(cluster).get(step)?.object);
  return on.filter((other) => !byExpression.has(lastName(other)));
}

/** The dependencies with an expression: for these, Flux does not compare revisions. */
function namesByExpression(object: ManifestObject | undefined): ReadonlySet<string> {
  const entries = listOf(valueAt(object?.spec, 'dependsOn')).map(mapOf);
  return new Set(entries.flatMap(({ name, readyExpr }) => (readyExpr === undefined ? [] : [asText(name)])));
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
