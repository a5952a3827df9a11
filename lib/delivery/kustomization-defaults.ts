import type { DurationText } from '../flux/duration';

/** What Flux's own guides recommend for a Kustomization. */
export const KUSTOMIZATION_DEFAULTS = {
  interval: '60m' as DurationText,
  retryInterval: '2m' as DurationText,
  timeout: '3m' as DurationText,
  prune: true,
};
