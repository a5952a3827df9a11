import { addToGroup } from '../../plain/group-by';
import type { FindingLocation } from '../../findings/finding';
import { apiGroup, type ManifestObject } from '../../tree/manifest';
import { isClusterScopedForKustomize } from '../kinds';
import { mapOf, withValueAt, type PlainMap } from '../../plain/plain-data';
import { asText } from '../../plain/as-text';

/** How kustomize tells objects of one build apart. */
export interface ResourceId {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
}

/** The generator that made an object. */
export interface ResourceGenerator {
  readonly kind: string;
  /**
   * The name of its configuration.
   *
   * @default - it stands in the kustomization file
   */
  readonly name?: string;
  readonly namespace?: string;
}

/** An object on its way through a kustomize build. Never changed in place: bases are shared between overlays. */
export interface Resource {
  /** The object as it is at this stage. */
  readonly object: ManifestObject;
  /** The file and line from which it comes. */
  readonly location: FindingLocation;
  /** What it was called before, the oldest first. References and patches may use any of these. */
  readonly previous: readonly ResourceId[];
  /** Name prefixes that it was given, for telling apart namesakes. */
  readonly prefixes: readonly string[];
  /** Name suffixes that it was given. */
  readonly suffixes: readonly string[];
  /** Whether its name ends in a hash of its content once the build is done. */
  readonly hashed: boolean;
  /** The names of `vars` that stand for a field of it. */
  readonly variables?: readonly string[];
  /** What made it, for those that come from no file of their own. */
  readonly generator?: ResourceGenerator;
  /** Whether it came with fields that have no value at all, which are `undefined` until the build is done. */
  readonly hasBlanks: boolean;
}

const none: readonly never[] = [];

/** A resource as it comes from a file. */
export function newResource(object: ManifestObject, location: FindingLocation, hashed = false): Resource {
  return { object, location, previous: none, prefixes: none, suffixes: none, hashed, hasBlanks: false };
}

/**
 * Whether kustomize keeps notes in the annotations of an object while it works, so that it has annotations even where
 * its file has none.
 */
export function isNoted({ previous, hashed }: Resource): boolean {
  return previous.length > 0 || hashed;
}

/** The current identity. */
export function idOf(resource: Pick<Resource, 'object'>): ResourceId {
  return idOfObject(resource.object);
}

/** The identity of an object. */
export function idOfObject(object: ManifestObject): ResourceId {
  const apiVersion = asText(object.apiVersion);
  const group = apiGroup(apiVersion);
  return {
    group,
    version: group === '' ? apiVersion : apiVersion.slice(group.length + 1),
    kind: asText(object.kind),
    name: asText(object.metadata?.name ?? ''),
    namespace: asText(object.metadata?.namespace ?? ''),
  };
}

/** The original identity: the first one. */
export function originalId(resource: Resource): ResourceId {
  return resource.previous[0] ?? idOf(resource);
}

/** The namespace that kustomize compares: none and `default` are the same. */
export function effectiveNamespace(id: ResourceId): string {
  if (isClusterScopedForKustomize(id.group, id.kind)) return '*';
  return id.namespace === '' ? 'default' : id.namespace;
}

function sameId(a: ResourceId, b: ResourceId): boolean {
  return a.name === b.name && a.kind === b.kind && a.group === b.group && a.version === b.version;
}

/** A text that is equal for equal identities. */
export function idKey(id: ResourceId): string {
  return `${id.group}/${id.version}/${id.kind}/${effectiveNamespace(id)}/${id.name}`;
}

/** The resource with another object, remembering what it was called. */
export function renamed(resource: Resource, object: ManifestObject): Resource {
  const former = idOf(resource);
  const isKnown = resource.previous.some((id) => id.namespace === former.namespace && sameId(id, former));
  if (isKnown) return withObject(resource, object);
  return { ...resource, object, previous: [...resource.previous, former] };
}

/** Whether two resources were given the same last prefixes and suffixes; `orNone` takes none for any. */
export function sameAffixes(a: Resource, b: Resource, orNone: boolean): boolean {
  return sameEnds(a.prefixes, b.prefixes, orNone) && sameEnds(a.suffixes, b.suffixes, orNone);
}

function sameEnds(a: readonly string[], b: readonly string[], orNone: boolean): boolean {
  const length = Math.min(a.length, b.length);
  if (length === 0) return orNone || a.length === b.length;
  return a.slice(-length).every((affix, index) => affix === b[b.length - length + index]);
}

/** The resource with another object of the same identity. */
export function withObject(resource: Resource, object: ManifestObject): Resource {
  return object === resource.object ? resource : { ...resource, object };
}

/** An object with a metadata field set. */
export function withMetadata(object: ManifestObject, field: string, value: unknown): ManifestObject {
  return withValueAt(object, ['metadata', field], value);
}

/** Labels or annotations of an object. */
export function metadataMap(object: ManifestObject, field: 'labels' | 'annotations'): PlainMap {
  return mapOf(object.metadata?.[field]);
}

/** Resources by every identity that they have or had. */
export function indexById(resources: readonly Resource[]): Map<string, number[]> {
  const index = new Map<string, number[]>();
  resources.forEach((resource, position) => {
    const keys = new Set([...resource.previous, idOf(resource)].map(idKey));
    for (const key of keys) addToGroup(index, key, position);
  });
  return index;
}
