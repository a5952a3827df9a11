import type { ApiObject } from 'cdk8s';
import { controllerOf } from '../kinds/flux-kinds';
import { FLUX_NAMESPACE } from '../kinds/names';
import { apiGroup } from '../tree/manifest';
import { appliedNamespace } from './applied-identity';
import { enclosingDirectory } from './directory';

/**
 * The account that an object of the platform acts as in a cluster that is locked down: that of its controller, which is in
 * Flux's own namespace; nothing where the author says who acts, or where another cluster is reached.
 *
 * @see https://fluxcd.io/flux/installation/configuration/multitenancy/
 */
export function platformAccount(object: ApiObject, spec: object): string | undefined {
  const { serviceAccountName, kubeConfig } = spec as {
    readonly serviceAccountName?: unknown;
    readonly kubeConfig?: unknown;
  };
  if (serviceAccountName !== undefined || kubeConfig !== undefined) return undefined;
  if (appliedNamespace(object) !== FLUX_NAMESPACE) return undefined;
  if (enclosingDirectory(object)?.cluster?.lockDown !== true) return undefined;
  return controllerOf(apiGroup(object.apiVersion), object.kind);
}
