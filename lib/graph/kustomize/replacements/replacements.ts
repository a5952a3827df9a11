import type { FindingLocation } from '../../../findings/finding';
import type { ManifestObject } from '../../../tree/manifest';
import { resolvePlain } from '../../../yaml/resolve';
import {
  holdsMoreThan,
  isMap,
  listOf,
  mapOf,
  textOf,
  textsOf,
  type PlainMap,
} from '../../../plain/plain-data';
import { editFields, parseReplacementPath, readField } from './replacement-path';
import type { TransformContext } from '../fields/transform-context';
import { idOf, withObject, type Resource } from '../resource';
import { StepError } from '../step-error';
import { editStructuredText, type StructuredEdit } from './structured-text';
import { resourceFilter, type ResourceFilter } from '../fields/selector';
import { escapeRegex } from '../../../plain/escape-regex';

/** How many values one replacement may copy: copies of copies double each time. */
const MAX_COPIED = 10_000;
/** How long a text may become in which a part is replaced. */
const MAX_TEXT = 1024 * 1024;

/** An entry of `replacements`, or of a file that it names. */
export interface Replacement {
  readonly data: PlainMap;
  readonly location: FindingLocation;
}

/** Copies fields from one object to others, as `replacements` say. */
export function applyReplacements(
  resources: readonly Resource[],
  replacements: readonly Replacement[],
  { log, isComplete }: Pick<TransformContext, 'log' | 'isComplete'>,
): readonly Resource[] {
  let current = resources;
  for (const { data, location } of replacements) {
    try {
      current = applyReplacement(current, data);
    } catch (error) {
      // What it lacks may be in a part of the build that the repository does not have.
      if (!isComplete) continue;
      const hint = error instanceof StepError ? error.hint : 'correct the replacement, or remove it';
      log.error('replacement-failed', `a replacement fails: ${(error as Error).message}`, location, { hint });
    }
  }
  return current;
}

function applyReplacement(resources: readonly Resource[], replacement: PlainMap): readonly Resource[] {
  const targets = listOf(replacement.targets).filter(isMap);
  if (targets.length === 0)
    throw new StepError('it has no targets', 'add targets with "select" and "fieldPaths", or remove it');
  const source = sourceValue(resources, replacement);
  return targets.reduce((current, target) => applyTarget(current, target, source), resources);
}

function applyTarget(resources: readonly Resource[], target: PlainMap, source: unknown): readonly Resource[] {
  if (!isMap(target.select))
    throw new StepError('a target has no "select"', 'select objects by kind and name in each target');
  const select = resourceFilter(exactly(target.select));
  const rejects = listOf(target.reject).flatMap((selector) => rejectFilters(mapOf(selector)));
  const paths = textsOf(target.fieldPaths);
  const options = mapOf(target.options);
  return resources.map((resource) => {
    if (!select(resource) || rejects.some((reject) => reject(resource))) return resource;
    const object = (paths.length === 0 ? ['metadata.name'] : paths).reduce<unknown>(
      (changed, path) => atField(resource, path, () => replaceAt(changed, path, source, options)),
      resource.object,
    );
    return withObject(resource, object as ManifestObject);
  });
}

/** Does a change; if that fails, the message says at which field of which object. */
function atField(resource: Resource, path: string, change: () => unknown): unknown {
  try {
    return change();
  } catch (error) {
    if (!(error instanceof StepError)) throw error;
    const { kind, name } = idOf(resource);
    const field = `${JSON.stringify(path)} of ${kind} ${JSON.stringify(name)}`;
    throw new StepError(`${field} cannot be set: ${error.message}`, error.hint);
  }
}

/** `reject` matches by the identity, or by the labels and annotations. */
function rejectFilters(selector: PlainMap): ResourceFilter[] {
  const { labelSelector, annotationSelector, ...identity } = selector;
  const marks = { labelSelector, annotationSelector };
  const isGiven = (part: PlainMap) => Object.values(part).some((value) => textOf(value) !== undefined);
  return [exactly(identity), marks].filter(isGiven).map((part) => resourceFilter(part));
}

function replaceAt(object: unknown, path: string, source: unknown, options: PlainMap): unknown {
  const keys = parseReplacementPath(path);
  const create = options.create === true;
  const structured = replacedInText(object, keys, { source, create });
  if (structured !== undefined) return structured;
  const { value, count } = editFields(object, keys, {
    create: create ? source : undefined,
    change: (found) => replaced(found, source, options),
  });
  if (count === 0)
    throw new StepError(
      'there is no such field',
      'correct the path in fieldPaths, or set "create: true" in the options of the target to add the field',
    );
  return value;
}

