import type { ManifestObject } from '../../tree/manifest';
import { isClusterScopedForKustomize } from '../kinds';
import { listOf, mapList, mapOf, withEntry } from '../../plain/plain-data';
import { appliesTo, changeAt, splitFieldPath, type FieldSpec } from './field-spec';
import { idOf, originalId, renamed, withMetadata, type Resource, type ResourceId } from './resource';

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
  if (object.apiVersion === 'v1' && kind === 'Namespace') object = withMetadata(object, 'name', namespace);
  else if (!isClusterScopedForKustomize(group, kind) && !(options.unsetOnly && object.metadata?.namespace)) {
    object = withMetadata(object, 'namespace', namespace);
  }
  object = setReferredNamespace(object, namespace, options.subjects ?? 'defaultOnly');
  return renamed(resource, object);
}

function setReferredNamespace(object: ManifestObject, namespace: string, mode: SubjectMode): ManifestObject {
  if (object.kind === 'RoleBinding' || object.kind === 'ClusterRoleBinding')
    return setSubjects(object, namespace, mode);
  return namespaceFields
    .filter((field) => appliesTo(field, object))
    .reduce<ManifestObject>(
      (changed, { path, create = false }) =>
        changeAt(changed, splitFieldPath(path), create, () => namespace) as ManifestObject,
      object,
    );
}

/** Fields that name a namespace. */
const namespaceFields: readonly FieldSpec[] = [
  { path: 'spec/service/namespace', kind: 'APIService', group: 'apiregistration.k8s.io', create: true },
  {
    path: 'spec/conversion/webhook/clientConfig/service/namespace',
    kind: 'CustomResourceDefinition',
    group: 'apiextensions.k8s.io',
  },
];

/** The default mode goes by the name alone: a user or group called `default` gets a namespace too. */
function setSubjects(object: ManifestObject, namespace: string, mode: SubjectMode): ManifestObject {
  if (mode === 'none' || !Array.isArray(object.subjects)) return object;
  const subjects = mapList(listOf(object.subjects), (subject) => {
    const { kind, name } = mapOf(subject);
    const follows = mode === 'allServiceAccounts' ? kind === 'ServiceAccount' : name === 'default';
    return follows ? withEntry(mapOf(subject), 'namespace', namespace) : subject;
  });
  return withEntry(object, 'subjects', subjects);
}

/** Kinds whose names mean something, so that prefixes and suffixes keep away. */
function keepsName({ kind, group }: ResourceId): boolean {
  return (
    kind === 'CustomResourceDefinition' ||
    kind === 'Namespace' ||
    (kind === 'APIService' && group === 'apiregistration.k8s.io')
  );
}

/** Adds a prefix to the name. */
export function addPrefix(resource: Resource, prefix: string): Resource {
  if (keepsName(originalId(resource))) return resource;
  const name = String(resource.object.metadata?.name ?? '');
  const changed = renamed(resource, withMetadata(resource.object, 'name', `${prefix}${name}`));
  return { ...changed, prefixes: [...resource.prefixes, prefix] };
}

/** Adds a suffix to the name. */
export function addSuffix(resource: Resource, suffix: string): Resource {
  if (keepsName(originalId(resource))) return resource;
  const name = String(resource.object.metadata?.name ?? '');
  const changed = renamed(resource, withMetadata(resource.object, 'name', `${name}${suffix}`));
  return { ...changed, suffixes: [...resource.suffixes, suffix] };
}
