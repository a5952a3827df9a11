import type { FindingLocation } from '../../../findings/finding';
import type { ManifestObject } from '../../../tree/manifest';
import { isMap, mapOf, mapValues, withEntry, withoutEntries, type PlainMap } from '../../../plain/plain-data';
import { noteBlankFields } from './blank-fields';
import type { BuildLog } from '../build-log';
import { applyJsonPatch, type WrittenOperation } from './json-patch';
import { isEncrypted } from '../generators/ciphertext';
import { StepError } from '../step-error';
import { withoutBlanks } from '../read/printed-scalars';
import type { Merge } from './merge';
import type { Patch } from './read-patch';
import {
  idKey,
  idOf,
  idOfObject,
  isNoted,
  indexById,
  renamed,
  withMetadata,
  withObject,
  type Resource,
} from '../resource';
import type { ResourceFilter } from '../fields/selector';
import { strategicMerge } from './strategic-merge';

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
    else if (patch.target) current = mergeSelected(current, patch, patch.target, log);
    else {
      byId ??= indexById(current);
      current = mergeNamed(current, patch, byId, { log, isComplete });
    }
    if (current.length !== before.length || patch.operations || patch.nameChange || patch.kindChange)
      byId = undefined;
  }
  return current;
}

function applyOperations(
  resources: readonly Resource[],
  patch: Patch,
  operations: readonly WrittenOperation[],
  log: BuildLog,
): readonly Resource[] {
  const { target } = patch;
  return resources.map((resource) => {
    if (!target?.(resource)) return resource;
    return attempt(resource, patch.location, log, () => operate(resource, patch, operations));
  });
}

/** While kustomize works, an object that it has named has annotations, so a patch can add to them. */
function operate(resource: Resource, { origin }: Patch, operations: readonly WrittenOperation[]): Resource {
  const lacks =
    (origin === 'patches' || isNoted(resource)) && resource.object.metadata?.annotations === undefined;
  const whole = resource.hasBlanks ? (withoutBlanks(resource.object) as ManifestObject) : resource.object;
  const noted = lacks ? withMetadata(whole, 'annotations', {}) : whole;
  const object = applyJsonPatch(noted, operations);
  if (!isObject(object))
    throw new StepError(
      'the result is not a Kubernetes object',
      'keep apiVersion, kind, metadata and metadata.name; to remove the object, use a merge patch with "$patch: delete"',
    );
  const { annotations } = object.metadata ?? {};
  const isVoid = isMap(annotations) && Object.keys(annotations).length === 0;
  const kept = isVoid
    ? withEntry(object, 'metadata', withoutEntries(mapOf(object.metadata), ['annotations']))
    : object;
  return origin === 'patches' ? renamed(resource, kept) : withObject(resource, kept);
}

/** Makes a change; if that fails, the resource stays as it was, and the log says why. */
function attempt<T>(
  resource: Resource,
  location: FindingLocation,
  log: BuildLog,
  change: () => T,
): T | Resource {
  try {
    return change();
  } catch (error) {
    if (!(error instanceof StepError)) throw error;
    const { kind, name } = idOf(resource);
    const where = error.field === '' ? '' : `, in ${JSON.stringify(error.field)}`;
    const message = `a patch cannot be applied to ${kind} ${JSON.stringify(name)}${where}: ${error.message}`;
    log.error('patch-failed', message, location, { hint: error.hint });
    return resource;
  }
}

function isObject(value: unknown): value is ManifestObject {
  return (
    isMap(value) &&
    typeof value.apiVersion === 'string' &&
    typeof value.kind === 'string' &&
    isMap(value.metadata) &&
    Boolean(value.metadata.name)
  );
}

function mergeSelected(
  resources: readonly Resource[],
  patch: Patch,
  target: ResourceFilter,
  log: BuildLog,
): readonly Resource[] {
  return resources.flatMap((resource) => {
    if (!target(resource)) return [resource];
    const merged = patch.merges.reduce<Resource | undefined>(
      (current, merge) =>
        current && attempt(current, merge.location, log, () => mergeInto(current, merge, patch, log)),
      resource,
    );
    return merged ? [merged] : [];
  });
}

