import type { ManifestObject } from '../../../tree/manifest';
import { isClusterScopedForKustomize } from '../../kinds';
import { listOf, mapList, mapOf, withEntry } from '../../../plain/plain-data';
import { appliesTo, changeAt, splitFieldPath, type FieldSpec } from '../fields/field-spec';
import {
  idOf,
  originalId,
  renamed,
  withMetadata,
  withObject,
  type Resource,
  type ResourceId,
} from '../resource';

/** Which subjects of role bindings get a namespace. */
export type SubjectMode = 'defaultOnly' | 'allServiceAccounts' | 'none';

/** Options of the namespace transformer. */
export interface NamespaceOptions {
  /** Fields that name a namespace, beside that of the object itself. */
  readonly fields: readonly FieldSpec[];
  /**
   * Whether fields that name a namespace keep it.
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
 * Sets the namespace of every object that kustomize does not know to be cluster-scoped, and the fields that name a
 * namespace, such as the name of a Namespace.
 */
export function setNamespace(resource: Resource, namespace: string, options: NamespaceOptions): Resource {
  return renamed(resource, withNamespace(resource.object, namespace, options));
}

/** The same of an object, which does not remember what it was called. */
export function withNamespace(
  object: ManifestObject,
  namespace: string,
  { fields, unsetOnly = false, subjects = 'defaultOnly' }: NamespaceOptions,
): ManifestObject {
  const set = (found: unknown) => (unsetOnly && hasValue(found) ? found : namespace);
  const { kind, group } = idOf({ object });
  let changed = object;
  if (!isClusterScopedForKustomize(group, kind))
    changed = withMetadata(changed, 'namespace', set(changed.metadata?.namespace));
  const isBinding = kind === 'RoleBinding' || kind === 'ClusterRoleBinding';
  if (isBinding) changed = setSubjects(changed, subjects, set);
  return fields
    .filter((field) => appliesTo(field, object) && isOwnField(field, object, isBinding))
    .reduce<ManifestObject>(
      (current, { path, create = false }) =>
        changeAt(current, splitFieldPath(path), create, set) as ManifestObject,
      changed,
    );
}

function hasValue(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}

/** Whether a field is set like any other: what was done above is not done again, and only core objects are renamed. */
function isOwnField({ path }: FieldSpec, object: ManifestObject, isBinding: boolean): boolean {
  if (path === 'metadata/namespace' || (isBinding && path === 'subjects/namespace')) return false;
  return path !== 'metadata/name' || object.apiVersion === 'v1';
}

/** The default mode uses only the name: a user or group called `default` gets a namespace too. */
function setSubjects(
  object: ManifestObject,
  mode: SubjectMode,
  set: (found: unknown) => unknown,
): ManifestObject {
  if (mode === 'none' || !Array.isArray(object.subjects)) return object;
  const subjects = mapList(listOf(object.subjects), (entry) => {
    const subject = mapOf(entry);
    const follows =
      mode === 'allServiceAccounts' ? subject.kind === 'ServiceAccount' : subject.name === 'default';
    return follows ? withEntry(subject, 'namespace', set(subject.namespace)) : entry;
  });
  return withEntry(object, 'subjects', subjects);
}

/** Kinds whose names have a meaning, so prefixes and suffixes do not apply. */
function keepsName({ kind, group }: ResourceId): boolean {
  return (
    kind === 'CustomResourceDefinition' ||
    kind === 'Namespace' ||
    (kind === 'APIService' && group === 'apiregistration.k8s.io')
  );
}

/** Adds a prefix or suffix to the name, and to what other fields hold. */
export function addAffix(
  resource: Resource,
  part: 'prefixes' | 'suffixes',
  affix: string,
  fields: readonly FieldSpec[],
): Resource {
  if (keepsName(originalId(resource))) return resource;
  const add = (found: unknown) =>
    typeof found === 'object'
      ? found
      : part === 'prefixes'
        ? `${affix}${String(found)}`
        : `${String(found)}${affix}`;
  return fields
    .filter((field) => appliesTo(field, resource.object))
    .reduce((current, { path, create = false }) => {
      const object = changeAt(current.object, splitFieldPath(path), create, (found) =>
        add(found ?? ''),
      ) as ManifestObject;
      if (path !== 'metadata/name') return withObject(current, object);
      return { ...renamed(current, object), [part]: [...current[part], affix] };
    }, resource);
}
