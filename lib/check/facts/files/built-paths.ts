import { once } from '../../../plain/once';
import type { CheckContext } from '../../check-context';

/** The files and folders that the builds of all clusters read. */
export const builtPaths = once(
  ({ clusters }: CheckContext): ReadonlySet<string> =>
    new Set(
      clusters.flatMap(({ kustomizations }) => kustomizations.flatMap(({ build }) => build?.reads ?? [])),
    ),
);
