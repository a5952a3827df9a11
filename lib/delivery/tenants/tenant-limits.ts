import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';

/** The pods outside the tenant's namespaces that may connect to the pods of the tenant. */
export interface TenantNetworkPolicy {
  /**
   * The namespaces whose pods may connect to the pods of the tenant, for example those of the ingress controller and
   * the monitoring.
   *
   * @default - none
   */
  readonly allowFrom?: readonly string[];
}

/** The limits of a tenant, and the namespaces that they hold in. */
export interface TenantLimits {
  readonly name: string;
  readonly namespaces: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  readonly quota?: Readonly<Record<string, string | number>>;
  readonly networkPolicy?: boolean | TenantNetworkPolicy;
}

/**
 * Makes the quota and the network policy of each namespace of a tenant, as far as they are asked for.
 *
 * @see https://kubernetes.io/docs/concepts/policy/resource-quotas/
 */
export function makeLimits(scope: Construct, limits: TenantLimits): void {
  const { name, namespaces, labels, quota, networkPolicy } = limits;
  for (const namespace of namespaces) {
    const metadata = { name, namespace, labels: { ...labels } };
    if (quota) {
      const spec = { hard: { ...quota } };
      new ApiObject(scope, `Quota-${namespace}`, {
        apiVersion: 'v1',
        kind: 'ResourceQuota',
        metadata,
        spec,
      });
    }
    if (networkPolicy) {
      const { allowFrom = [] } = networkPolicy === true ? {} : networkPolicy;
      new ApiObject(scope, `Network-${namespace}`, {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata,
        spec: isolation([...new Set([...namespaces, ...allowFrom])]),
      });
    }
  }
}

/**
 * Only Pods of these namespaces may connect. Every namespace has the label, and nobody can remove it.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/#targeting-a-namespace-by-its-name
 */
function isolation(namespaces: readonly string[]): object {
  const from = namespaces.map((name) => ({
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
  }));
  return { podSelector: {}, policyTypes: ['Ingress'], ingress: [{ from }] };
}
