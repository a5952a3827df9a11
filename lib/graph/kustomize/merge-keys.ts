/**
 * By which field the entries of a list are matched in a strategic merge, as Kubernetes' own types say
 * (`x-kubernetes-patch-merge-key`). Only built-in kinds have these; a list of any other kind is replaced as a whole.
 */
const mergeKeys: ReadonlyMap<string, readonly string[]> = new Map([
  ['containers', ['name']],
  ['initContainers', ['name']],
  ['ephemeralContainers', ['name']],
  ['volumes', ['name']],
  ['env', ['name']],
  ['volumeMounts', ['mountPath']],
  ['volumeDevices', ['devicePath']],
  ['imagePullSecrets', ['name']],
  ['hostAliases', ['ip']],
  ['topologySpreadConstraints', ['topologyKey', 'whenUnsatisfiable']],
  ['ownerReferences', ['uid']],
  ['resourceClaims', ['name']],
  ['webhooks', ['name']],
  ['validations', []],
  ['conditions', ['type']],
]);

/** Lists of plain values that are merged as sets. */
const mergedSets = new Set(['finalizers']);

const builtinGroups = new Set([
  '',
  'apps',
  'batch',
  'autoscaling',
  'policy',
  'extensions',
  'networking.k8s.io',
  'rbac.authorization.k8s.io',
  'storage.k8s.io',
  'admissionregistration.k8s.io',
  'apiregistration.k8s.io',
  'scheduling.k8s.io',
  'node.k8s.io',
  'certificates.k8s.io',
  'coordination.k8s.io',
  'discovery.k8s.io',
]);

/** How a list is merged. */
export type ListMerge = { readonly by: readonly string[] } | 'set' | 'replace';

/** How the list at a field is merged for an API group and kind. */
export function listMerge(group: string, kind: string, field: string): ListMerge {
  if (!builtinGroups.has(group)) return 'replace';
  if (mergedSets.has(field)) return 'set';
  if (field === 'ports')
    return { by: kind === 'Service' ? ['port', 'protocol'] : ['containerPort', 'protocol'] };
  if (field === 'secrets' && kind === 'ServiceAccount') return { by: ['name'] };
  const keys = mergeKeys.get(field);
  return keys && keys.length > 0 ? { by: keys } : 'replace';
}
