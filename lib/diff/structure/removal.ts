import type { GraphNode } from '../../graph/graph';
import { prunes } from '../../graph/prunes';
import { hasMark } from '../../kinds/apply-marks';
import { isDisabled } from '../../graph/resource-sets/operator-objects';
import { hasHiddenTemplates } from '../../graph/resource-sets/render-resource-set';
import { KUSTOMIZE_GROUP, OPERATOR_GROUP } from '../../kinds/groups';
import { mapOf, valueAt } from '../../plain/plain-data';
import type { ManifestObject } from '../../tree/manifest';
import { isSuspended } from '../../graph/is-suspended';
import type { ClusterComparison, Suspension } from './cluster-comparison';
import type { OwnedObject } from './cluster-state';
import { nameOf } from '../../findings/object-name';

/** What becomes of an object that its Kustomization no longer applies. */
export interface Removal {
  /** `deleted` by Flux; `kept` in the cluster; `unknown` where the Kustomization's build does not tell. */
  readonly fate: 'deleted' | 'kept' | 'unknown';
  /** Why, as a clause, for example `Kustomization "flux-system/apps" does not prune`. */
  readonly why: string;
  /**
   * What happens to an object that nothing owns when the reason is over, as a clause. Flux leaves alone what another
   * Kustomization adopted.
   *
   * @default - nothing
   */
  readonly later?: string;
}

/** Annotations and labels that make Flux leave an object in the cluster. */
const KEPT_BY = ['prune', 'reconcile'] as const;

/** What happens to an object that a ResourceSet no longer creates. */
const LATER = 'the operator deletes the object';

/** Namespaces that every cluster keeps. */
const KEPT_NAMESPACES = new Set(['default', 'kube-system', 'kube-public']);

/**
 * Tells what Flux does to objects that are gone from git, by the Kustomization that applied them: one that is still there
 * prunes as it says now; one that is gone itself took its objects with it, as it said before.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#prune
 */
export class Removals {
  private readonly ends = new Map<string, Removal>();

  constructor(private readonly comparison: ClusterComparison) {}

  /**
   * What becomes of an object when the Kustomization that applied it no longer does.
   *
   * @param owner - which one, where several applied it
   */
  of(gone: OwnedObject, owner = gone.owners[0] as GraphNode): Removal {
    const { identity, maker } = gone;
    const removal = maker ? this.ofMade(gone, maker, owner) : this.fromKustomization(owner);
    if (removal.fate !== 'deleted') return removal;
    if (identity.kind === 'Namespace' && identity.group === '' && KEPT_NAMESPACES.has(identity.name))
      return { fate: 'kept', why: 'the API server refuses to delete this Namespace' };
    const keeper = keeperOf(gone);
    return keeper === undefined
      ? removal
      : { fate: 'kept', why: `it has the annotation ${keeper}: disabled` };
  }

  private fromKustomization(owner: GraphNode): Removal {
    const after = this.comparison.head.kustomizations.get(owner.id);
    return after ? pruning(owner, after, this.comparison.suspensionOf(after)) : this.endOf(owner);
  }

  /** What becomes of an object that the operator creates: it deletes what a ResourceSet no longer creates, and all with it. */
  private ofMade({ key }: OwnedObject, maker: OwnedObject, owner: GraphNode): Removal {
    const { head } = this.comparison;
    const name = nameOf(maker.identity);
    const after = head.objects.get(maker.key);
    if (!after || head.objects.get(key)?.maker?.key === maker.key) {
      const removal = this.of(maker, owner);
      return removal.fate === 'deleted'
        ? { fate: 'deleted', why: `${name} is removed` }
        : { ...removal, why: `${name} stays: ${removal.why}` };
    }
    const [applier] = after.owners;
    if (applier && this.comparison.suspensionOf(applier) === 'before')
      return {
        fate: 'kept',
        why: `${nameOf(applier.identity)} is suspended`,
        later: `once resumed, ${LATER}`,
      };
    if (isDisabled(after.object))
      return { fate: 'kept', why: `${name} is disabled`, later: `once enabled, ${LATER}` };
    return hasHiddenTemplates(after.object)
      ? { fate: 'unknown', why: `the files do not show everything that ${name} creates` }
      : { fate: 'deleted', why: `${name} no longer creates it` };
  }