/** The object with a field changed in a text that contains YAML or JSON; `undefined` if the path leads into none. */
function replacedInText(object: unknown, keys: readonly string[], edit: StructuredEdit): unknown {
  for (let length = 1; length < keys.length; length += 1) {
    const text = readField(object, keys.slice(0, length));
    if (typeof text !== 'string') continue;
    const changed = editStructuredText(text, keys.slice(length), edit);
    if (changed === undefined) return undefined;
    if (changed.length > MAX_TEXT) throw tooLarge();
    return editFields(object, keys.slice(0, length).map(literally), { change: () => changed }).value;
  }
  return undefined;
}

function tooLarge(): StepError {
  return new StepError('its text becomes larger than 1 MiB', 'copy a smaller value');
}

/** A key of a path that was found unchanged: here its value is not a regular expression. */
function literally(key: string): string {
  const [, field, value] = /^\[([^=]*)=(.*)\]$/.exec(key) ?? [];
  return field === undefined || value === undefined ? key : `[${field}=^${escapeRegex(value)}$]`;
}

/** For a scalar, the text is replaced and the type stays; a map or list is replaced as a whole. */
function replaced(found: unknown, source: unknown, options: PlainMap): unknown {
  const { delimiter } = options;
  const hasDelimiter = typeof delimiter === 'string' && delimiter !== '';
  if (typeof found === 'object' && found !== null) {
    if (hasDelimiter)
      throw new StepError(
        'the target has a delimiter, so its fields must be strings, and this one is not',
        'remove the delimiter, or correct the path in fieldPaths',
      );
    return source;
  }
  if (found === undefined && typeof source === 'object') return source;
  const text = typeof source === 'object' ? '' : String(source);
  if (!hasDelimiter) return inType(found, text);
  const whole = joined(String(found ?? ''), text, delimiter, Number(options.index ?? 0));
  if (whole.length > MAX_TEXT) throw tooLarge();
  return inType(found, whole);
}

/** A string as a value of the target's type. */
function inType(found: unknown, text: string): unknown {
  if (typeof found === 'string') return text;
  const value = resolvePlain(text);
  if (found === null && value !== null)
    throw new StepError(
      'it is null, and kustomize does not replace null',
      'give the field a value in the file of the object',
    );
  if (found !== undefined && typeof value !== typeof found)
    throw new StepError(
      `it is a ${typeof found}, and the new value is not`,
      `copy a ${typeof found}, or put quotes around the value in the file of the object if it must be a string`,
    );
  return value;
}

function joined(text: string, source: string, delimiter: string, index: number): string {
  const parts = text.split(delimiter);
  if (index < 0) return [source, ...parts].join(delimiter);
  if (index >= parts.length) return [...parts, source].join(delimiter);
  parts[index] = source;
  return parts.join(delimiter);
}

/** Names in replacements are not regular expressions. */
function exactly(selector: PlainMap): PlainMap {
  const fields = ['group', 'version', 'kind', 'name', 'namespace'];
  const entries = Object.entries(selector).map(([key, value]) =>
    fields.includes(key) && typeof value === 'string' ? [key, escapeRegex(value)] : [key, value],
  );
  return Object.fromEntries(entries) as PlainMap;
}

function sourceValue(resources: readonly Resource[], replacement: PlainMap): unknown {
  if (replacement.sourceValue !== undefined) return replacement.sourceValue;
  const source = mapOf(replacement.source);
  const found = resources.filter(resourceFilter(exactly(source)));
  const [resource] = found;
  if (!resource || found.length > 1)
    throw new StepError(
      `its source must match one object, and matches ${found.length}`,
      resource
        ? 'add a name or a namespace to the source, so that it selects only one'
        : 'correct the kind, name and namespace of the source; it must be in this kustomization, or in what that lists',
    );
  const path = textOf(source.fieldPath) ?? 'metadata.name';
  const value = readField(resource.object, parseReplacementPath(path));
  if (holdsMoreThan(value, MAX_COPIED))
    throw new StepError(
      `its source contains more than ${MAX_COPIED} values`,
      'copy a smaller part of the object',
    );
  const isEmpty = value === undefined || value === null || value === '' || isEmptyCollection(value);
  if (isEmpty)
    throw new StepError(
      `its source has no value at ${JSON.stringify(path)}`,
      'correct the fieldPath of the source, or give the field a value',
    );
  return partOf(value, mapOf(source.options));
}

/** The part of a string that "delimiter" and "index" name, else the whole value. */
function partOf(value: unknown, { delimiter, index }: PlainMap): unknown {
  if (typeof delimiter !== 'string' || delimiter === '') return value;
  if (typeof value === 'object')
    throw new StepError(
      'its source has a delimiter, so the field must be a string, and it is not',
      'remove the delimiter, or correct the fieldPath of the source',
    );
  const parts = String(value).split(delimiter);
  const part = parts[Number(index ?? 0)];
  if (part !== undefined) return part;
  throw new StepError(
    `its source has no part with the index ${String(index)}`,
    `use an index from 0 to ${parts.length - 1}, or another delimiter`,
  );
}

function isEmptyCollection(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
