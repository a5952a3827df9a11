import type { HelmReleaseFields } from '../flux/helm-release';

/**
 * What happens when an install or upgrade fails:
 *
 * - `RetryOnFailure`: it is tried again, without uninstalling or rolling back; what Flux recommends, for everything
 *   that has state
 * - `RemediateOnFailure`: an install is undone and an upgrade rolled back, and then tried again, three times
 * - `RollbackLastFailure`: as `RemediateOnFailure`, and the last failure is remedied too: after three retries the
 *   release that worked before is what runs, and what a failed upgrade made is cleaned up
 */
export type FailurePolicy = 'RetryOnFailure' | 'RemediateOnFailure' | 'RollbackLastFailure';

/** The fields of a HelmRelease that decide what happens on failure. */
export type FailureFields = Pick<HelmReleaseFields, 'install' | 'upgrade' | 'rollback'>;

const RETRIES = 3;

/**
 * The fields that a policy stands for.
 *
 * @see https://fluxcd.io/flux/components/helm/helmreleases/#configuring-failure-handling
 */
export function failurePolicy(policy: FailurePolicy): FailureFields {
  if (policy === 'RetryOnFailure') {
    return { install: { strategy: { name: policy } }, upgrade: { strategy: { name: policy } } };
  }
  const last = policy === 'RollbackLastFailure';
  const remediation = { retries: RETRIES, ...(last && { remediateLastFailure: true }) };
  return {
    install: { strategy: { name: 'RemediateOnFailure' }, remediation: { retries: RETRIES } },
    upgrade: { strategy: { name: 'RemediateOnFailure' }, remediation },
    ...(last && { rollback: { cleanupOnFail: true } }),
  };
}