function mergeNamed(
  resources: readonly Resource[],
  patch: Patch,
  byId: ReadonlyMap<string, readonly number[]>,
  { log, isComplete }: { readonly log: BuildLog; readonly isComplete: boolean },
): readonly Resource[] {
  const changed = new Map<number, Resource | undefined>();
  for (const merge of patch.merges) {
    const id = idOfObject(merge.object as unknown as ManifestObject);
    const positions = byId.get(idKey(id)) ?? [];
    const [position] = positions;
    if (position === undefined || positions.length > 1) {
      if (!isComplete) continue;
      const count = positions.length === 0 ? 'none' : positions.length;
      const namespace = id.namespace === '' ? '' : ` in namespace ${JSON.stringify(id.namespace)}`;
      log.error(
        'patch-target-missing',
        `the patch of ${id.kind} ${JSON.stringify(id.name)}${namespace} must match one object of the build, and matches ${count}, so the build fails`,
        merge.location,
        {
          hint: 'correct apiVersion, kind, name and namespace of the patch, list the file with the object, or remove the patch',
        },
      );
      continue;
    }
    const current = changed.has(position) ? changed.get(position) : resources[position];
    if (current)
      changed.set(
        position,
        attempt(current, merge.location, log, () => mergeInto(current, merge, patch, log)),
      );
  }
  if (changed.size === 0) return resources;
  return resources.flatMap((resource, position) => {
    const result = changed.has(position) ? changed.get(position) : resource;
    return result ? [result] : [];
  });
}

/** Merges one patch; name, namespace and kind stay, unless the patch may change them. */
function mergeInto(resource: Resource, from: Merge, patch: Patch, log: BuildLog): Resource | undefined {
  const { object: merge, location } = from;
  const before = resource.object;
  noteBlankFields(before, from, log);
  if (isEncrypted(before) && isEncrypted(merge as unknown as ManifestObject))
    refuseEncrypted(resource, location, log);
  // kustomize creates the replacement of a whole object, and then continues with the old one.
  const isSelected = patch.target !== undefined || patch.origin === 'patchesStrategicMerge';
  const given = isSelected ? withNullTexts(merge) : merge;
  const merged = merge.$patch === 'replace' ? before : strategicMerge(before, given);
  if (!merged) return undefined;
  let object = withEntry(merged, 'apiVersion', before.apiVersion);
  if (!patch.kindChange) object = withEntry(object, 'kind', before.kind);
  if (!patch.nameChange) object = withMetadata(object, 'name', before.metadata?.name);
  object = restoreNamespace(object, before);
  return patch.nameChange || patch.kindChange ? renamed(resource, object) : withObject(resource, object);
}

/**
 * kustomize reads the labels and annotations of a patch for selected objects as strings: `null` removes none of them, and
 * instead of all it changes nothing.
 */
function withNullTexts(merge: PlainMap): PlainMap {
  const metadata = mapOf(merge.metadata);
  const text = (value: unknown) => (value === null ? 'null' : value);
  const changed = (['labels', 'annotations'] as const).reduce<PlainMap>((current, field) => {
    if (current[field] === null) return withoutEntries(current, [field]);
    return isMap(current[field]) ? withEntry(current, field, mapValues(current[field], text)) : current;
  }, metadata);
  return changed === metadata ? merge : withEntry(merge, 'metadata', changed);
}

function refuseEncrypted(resource: Resource, location: FindingLocation, log: BuildLog): void {
  const { kind, name } = idOf(resource);
  const message = `a patch that is encrypted with SOPS is merged into ${kind} ${JSON.stringify(name)}, which is encrypted too, and Flux cannot decrypt the result`;
  log.error('sops-patch-over-encrypted', message, location, {
    hint: 'use one whole encrypted object in each overlay, or a patch that is not encrypted',
  });
}

function restoreNamespace(object: ManifestObject, before: ManifestObject): ManifestObject {
  if (object.metadata?.namespace === before.metadata?.namespace) return object;
  if (before.metadata?.namespace !== undefined)
    return withMetadata(object, 'namespace', before.metadata.namespace);
  const { namespace: _, ...metadata } = object.metadata ?? {};
  return withEntry(object, 'metadata', metadata);
}
