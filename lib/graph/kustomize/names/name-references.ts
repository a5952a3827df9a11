import { addToGroup } from '../../../plain/group-by';
import type { ManifestObject } from '../../../tree/manifest';
import { asText } from '../../../plain/as-text';
import { isMap, listOf, mapList, mapOf, withEntry } from '../../../plain/plain-data';
import type { BuildLog } from '../build-log';
import { appliesTo, changeAt, splitFieldPath, type FieldSpec } from '../fields/field-spec';
import { builtinNameReferences, type NameReference } from '../fields/name-reference-table';
import {
  effectiveNamespace,
  idOf,
  originalId,
  sameAffixes,
  withObject,
  type Resource,
  type ResourceId,
} from '../resource';

/** A reference field of one kind, and the kind that it refers to. */
interface ReferenceField {
  readonly field: FieldSpec;
  readonly keys: readonly string[];
  readonly target: NameReference;
}

/** Objects by kind and by a name that they had. */
interface Renamed {
  readonly byName: ReadonlyMap<string, readonly Resource[]>;
  /** The namespaces that objects of a namespace have now. */
  readonly moves: ReadonlyMap<string, ReadonlySet<string>>;
}

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
  if (resources.every(({ previous }) => previous.length === 0)) return resources;
  const objects: Renamed = { byName: byFormerName(resources), moves: movesOf(resources) };
  const fields = fieldsByKind([...builtinNameReferences, ...more]);
  return mapList(resources, (resource) => {
    const own = [...(fields.get(resource.object.kind) ?? []), ...(fields.get('') ?? [])];
    if (own.length === 0) return resource;
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

function byFormerName(resources: readonly Resource[]): Map<string, Resource[]> {
  const found = new Map<string, Resource[]>();
  for (const resource of resources) {
    const names = new Set(resource.previous.map(({ name }) => name));
    const kinds = new Set(resource.previous.map(({ kind }) => kind));
    for (const key of [...kinds].flatMap((kind) => [...names].map((name) => `${kind}/${name}`))) {
      addToGroup(found, key, resource);
    }
  }
  return found;
}

/** The new namespaces of the objects in a namespace. */
function movesOf(resources: readonly Resource[]): Map<string, Set<string>> {
  const moves = new Map<string, Set<string>>();
  for (const resource of resources) {
    const original = effectiveNamespace(originalId(resource));
    const current = effectiveNamespace(idOf(resource));
    if (original === '*') continue;
    const list = moves.get(original);
    if (list) list.add(current);
    else moves.set(original, new Set([current]));
  }
  return moves;
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

/** What is known when a reference is updated. */
interface Search {
  readonly referrer: Resource;
  readonly reference: ReferenceField;
  readonly objects: Renamed;
  readonly log: BuildLog;
}

function update(found: unknown, search: Search): unknown {
  if (Array.isArray(found)) return mapList(found, (entry: unknown) => update(entry, search));
  if (isMap(found)) {
    const target = choose(asText(found.name ?? ''), search, found.namespace ?? null);
    if (!target) return found;
    const { name, namespace } = idOf(target);
    const updated = withEntry(found, 'name', name);
    return namespace === '' ? updated : withEntry(updated, 'namespace', namespace);
  }
  if (typeof found !== 'string') return found;
  const target = choose(found, search);
  return target ? idOf(target).name : found;
}

/**
 * The object that a name means: one of the right kind, in reach, and if there are several, one with the same affixes.
 */
function choose(name: string, search: Search, namespace?: unknown): Resource | undefined {
  const { referrer, objects } = search;
  const { target } = search.reference;
  const isMeant = namespaceFilter(namespace, search);
  let candidates = (objects.byName.get(`${target.kind}/${name}`) ?? []).filter(
    (candidate) =>
      isOfKind(candidate, search) &&
      inReach(referrer, candidate.object.kind, idOf(candidate)) &&
      isMeant(candidate),
  );
  if (candidates.length > 1)
    candidates = candidates.filter((candidate) => sameAffixes(candidate, referrer, true));
  if (candidates.length > 1)
    candidates = candidates.filter((candidate) => sameAffixes(candidate, referrer, false));
  const [first, ...rest] = candidates;
  if (!first) return undefined;
  if (rest.every((other) => sameName(idOf(other), idOf(first), namespace !== undefined))) return first;
  search.log.error(
    'reference-ambiguous',
    `${referrer.object.kind} ${JSON.stringify(idOf(referrer).name)} refers to ${target.kind} ${JSON.stringify(name)}, and several objects have this name: ${candidates.map((candidate) => JSON.stringify(`${effectiveNamespace(idOf(candidate))}/${idOf(candidate).name}`)).join(', ')}`,
    referrer.location,
    { hint: 'add a namespace to the reference, or rename the objects' },
  );
  return undefined;
}

function isOfKind(candidate: Resource, { referrer, reference }: Search): boolean {
  const { target, field } = reference;
  const { group, version } = idOf(candidate);
  if (target.group && target.group !== group) return false;
  if (target.version && target.version !== version) return false;
  if (!field.path.endsWith('roleRef/name')) return true;
  const { apiGroup, kind } = mapOf(referrer.object.roleRef);
  if (apiGroup === undefined || kind === undefined) return true;
  return apiGroup === group && candidate.previous.some((id) => id.kind === kind);
}

/**
 * If a reference has a namespace, it means the original object of that namespace or, if there was none, the current
 * one.
 */
function namespaceFilter(namespace: unknown, { referrer, objects }: Search): (target: Resource) => boolean {
  if (typeof namespace !== 'string') return () => true;
  const moved = [...(objects.moves.get(namespace) ?? [])];
  if (moved.some((current) => namespaceInReach(referrer, current)))
    return (target) => effectiveNamespace(originalId(target)) === namespace;
  return (target) => effectiveNamespace(idOf(target)) === namespace;
}

function sameName(a: ResourceId, b: ResourceId, sameNamespace: boolean): boolean {
  return a.name === b.name && (!sameNamespace || a.namespace === b.namespace);
}

/** Objects with the same name in other namespaces are not meant, except for service accounts in a role binding. */
function inReach(referrer: Resource, kind: string, target: ResourceId): boolean {
  const to = effectiveNamespace(target);
  const isForeign = to !== '*' && to !== effectiveNamespace(idOf(referrer));
  if (isForeign && referrer.object.kind === 'RoleBinding' && kind !== 'ServiceAccount') return false;
  return namespaceInReach(referrer, target.namespace === '' ? to : target.namespace);
}

function namespaceInReach(referrer: Resource, namespace: string): boolean {
  const from = effectiveNamespace(idOf(referrer));
  if (from === '*' || namespace === '*' || from === namespace) return true;
  return (
    referrer.object.kind === 'RoleBinding' &&
    listOf(referrer.object.subjects)
      .map(mapOf)
      .some((subject) => subject.kind === 'ServiceAccount' && subject.namespace === namespace)
  );
}
