import type { KustomizationHealthCheckExprs } from '../flux/generated/kustomization';

/** How Flux determines whether the objects of a kind are healthy. */
export type HealthCheckExpr = KustomizationHealthCheckExprs;

/**
 * Health checks for common kinds of custom resources, for `healthCheckExprs`.
 *
 * @see https://fluxcd.io/flux/cheatsheets/cel-healthchecks/
 */
export const HEALTH_CHECK_EXPRS = {
  /** cert-manager's ClusterIssuer: its Ready condition. */
  clusterIssuer: readyCondition('cert-manager.io/v1', 'ClusterIssuer'),
  /** External Secrets' ClusterSecretStore: its Ready condition. */
  clusterSecretStore: readyCondition('external-secrets.io/v1', 'ClusterSecretStore'),
  /** CloudNativePG's Cluster: its Ready condition. */
  cnpgCluster: readyCondition('postgresql.cnpg.io/v1', 'Cluster'),
} as const satisfies Record<string, HealthCheckExpr>;

/** Healthy if the condition `Ready` is true, failed if it is false. */
export function readyCondition(apiVersion: string, kind: string): HealthCheckExpr {
  const ready = (status: string): string =>
    `status.conditions.exists(e, e.type == 'Ready' && e.status == '${status}')`;
  return { apiVersion, kind, current: ready('True'), failed: ready('False') };
}
