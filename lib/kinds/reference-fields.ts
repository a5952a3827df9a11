import type { KindReference } from './flux-kind';
import { kubeConfigNeeds, proxyNeeds, tlsNeeds, type SecretNeeds } from './secret-entries';

/** A field that names a Secret beside the object. */
export function secretRef(path: string, entries?: SecretNeeds): KindReference {
  return {
    path,
    kinds: ['Secret'],
    by: 'name',
    reach: 'own-namespace',
    edge: 'secret',
    ...(entries && { entries }),
  };
}

/** The Secret with the certificates of a server. */
export const certSecretRef = secretRef('spec.certSecretRef', tlsNeeds);
/** The Secret with the address of a proxy. */
export const proxySecretRef = secretRef('spec.proxySecretRef', proxyNeeds);

/** The ServiceAccount in whose name a controller acts. */
export function serviceAccountAt(path: string): KindReference {
  return { path, kinds: ['ServiceAccount'], by: 'text', reach: 'own-namespace', edge: 'service-account' };
}

/** The ServiceAccount in whose name a controller acts, where most kinds have it. */
export const serviceAccount = serviceAccountAt('spec.serviceAccountName');

/** Where the kubeconfig of another cluster stands. */
export const kubeConfig: readonly KindReference[] = [
  secretRef('spec.kubeConfig.secretRef', kubeConfigNeeds),
  {
    path: 'spec.kubeConfig.configMapRef',
    kinds: ['ConfigMap'],
    by: 'name',
    reach: 'own-namespace',
    edge: 'config-map',
  },
];

/** Objects of the same kind that an object waits for. */
export function dependsOn(kind: string): KindReference {
  return { path: 'spec.dependsOn[]', kinds: [kind], by: 'name', reach: 'any-namespace', edge: 'depends-on' };
}

/** A source in any namespace, named by its kind. */
export function sourceAt(path: string, ...kinds: readonly [string, ...string[]]): KindReference {
  return { path, kinds, by: 'kind', reach: 'any-namespace', edge: 'source' };
}

/** ConfigMaps and Secrets beside the object, from which it takes values or variables. */
export function configFrom(path: string, edge: 'substitute-from' | 'values-from'): KindReference {
  return { path, kinds: ['ConfigMap', 'Secret'], by: 'kind', reach: 'own-namespace', edge };
}
