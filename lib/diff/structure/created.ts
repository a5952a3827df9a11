import { nodeId } from '../../graph/node-id';
import type { GraphNode } from '../../graph/graph';
import { groupBy } from '../../plain/group-by';
import type { Change } from '../change';
import { changeOf } from './change-of';
import type { ClusterComparison } from './cluster-comparison';
import { isNeverApplied, type OwnedObject } from './cluster-state';
import { nameOf } from '../../findings/object-name';
import { mayBuildMore, leavingMark, unlessSuspended } from './removal';

/**
 * Objects that only the head has. What a new Kustomization applies is told with it.
 *
 * @param told - the keys of objects that other changes speak of
 */
export function createdObjects(comparison: ClusterComparison, told: ReadonlySet<string>): Change[] {
  const added = comparison.added.filter(({ key }) => !told.has(key));
  const kustomizationOf = ({ identity, key }: OwnedObject) => {
    const node = comparison.head.kustomizations.get(nodeId(identity));
    return node && comparison.head.ownObjectOf(node)?.key === key ? node.id : undefined;
  };
  const fresh = new Set(added.flatMap((one) => kustomizationOf(one) ?? []));
  const isAlong = (one: OwnedObject) =>
    kustomizationOf(one) === undefined && fresh.has(one.owners[0]?.id ?? '');
  const along = groupBy(added.filter(isAlong), ({ owners }) => owners[0]?.id);
  return added
    .filter((one) => !isAlong(one))
    .map((one) => {
      const id = kustomizationOf(one);
      const isBuilt = comparison.head.kustomizations.get(id ?? '')?.build?.failure === undefined;
      const applied = id === undefined || !isBuilt ? [] : (along.get(id) ?? []);
      const message = messageOf(one, applied.length, comparison);
      return changeOf(one, { class: 'created', message, alongWith: applied.map(({ identity }) => identity) });
    });
}

function messageOf(created: OwnedObject, count: number, comparison: ClusterComparison): string {
  const { object, owners } = created;
  const owner = owners[0] as GraphNode;
  const mark = created.maker ? undefined : leavingMark(object);
  if (mark !== undefined) return `Flux does not create it: it has the annotation ${mark}`;
  if (isNeverApplied(created))
    return 'Flux does not create it: it has no namespace, so the Kustomization fails and applies none of its changes';
  const others =
    count === 0
      ? ''
      : count === 1
        ? ' and the object that it applies'
        : ` and the ${count} objects that it applies`;
  const where =
    owner.build?.remoteCluster === undefined
      ? ''
      : ` in the remote cluster of ${nameOf(owner.identity)} (spec.kubeConfig)`;
  const suspension = comparison.suspensionOf(owner);
  if (suspension === 'before')
    return `Flux creates it${others}${where} once the suspended ${nameOf(owner.identity)} is resumed`;
  const before = comparison.base.kustomizations.get(owner.id);
  const isSure = before === undefined || !mayBuildMore(owner, before);
  return isSure
    ? `Flux creates it${others}${where}${unlessSuspended(suspension)}`
    : `Flux creates it${others}${where}, unless it already exists, which the files of the base do not show`;
}
