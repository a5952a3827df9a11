import type { ClusterFacts } from './cluster-facts';
import { once } from '../once';

/** Whether the repository shows all that is applied: otherwise an object may be in what it does not show. */
export const isWhole = once(({ kustomizations }: ClusterFacts): boolean =>
  kustomizations.every(({ build }) => build?.source === 'repository' && build.complete),
);
