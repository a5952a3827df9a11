import type { ManifestObject } from '../../tree/manifest';
import { listOf, mapList, mapOf, valueAt, withEntry, withValueAt } from '../plain-data';
import { idOf, renamed, withMetadata, type Resource } from './resource';
import { isClusterScopedForKustomize } from '../kinds';

/** Which subjects of role bindings get a namespace. */
export type SubjectMode = 'defaultOnly' | 'allServiceAccounts' | 'none';

/** Options of the namespace transformer. */
export interface NamespaceOptions {
  /**
   * Whether objects that have a namespace keep it.
   *
   * @default false
   */
  readonly unsetOnly?: boolean;
  /**
   * Which subjects of role bindings follow.
   *
   * @default 'defaultOnly'
   */
  readonly subjects?: SubjectMode;
}

/**
 * Sets the namespace of every object that kustomize does not know to be cluster-scoped, the name of Namespaces, and
 * the fields that refer to a namespace.
 */
export function setNamespace(
  resource: Resource,
  namespace: string,
  options: NamespaceOptions = {},
): Resource {
  const { kind, group } = idOf(resource);
  let object = resource.object;
  if (group === '' && kind === 'Namespace') object = withMetadata(object, 'name', namespace);
  else if (!isClusterScopedForKustomize(group, kind) && !(options.unsetOnly && object.metadata?.namespace)) {
    object = withMetadata(object, 'namespace', namespace);
  }
  object = setReferredNamespace(object, namespace, options.subjects ?? 'defaultOnly');
  return renamed(resource, object);
}

function setReferredNamespace(object: ManifestObject, namespace: string, mode: SubjectMode): ManifestObject {
  switch (object.kind) {
    case 'RoleBinding':
    case 'ClusterRoleBinding':
      return setSubjects(object, namespace, mode);
    case 'APIService':
      return valueAt(object, 'spec', 'service') === undefined
        ? object
        : withValueAt(object, ['spec', 'service', 'namespace'], namespace);
    case 'CustomResourceDefinition':
      return valueAt(object, 'spec', 'conversion', 'webhook', 'clientConfig', 'service') === undefined
        ? object
        : withValueAt(
            object,
            ['spec', 'conversion', 'webhook', 'clientConfig', 'service', 'namespace'],
            namespace,
          );
    default:
      return object;
  }
}

function setSubjects(object: ManifestObject, namespace: string, mode: SubjectMode): ManifestObject {
  if (mode === 'none' || !Array.isArray(object.subjects)) return object;
  const subjects = mapList(listOf(object.subjects), (subject) => {
    const { kind, name } = mapOf(subject);
    const follows = kind === 'ServiceAccount' && (mode === 'allServiceAccounts' || name === 'default');
    return follows ? withEntry(mapOf(subject), 'namespace', namespace) : subject;
  });
  return withEntry(object, 'subjects', subjects);
}

/** Kinds whose names mean something, so that prefixes and suffixes keep away. */
const keepsName = new Set(['CustomResourceDefinition', 'APIService', 'Namespace']);

/** Adds a prefix to the name. */
export function addPrefix(resource: Resource, prefix: string): Resource {
  if (prefix === '' || keepsName.has(resource.object.kind)) return resource;
  const name = String(resource.object.metadata?.name ?? '');
  return renamed(resource, withMetadata(resource.object, 'name', `${prefix}${name}`), `${prefix}-`);
}

/** Adds a suffix to the name. */
export function addSuffix(resource: Resource, suffix: string): Resource {
  if (suffix === '' || keepsName.has(resource.object.kind)) return resource;
  const name = String(resource.object.metadata?.name ?? '');
  return renamed(resource, withMetadata(resource.object, 'name', `${name}${suffix}`), `-${suffix}`);
}
