import type { GraphNode } from '../../graph/graph';
import { mapOf, textOf } from '../../plain/plain-data';

/** After what several Kustomizations try again. */
export const RETRY_OF_SEVERAL = 'their retryInterval, or their interval where retryInterval is not set';

/** After what a Kustomization tries again. */
export function retryTime({ object }: GraphNode): string {
  const { retryInterval, interval } = mapOf(object?.spec);
  const time = textOf(interval) === undefined ? 'its interval' : `${textOf(interval)}, its interval,`;
  return textOf(retryInterval) ?? `${time} because retryInterval is not set`;
}
