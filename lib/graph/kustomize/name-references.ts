import type { ManifestObject } from '../../tree/manifest';
import { isMap, listOf, mapList, mapOf, withEntry } from '../plain-data';
import type { BuildLog } from './build-problem';
import { changeAt, splitFieldPath, type FieldSpec } from './field-path';
import { appliesTo } from './labels';
import { builtinNameReferences, type NameReference } from './name-reference-table';
import { effectiveNamespace, idOf, withObject, type Resource, type ResourceId } from './resource';

/** A reference field of one kind, and the kind to which it refers. */
interface ReferenceField {
  readonly field: FieldSpec;
  readonly keys: readonly string[];
  readonly target: NameReference;
}

/** Renamed objects by kind and by a name that they had. */
type Renamed = ReadonlyMap<string, readonly Resource[]>;

/**
 * Updates fields that refer to an object by name where prefixes, suffixes, hashes or patches changed that name.
 *
 * @param more - references of custom kinds, from `configurations`
 * @param log - gets a finding where a name may mean several objects
 */
export function updateNameReferences(
  resources: readonly Resource[],
  more: readonly NameReference[],
  log: BuildLog,
): readonly Resource[] {
  const objects = byFormerName(resources);
  if (objects.size === 0) return resources;
  const fields = fieldsByKind([...builtinNameReferences, ...more]);
  return mapList(resources, (resource) => {
    const own = fields.get(resource.object.kind);
    if (!own) return resource;
    let object: unknown = resource.object;
    for (const reference of own) {
      if (!appliesTo(reference.field, resource.object)) continue;
      object = changeAt(object, reference.keys, false, (found) =>
        update(found, { referrer: resource, reference, objects, log }),
      );
    }
    return withObject(resource, object as ManifestObject);
  });
}

function byFormerName(resources: readonly Resource[]): Renamed {
  const found = new Map<string, Resource[]>();
  for (const resource of resources) {
    const current = idOf(resource);
    const changed = resource.previous.some(
      ({ name, namespace }) => name !== current.name || namespace !== current.namespace,
    );
    if (!changed) continue;
    const keys = new Set(resource.previous.map(({ kind, name }) => `${kind}/${name}`));
    for (const key of keys) found.set(key, [...(found.get(key) ?? []), resource]);
  }
  return found;
}

function fieldsByKind(references: readonly NameReference[]): Map<string, ReferenceField[]> {
  const byKind = new Map<string, ReferenceField[]>();
  for (const target of references) {
    for (const field of target.fields) {
      const entry = { field, keys: splitFieldPath(field.path), target };
      const list = byKind.get(field.kind ?? '');
      if (list) list.push(entry);
      else byKind.set(field.kind ?? '', [entry]);
    }
  }
  return byKind;
}

/** What is known where a reference is updated. */
interface Search {
  readonly referrer: Resource;
  readonly reference: ReferenceField;
  readonly objects: Renamed;
  readonly log: BuildLog;
}

function update(found: unknown, search: Search): unknown {
  if (Array.isArray(found)) return mapList(found, (entry: unknown) => update(entry, search));
  if (isMap(found)) {
    const target = choose(String(found.name ?? ''), search, found.namespace);
    if (!target) return found;
    const { name, namespace } = idOf(target);
    const updated = withEntry(found, 'name', name);
    return namespace === '' ? updated : withEntry(updated, 'namespace', namespace);
  }
  if (typeof found !== 'string') return found;
  const target = choose(found, search);
  return target ? idOf(target).name : found;
}

/** The object meant by a name: of the right kind, in reach, and where several are, the one with the same affixes. */
function choose(name: string, search: Search, namespace?: unknown): Resource | undefined {
  const { referrer, reference, objects } = search;
  const { target, field } = reference;
  const roleRef = field.path.endsWith('roleRef/name') ? mapOf(referrer.object.roleRef) : undefined;
  if (roleRef && roleRef.kind !== target.kind) return undefined;
  const inNamespace = (id: ResourceId) => effectiveNamespace(id) === namespace;
  let candidates = (objects.get(`${target.kind}/${name}`) ?? []).filter((candidate) => {
    const id = idOf(candidate);
    if (target.group && target.group !== id.group) return false;
    if (typeof namespace === 'string' && ![...candidate.previous, id].some(inNamespace)) return false;
    return inReach(referrer, id);
  });
  if (candidates.length > 1) candidates = candidates.filter(({ affixes }) => affixes === referrer.affixes);
  const [first, ...rest] = candidates;
  if (!first) return undefined;
  if (rest.every((other) => sameName(idOf(other), idOf(first)))) return first;
  search.log.error(
    'reference-ambiguous',
    `${referrer.object.kind} ${JSON.stringify(idOf(referrer).name)} names the ${target.kind} ${JSON.stringify(name)}, of which there are several: ${candidates.map((candidate) => JSON.stringify(`${effectiveNamespace(idOf(candidate))}/${idOf(candidate).name}`)).join(', ')}`,
    referrer.location,
    { hint: 'give the reference a namespace, or the objects other names' },
  );
  return undefined;
}

function sameName(a: ResourceId, b: ResourceId): boolean {
  return a.name === b.name && effectiveNamespace(a) === effectiveNamespace(b);
}

/** Namesakes of other namespaces are not meant, but for service accounts to which a role binding gives a role. */
function inReach(referrer: Resource, target: ResourceId): boolean {
  const [from, to] = [effectiveNamespace(idOf(referrer)), effectiveNamespace(target)];
  if (from === '*' || to === '*' || from === to) return true;
  return (
    referrer.object.kind === 'RoleBinding' &&
    target.kind === 'ServiceAccount' &&
    listOf(referrer.object.subjects)
      .map(mapOf)
      .some((subject) => subject.kind === 'ServiceAccount' && subject.namespace === target.namespace)
  );
}
