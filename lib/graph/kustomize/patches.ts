import type { FindingLocation } from '../../findings/finding';
import { FindingsError } from '../../findings/findings-error';
import type { ManifestObject } from '../../tree/manifest';
import { parseDocuments } from '../../yaml/parse';
import { isMap, mapOf, withEntry, type PlainMap } from '../plain-data';
import type { BuildLog } from './build-problem';
import { applyJsonPatch, JsonPatchError, type JsonPatchOperation } from './json-patch';
import {
  idKey,
  idOf,
  idOfObject,
  indexById,
  renamed,
  withMetadata,
  withObject,
  type Resource,
} from './resource';
import { resourceFilter, type ResourceFilter } from './selector';
import { strategicMerge } from './strategic-merge';

/** A patch that can be applied: merges, or JSON operations, and what it is for. */
export interface Patch {
  readonly merges: readonly PlainMap[];
  readonly operations?: readonly JsonPatchOperation[];
  readonly target?: ResourceFilter;
  readonly nameChange: boolean;
  readonly kindChange: boolean;
  /** Where the patch is written. */
  readonly location: FindingLocation;
}

/** What a patch is made from. */
export interface PatchInput {
  /** The patch as YAML or JSON, or already as data. */
  readonly content: unknown;
  /**
   * The selector of what it is for.
   *
   * @default - the object that a merge patch names
   */
  readonly target?: unknown;
  /**
   * `allowNameChange`, `allowKindChange`.
   *
   * @default - none
   */
  readonly options?: unknown;
  readonly location: FindingLocation;
}

/** Reads a patch; `undefined` where it cannot be read, and the log says why. */
export function readPatch(input: PatchInput, log: BuildLog): Patch | undefined {
  const { location } = input;
  try {
    const documents =
      typeof input.content === 'string' ? parsePatch(input.content, location) : [input.content];
    const options = mapOf(input.options);
    const target =
      isMap(input.target) && Object.keys(input.target).length > 0 ? resourceFilter(input.target) : undefined;
    const common = {
      target,
      location,
      nameChange: options.allowNameChange === true,
      kindChange: options.allowKindChange === true,
    };
    const [first] = documents;
    if (documents.length === 1 && Array.isArray(first)) {
      return { ...common, merges: [], operations: first.filter(isMap) as unknown as JsonPatchOperation[] };
    }
    const merges = documents.filter(isMap);
    if (merges.length > 0) return { ...common, merges };
    log.error('patch-invalid', 'a patch is neither an object nor a list of JSON patch operations', location);
  } catch (error) {
    const reason = FindingsError.isFindingsError(error) ? error.findings[0]?.message : String(error);
    log.error('patch-invalid', `a patch cannot be read: ${reason}`, location);
  }
  return undefined;
}

function parsePatch(text: string, location: FindingLocation): unknown[] {
  const values = parseDocuments(text, location.file ?? '').map(({ value }) => value);
  return values.filter((value) => value !== null);
}

/** Applies patches in order. What a patch deletes is left out. */
export function applyPatches(
  resources: readonly Resource[],
  patches: readonly Patch[],
  log: BuildLog,
  isComplete = true,
): readonly Resource[] {
  let current = resources;
  let byId: Map<string, number[]> | undefined;
  for (const patch of patches) {
    const before = current;
    if (patch.operations) current = applyOperations(current, patch, patch.operations, log);
    else if (patch.target) current = mergeSelected(current, patch, patch.target);
    else {
      byId ??= indexById(current);
      current = mergeNamed(current, patch, byId, isComplete ? log : undefined);
    }
    if (current.length !== before.length || patch.operations || patch.nameChange || patch.kindChange)
      byId = undefined;
  }
  return current;
}

function applyOperations(
  resources: readonly Resource[],
  patch: Patch,
  operations: readonly JsonPatchOperation[],
  log: BuildLog,
): readonly Resource[] {
  const { target, location } = patch;
  if (!target) {
    log.error('patch-invalid', 'a JSON patch has no target', location);
    return resources;
  }
  return resources.map((resource) => {
    if (!target(resource)) return resource;
    try {
      const object = applyJsonPatch(resource.object, operations);
      if (!isObject(object)) throw new JsonPatchError('what is left is no Kubernetes object');
      return renamed(resource, object);
    } catch (error) {
      if (!(error instanceof JsonPatchError)) throw error;
      const { kind, name } = idOf(resource);
      log.error(
        'patch-failed',
        `a patch cannot be applied to ${kind} ${JSON.stringify(name)}: ${error.message}`,
        location,
      );
      return resource;
    }
  });
}

function isObject(value: unknown): value is ManifestObject {
  return (
    isMap(value) &&
    typeof value.apiVersion === 'string' &&
    typeof value.kind === 'string' &&
    isMap(value.metadata)
  );
}

function mergeSelected(
  resources: readonly Resource[],
  patch: Patch,
  target: ResourceFilter,
): readonly Resource[] {
  return resources.flatMap((resource) => {
    if (!target(resource)) return [resource];
    const merged = patch.merges.reduce<Resource | undefined>(
      (current, merge) => current && mergeInto(current, merge, patch),
      resource,
    );
    return merged ? [merged] : [];
  });
}

function mergeNamed(
  resources: readonly Resource[],
  patch: Patch,
  byId: ReadonlyMap<string, readonly number[]>,
  log: BuildLog | undefined,
): readonly Resource[] {
  const changed = new Map<number, Resource | undefined>();
  for (const merge of patch.merges) {
    const id = idOfObject(merge as unknown as ManifestObject);
    const positions = byId.get(idKey(id)) ?? [];
    const [position] = positions;
    if (position === undefined || positions.length > 1) {
      const count = positions.length === 0 ? 'no object' : `${positions.length} objects`;
      const namespace = id.namespace === '' ? '' : ` in namespace ${JSON.stringify(id.namespace)}`;
      log?.error(
        'patch-target-missing',
        `${count} matches the patch of ${id.kind} ${JSON.stringify(id.name)}${namespace}`,
        patch.location,
      );
      continue;
    }
    const current = changed.has(position) ? changed.get(position) : resources[position];
    if (current) changed.set(position, mergeInto(current, merge, patch));
  }
  if (changed.size === 0) return resources;
  return resources.flatMap((resource, position) => {
    const result = changed.has(position) ? changed.get(position) : resource;
    return result ? [result] : [];
  });
}

/** Merges one patch; name, namespace and kind stay what they were unless the patch may change them. */
function mergeInto(resource: Resource, merge: PlainMap, patch: Patch): Resource | undefined {
  const before = resource.object;
  const merged = strategicMerge(before, merge);
  if (!merged) return undefined;
  let object = merged;
  if (!patch.kindChange)
    object = withEntry(withEntry(object, 'kind', before.kind), 'apiVersion', before.apiVersion);
  if (!patch.nameChange) object = withMetadata(object, 'name', before.metadata?.name);
  object = restoreNamespace(object, before);
  return patch.nameChange || patch.kindChange ? renamed(resource, object) : withObject(resource, object);
}

function restoreNamespace(object: ManifestObject, before: ManifestObject): ManifestObject {
  if (object.metadata?.namespace === before.metadata?.namespace) return object;
  if (before.metadata?.namespace !== undefined)
    return withMetadata(object, 'namespace', before.metadata.namespace);
  const { namespace: _, ...metadata } = object.metadata ?? {};
  return withEntry(object, 'metadata', metadata);
}
