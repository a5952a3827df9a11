import type { ClusterGraph } from '../graph';
import { momentsOf } from './events';
import { frameOf } from '../frame';
import { waitsOf } from './reconciliations';

/** A moment of a Kustomization or HelmRelease: its objects are applied, or it is ready. */
export interface Moment {
  readonly id: string;
  readonly at: 'applied' | 'ready';
}

/** What must happen before what in a cluster that starts from nothing. */
export class Precedence {
  private readonly indexes: ReadonlyMap<string, number>;
  private readonly waitsFor: readonly (readonly number[])[];
  private readonly followers: readonly (readonly number[])[];
  private readonly before = new Map<number, Uint8Array>();
  private readonly after = new Map<number, Uint8Array>();

  constructor(cluster: ClusterGraph) {
    const { ids, waitsFor } = momentsOf(waitsOf(frameOf(cluster)));
    const followers: number[][] = waitsFor.map(() => []);
    waitsFor.forEach((earlier, moment) => {
      for (const other of earlier) followers[other]?.push(moment);
    });
    this.indexes = new Map(ids.map((id, index) => [id, index]));
    this.waitsFor = waitsFor;
    this.followers = followers;
  }

  /** Whether a moment comes only after another. The way from `earlier` is remembered: ask often for the same one. */
  follows(later: Moment, earlier: Moment): boolean {
    const [from, to] = [this.indexOf(earlier), this.indexOf(later)];
    if (from === undefined || to === undefined) return false;
    return reachable(from, this.followers, this.after)[to] === 1;
  }

  /** Whether a moment comes only after another. The way from `later` is remembered: ask often for the same one. */
  needs(later: Moment, earlier: Moment): boolean {
    const [from, to] = [this.indexOf(later), this.indexOf(earlier)];
    if (from === undefined || to === undefined) return false;
    return reachable(from, this.waitsFor, this.before)[to] === 1;
  }

  private indexOf({ id, at }: Moment): number | undefined {
    const index = this.indexes.get(id);
    return index === undefined ? undefined : 2 * index + (at === 'ready' ? 1 : 0);
  }
}

/** The moments that edges from one moment lead to, each marked by 1. */
function reachable(
  from: number,
  edges: readonly (readonly number[])[],
  known: Map<number, Uint8Array>,
): Uint8Array {
  const remembered = known.get(from);
  if (remembered) return remembered;
  const found = new Uint8Array(edges.length);
  const pending = [from];
  for (let current = pending.pop(); current !== undefined; current = pending.pop()) {
    for (const next of edges[current] ?? []) {
      if (found[next] === 1) continue;
      found[next] = 1;
      pending.push(next);
    }
  }
  known.set(from, found);
  return found;
}