  /** What becomes of the objects of a Kustomization that is gone. */
  endOf(kustomization: GraphNode): Removal {
    const known = this.ends.get(kustomization.id);
    if (known) return known;
    // A Kustomization that applies itself would request its own deletion.
    this.ends.set(kustomization.id, { fate: 'unknown', why: 'it applies itself' });
    const end = this.findEnd(kustomization);
    this.ends.set(kustomization.id, end);
    return end;
  }

  private findEnd(kustomization: GraphNode): Removal {
    const name = nameOf(kustomization.identity);
    const own = this.comparison.base.ownObjectOf(kustomization);
    const removal = own && own.owners[0]?.id !== kustomization.id ? this.of(own) : undefined;
    if (!removal) return { fate: 'unknown', why: `nothing in git applied ${name}` };
    if (removal.fate !== 'deleted') return { fate: removal.fate, why: `${name} stays: ${removal.why}` };
    if (isSuspended(kustomization)) return { fate: 'kept', why: `${name} was suspended when it was removed` };
    const { prune, deletionPolicy } = mapOf(kustomization.object?.spec);
    if (deletionPolicy === 'Orphan') return { fate: 'kept', why: `${name} had deletionPolicy: Orphan` };
    if (deletionPolicy === 'Delete' || deletionPolicy === 'WaitForTermination' || prune === true)
      return { fate: 'deleted', why: `${name} is removed` };
    return { fate: 'kept', why: `${name} did not prune` };
  }
}

/** The annotation with which an object stays in the cluster: one of the operator, for what the operator creates. */
function keeperOf({ object: { metadata }, maker }: OwnedObject): string | undefined {
  if (maker) {
    const key = `${OPERATOR_GROUP}/prune`;
    return valueAt(metadata, 'annotations', key) === 'disabled' ? key : undefined;
  }
  const keeper = KEPT_BY.find((mark) => hasMark(metadata, mark, 'disabled'));
  return keeper && `${KUSTOMIZE_GROUP}/${keeper}`;
}

/** What an existing Kustomization does to the objects that it no longer applies. */
function pruning(before: GraphNode, after: GraphNode, suspension: Suspension | undefined): Removal {
  const name = nameOf(after.identity);
  // Flux looks for objects to prune only in the new cluster.
  if (before.build?.remoteCluster !== after.build?.remoteCluster)
    return { fate: 'kept', why: `${name} now applies to another cluster` };
  if (mayBuildMore(before, after))
    return { fate: 'unknown', why: `the files do not show everything that ${name} builds` };
  if (!prunes(after)) return { fate: 'kept', why: `${name} does not prune` };
  if (suspension === 'before')
    return { fate: 'kept', why: `${name} is suspended`, later: 'once resumed, it deletes the object' };
  return { fate: 'deleted', why: `${name} prunes it${unlessSuspended(suspension)}` };
}

/** Of a Kustomization that another one suspends in the same commit, which comes first cannot be told. */
export function unlessSuspended(suspension: Suspension | undefined): string {
  return suspension === 'now' ? ', unless the suspension in the same commit takes effect first' : '';
}

/** Whether a Kustomization may build more than the files show: the build fails, or takes something from elsewhere. */
export function mayBuildMore({ build: before }: GraphNode, { build }: GraphNode): boolean {
  if (build === undefined || build.source !== 'repository' || build.failure !== undefined) return true;
  return build.remotes.some((remote) => before?.remotes.includes(remote) !== true);
}

/** The annotation or label with which Flux neither applies an object nor deletes it; `undefined` without one. */
export function leavingMark(object: ManifestObject): string | undefined {
  if (hasMark(object.metadata, 'reconcile', 'disabled')) return `${KUSTOMIZE_GROUP}/reconcile: disabled`;
  return hasMark(object.metadata, 'ssa', 'Ignore') ? `${KUSTOMIZE_GROUP}/ssa: Ignore` : undefined;
}
