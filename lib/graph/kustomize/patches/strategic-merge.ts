import { nearestHint } from '../../../findings/nearest-name';
import type { ManifestObject } from '../../../tree/manifest';
import { isMap, withoutEntries, type PlainMap } from '../../../plain/plain-data';
import { mergeEntries } from './associative-list';
import { StepError } from '../step-error';
import { mergeSchema, type FieldSchema } from './merge-schema';
import { asText } from '../../../plain/as-text';

/**
 * Merges a strategic merge patch into an object as kustomize does: `null` removes, `$patch` is followed, and lists of
 * built-in kinds are merged by their keys. Entries that the patch names stand first, in its order.
 *
 * @returns the object, or `undefined` where the patch deletes it
 * @throws StepError where a map, a list or a scalar meets one of the others, or a `$patch` is unknown
 */
export function strategicMerge(object: ManifestObject, patch: PlainMap): ManifestObject | undefined {
  return mergeValue(object, { ...patch, apiVersion: object.apiVersion }, undefined) as
    ManifestObject | undefined;
}

/** A merged value; `undefined` means no value, on either side and as the result. */
function mergeValue(target: unknown, patch: unknown, schema: FieldSchema | undefined): unknown {
  const form = formOf(target) ?? formOf(patch);
  if (form !== (formOf(patch) ?? form))
    throw new StepError(
      `a ${formOf(patch)} cannot be merged into a ${form}`,
      `write a ${form} in the patch, as the object has it, or replace the field with a JSON patch`,
    );
  const known = schema ?? schemaOf(target) ?? schemaOf(patch);
  if (form === 'scalar') return patch === undefined ? target : (patch ?? undefined);
  if (form !== 'list') return mergeMap(target, patch, known);
  if (known?.mergedBy) return mergeList(target, patch, known);
  return patch === undefined ? target : (patch ?? undefined);
}

function formOf(value: unknown): 'map' | 'list' | 'scalar' | undefined {
  if (value === undefined || value === null) return undefined;
  return Array.isArray(value) ? 'list' : isMap(value) ? 'map' : 'scalar';
}

/** The schema of an object, also of one inside another. */
function schemaOf(value: unknown): FieldSchema | undefined {
  if (!isMap(value) || typeof value.apiVersion !== 'string' || typeof value.kind !== 'string')
    return undefined;
  return mergeSchema(value.apiVersion, value.kind);
}

function mergeMap(target: unknown, patch: unknown, schema: FieldSchema | undefined): unknown {
  if (!isMap(target)) {
    if (patch === undefined) return target;
    if (!isMap(patch) || patch.$patch === 'delete') return undefined;
    // A new value is merged with itself, so that its instructions to remove something take effect.
    const added = withoutDirective(patch);
    return mergeFields(added, added, schema);
  }
  if (patch === null) return undefined;
  // Fields without a value are removed even if the patch does not mention them.
  if (patch === undefined) return mergeFields(target, {}, schema);
  const directive = directiveOf(patch as PlainMap);
  if (directive === 'delete') return undefined;
  const rest = withoutDirective(patch as PlainMap);
  return mergeFields(directive === 'replace' ? rest : target, rest, schema);
}

function directiveOf(patch: PlainMap): 'delete' | 'replace' | 'merge' {
  const { $patch = 'merge' } = patch;
  if ($patch === 'delete' || $patch === 'replace' || $patch === 'merge') return $patch;
  throw new StepError(
    `"$patch" is ${JSON.stringify($patch)}; it must be "delete", "replace" or "merge"`,
    nearestHint(asText($patch), ['delete', 'replace', 'merge'], 'write one of these, or remove "$patch"'),
  );
}

function withoutDirective(patch: PlainMap): PlainMap {
  return Object.hasOwn(patch, '$patch') ? withoutEntries(patch, ['$patch']) : patch;
}

function mergeFields(target: PlainMap, patch: PlainMap, schema: FieldSchema | undefined): PlainMap {
  let merged: Record<string, unknown> | undefined;
  for (const key of new Set([...Object.keys(target), ...Object.keys(patch)])) {
    const before = target[key];
    const value = mergeField(key, before, patch[key], schema?.fields?.[key]);
    if (value === before && value !== undefined) continue;
    merged ??= { ...target };
    if (value === undefined) delete merged[key];
    else merged[key] = value;
  }
  return merged ?? target;
}

function mergeField(key: string, target: unknown, patch: unknown, schema: FieldSchema | undefined): unknown {
  try {
    return mergeValue(target, patch, schema);
  } catch (error) {
    throw error instanceof StepError ? error.within(key) : error;
  }
}

function mergeList(target: unknown, patch: unknown, schema: FieldSchema): unknown {
  if (!Array.isArray(target))
    return Array.isArray(patch) ? mergeEntries(patch, undefined, schema, mergeValue) : undefined;
  if (patch === null) return undefined;
  if (!Array.isArray(patch)) return mergeEntries(target, [], schema, mergeValue);
  const marker = patch.find((entry): entry is PlainMap => isMap(entry) && Object.hasOwn(entry, '$patch'));
  if (!marker || Object.keys(marker).length > 1) return mergeEntries(target, patch, schema, mergeValue);
  const directive = directiveOf(marker);
  if (directive === 'delete') return undefined;
  const rest = patch.filter((entry: unknown) => !(isMap(entry) && entry.$patch === marker.$patch));
  return directive === 'replace'
    ? mergeEntries(rest, undefined, schema, mergeValue)
    : mergeEntries(target, rest, schema, mergeValue);
}
