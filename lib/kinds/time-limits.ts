import { durationSeconds } from '../plain/duration';
import { mapOf } from '../plain/plain-data';

/** How long Helm's actions may take if `spec.timeout` is not set. */
const HELM_TIMEOUT_SECONDS = 300;
/** How often a Kustomization is reconciled if `spec.interval` cannot be read. */
const DEFAULT_INTERVAL_SECONDS = 600;
/** The minimum time that the kustomize controller gives a reconciliation. */
const MIN_TIMEOUT_SECONDS = 30;

/**
 * How long an action of a HelmRelease may take, in seconds: the longest timeout of those that it names.
 *
 * @see https://fluxcd.io/flux/components/helm/helmreleases/#timeout
 */
export function releaseTimeLimit(spec: Readonly<Record<string, unknown>>): number {
  const own = durationSeconds(spec.timeout) ?? HELM_TIMEOUT_SECONDS;
  const actions = [spec.install, spec.upgrade].map((action) => durationSeconds(mapOf(action).timeout) ?? own);
  return Math.max(...actions);
}

/** Whether a HelmRelease says itself how long an action may take. */
export function hasOwnTimeLimit(spec: Readonly<Record<string, unknown>>): boolean {
  return [spec, mapOf(spec.install), mapOf(spec.upgrade)].some(({ timeout }) => timeout !== undefined);
}

/** How often a Kustomization is reconciled, in seconds. */
export function reconcileInterval(spec: Readonly<Record<string, unknown>>): number {
  return durationSeconds(spec.interval) ?? DEFAULT_INTERVAL_SECONDS;
}

/**
 * How long a reconciliation of a Kustomization may take, in seconds.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#timeout
 */
export function kustomizationTimeLimit(spec: Readonly<Record<string, unknown>>): number {
  const own = durationSeconds(spec.timeout);
  return Math.max(own ?? reconcileInterval(spec) - MIN_TIMEOUT_SECONDS, MIN_TIMEOUT_SECONDS);
}
