import type { GraphNode } from '../../graph/graph';
import { nodeId } from '../../graph/node-id';
import { groupBy } from '../../plain/group-by';
import { mapOf } from '../../plain/plain-data';
import type { Change } from '../change';
import { changeOf } from './change-of';
import type { ClusterComparison } from './cluster-comparison';
import type { ClusterState, OwnedObject } from './cluster-state';
import { Contents } from './contents';
import type { Removal, Removals } from './removal';
import { PRECAUTIONS, TAKES } from './taken-along';

/**
 * Objects that no Kustomization applies any longer: Flux deletes them, or leaves them behind. What went with a removed
 * Kustomization is told with it.
 *
 * @param told - the keys of objects that other changes speak of
 */
export function goneObjects(
  comparison: ClusterComparison,
  removals: Removals,
  told: ReadonlySet<string>,
): Change[] {
  const gone = comparison.gone
    .filter(({ key }) => !told.has(key))
    .map((one) => ({ one, removal: removals.of(one), kustomization: kustomizationOf(one, comparison.base) }))
    .filter(({ removal }) => removal.fate !== 'unknown');
  const ends = new Map(
    gone.flatMap(({ kustomization }) => {
      const node = kustomization && comparison.base.kustomizations.get(kustomization);
      return node ? [[node.id, removals.endOf(node)] as const] : [];
    }),
  );
  const isAlong = ({ one, removal, kustomization }: (typeof gone)[number]) => {
    const end = ends.get(one.owners[0]?.id ?? '');
    return kustomization === undefined && !TAKES.has(one.identity.kind) && end?.fate === removal.fate;
  };
  const along = groupBy(gone.filter(isAlong), ({ one }) => one.owners[0]?.id);
  const contents = new Contents(comparison.base);
  return gone
    .filter((entry) => !isAlong(entry))
    .map(({ one, removal, kustomization }) => {
      const end = kustomization === undefined ? undefined : ends.get(kustomization);
      const applied = (along.get(kustomization) ?? []).map((entry) => entry.one);
      const others = end ? applied : removal.fate === 'deleted' ? contents.of(one) : [];
      const node = comparison.base.kustomizations.get(kustomization ?? '');
      const text =
        end && node
          ? kustomizationText(removal, end, whatWentWith(node, others.length))
          : objectText(one, removal);
      return changeOf(one, { ...text, alongWith: others.map(({ identity }) => identity) });
    });
}

/** The node of an object that is a Kustomization with known objects. */
function kustomizationOf({ identity, key }: OwnedObject, base: ClusterState): string | undefined {
  const id = nodeId(identity);
  const node = base.kustomizations.get(id);
  return node && base.ownObjectOf(node)?.key === key ? id : undefined;
}

type GoneText = Pick<Change, 'class' | 'message' | 'hint'>;

function objectText({ identity: { kind }, object }: OwnedObject, { fate, why, later }: Removal): GoneText {
  if (fate === 'kept')
    return {
      class: 'orphaned',
      message: `it stays in the cluster, and is no longer in git: ${[why, later].filter(Boolean).join('; ')}`,
      hint: 'delete it by hand if you no longer need it',
    };
  // The helm controller keeps the release of a suspended HelmRelease.
  if (kind === 'HelmRelease' && mapOf(object.spec).suspend === true)
    return {
      class: 'orphaned',
      message: `Flux deletes it, but leaves what its chart installed, because it is suspended: ${why}`,
      hint: 'run helm uninstall for the release if you no longer need it',
    };
  const taken = TAKES.get(kind);
  return {
    class: 'deleted',
    message: `Flux deletes it${taken === undefined ? '' : ` and ${taken}`}: ${why}`,
    hint: PRECAUTIONS.get(kind),
  };
}

/** What a Kustomization applied; empty if that is nothing. */
function whatWentWith({ build }: GraphNode, count: number): string {
  if (build !== undefined && build.source !== 'repository')
    return 'everything that it applied (not part of this diff)';
  if (count === 0) return '';
  return count === 1 ? 'the object that it applied' : `the ${count} objects that it applied`;
}

function kustomizationText(removal: Removal, end: Removal, applied: string): GoneText {
  const others = applied === '' ? '' : ` and ${applied}`;
  if (removal.fate === 'kept')
    return {
      class: 'orphaned',
      message: `it stays in the cluster${others && `, ${others.slice(1)}`}: ${[removal.why, removal.later].filter(Boolean).join('; ')}`,
      hint: 'delete it by hand if you no longer need it',
    };
  if (end.fate === 'deleted')
    return { class: 'deleted', message: `Flux deletes it${others}: ${removal.why}` };
  return {
    class: 'orphaned',
    message: `Flux deletes it, but leaves ${applied === '' ? 'what it applied' : applied} in the cluster: ${end.why}`,
    hint: 'delete by hand what you no longer need',
  };
}
