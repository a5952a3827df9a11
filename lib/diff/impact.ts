import { compareText } from '../plain/compare-text';
import type { Change, Impact } from './change';
import type { ClusterComparison } from './structure/cluster-comparison';
import { qualifiedName } from '../findings/object-name';
import type { Sequence } from './structure/sequence';

/** What changes set in motion: who applies them, and what waits for that. */
export function impactOf(
  { head, waits }: ClusterComparison,
  changes: readonly Change[],
  sequence: Sequence,
): Impact {
  const owners = new Set(changes.flatMap(({ owner }) => owner ?? []));
  const changed = new Set(
    changes.flatMap(({ object }) => (object && isStep(object.kind) ? [stepId(object)] : [])),
  );
  for (const node of head.kustomizations.values()) {
    if (owners.has(qualifiedName(node.identity))) changed.add(node.id);
  }
  const waiting = [...waits.waitingFor(changed)].filter((id) => !changed.has(id));
  return {
    changed: [...owners].sort(compareText),
    order: sequence.chains(changes),
    waiting: waiting.sort(compareText),
  };
}

function isStep(kind: string): boolean {
  return kind === 'Kustomization' || kind === 'HelmRelease';
}

function stepId({ kind, namespace = '', name }: NonNullable<Change['object']>): string {
  return `${kind}/${namespace}/${name}`;
}
