import type { ClusterGraph } from '../graph/graph';
import type { FailingStep } from '../graph/order/order';
import type { CheckContext } from './check-context';
import { leftVariables } from './facts/config/variable-uses';
import { kustomizationsWithoutCrd } from './providers/missing-apis';

/** The nodes of Kustomizations that never become ready because of what rules know of their objects, and why. */
export function failingKustomizations(
  context: CheckContext,
  cluster: Pick<ClusterGraph, 'name'>,
): ReadonlyMap<string, FailingStep['reason']> {
  const refused = leftVariables(context).filter(
    ({ cluster: name, why, isRefused }) => name === cluster.name && why === 'undefined' && isRefused,
  );
  return new Map([
    ...[...kustomizationsWithoutCrd(context, cluster)].map((id) => [id, 'crd-missing'] as const),
    ...refused.map(({ owner }) => [owner.id, 'build-refused'] as const),
  ]);
}
