import type { HelmReleaseFields } from '../flux/helm-release';

/**
 * What Flux does when an install or upgrade fails:
 *
 * - `RetryOnFailure`: retry, without uninstalling or rolling back. Flux recommends this strategy; use it for everything
 *   that has state.
 * - `RemediateOnFailure`: uninstall a failed install, roll back a failed upgrade, and retry, three times.
 * - `RollbackLastFailure`: the same, but also roll back after the last failure. After three retries the last working
 *   release runs again, and Flux deletes what the failed upgrade created.
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
