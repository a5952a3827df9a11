import { isSuspended } from '../../graph/is-suspended';
import type { GraphNode } from '../../graph/graph';
import { ClusterState, isNeverApplied, type OwnedObject } from './cluster-state';
import type { ClusterPair } from './pair-clusters';
import { findRenames } from './renames';
import { WaitGraph } from './wait-graph';

/** A cluster before and after, with what several classes of changes ask of it. */
export class ClusterComparison {
  /** The cluster in the base. */
  readonly base: ClusterState;
  /** The cluster in the head. */
  readonly head: ClusterState;
  /** The Kustomizations that have another name in the head, by their nodes in the base. */
  readonly renames: ReadonlyMap<string, GraphNode>;
  /** The objects that both sides have, but for those of which nothing can be different. */
  readonly kept: readonly { readonly before: OwnedObject; readonly after: OwnedObject }[];
  /** The objects that only the base has, but for those that Flux never applied. */
  readonly gone: readonly OwnedObject[];
  /** The objects that only the head has. */
  readonly added: readonly OwnedObject[];

  private waitGraph?: WaitGraph;
  private formerWaitGraph?: WaitGraph;

  constructor({ base, head }: Required<ClusterPair>) {
    this.base = new ClusterState(base);
    this.head = new ClusterState(head);
    this.renames = findRenames(this.base, this.head);
    this.kept = [...this.base.objects.values()].flatMap((before) => {
      const after = this.head.objects.get(before.key);
      return after && after !== before ? [{ before, after }] : [];
    });
    this.gone = [...this.base.objects.values()].filter(
      (object) => !this.head.objects.has(object.key) && !isNeverApplied(object),
    );
    this.added = [...this.head.objects.values()].filter(({ key }) => !this.base.objects.has(key));
  }

  /** What waits for what in the head. */
  get waits(): WaitGraph {
    this.waitGraph ??= new WaitGraph(this.head.cluster);
    return this.waitGraph;
  }

  /**
   * Since when a Kustomization of the head is suspended. One that applies itself applies all of a change that suspends it;
   * one that another suspends may do so too.
   */
  suspensionOf(kustomization: GraphNode): Suspension | undefined {
    if (!isSuspended(kustomization)) return undefined;
    const before = this.base.kustomizations.get(kustomization.id);
    if (!before || isSuspended(before)) return 'before';
    const own = this.head.ownObjectOf(kustomization);
    return own?.owners.some(({ id }) => id === kustomization.id) ? undefined : 'now';
  }

  /** What waits for what in the base. */
  get formerWaits(): WaitGraph {
    this.formerWaitGraph ??= new WaitGraph(this.base.cluster);
    return this.formerWaitGraph;
  }
}

/** Since when a Kustomization is suspended: before the change, or by it. */
export type Suspension = 'before' | 'now';
