import type { FindingLocation } from '../../findings/finding';
import type { ManifestObject } from '../../tree/manifest';
import { isMap, listOf, mapOf, textOf, textsOf, withEntry, type PlainMap } from '../plain-data';
import type { BuildLog } from './build-problem';
import { renamed, type Resource } from './resource';
import { resourceFilter } from './selector';

/** Copies fields from one object to others, as `replacements` say. */
export function applyReplacements(
  resources: readonly Resource[],
  replacements: readonly PlainMap[],
  location: FindingLocation,
  log: BuildLog,
): readonly Resource[] {
  let current = resources;
  for (const replacement of replacements) {
    try {
      current = applyReplacement(current, replacement);
    } catch (error) {
      log.error('replacement-failed', `a replacement cannot be done: ${(error as Error).message}`, location);
    }
  }
  return current;
}

function applyReplacement(resources: readonly Resource[], replacement: PlainMap): readonly Resource[] {
  const value = sourceValue(resources, replacement);
  let current = resources;
  for (const target of listOf(replacement.targets).filter(isMap)) {
    const select = resourceFilter(exactly(mapOf(target.select)));
    const rejects = listOf(target.reject).map((selector) => resourceFilter(exactly(mapOf(selector))));
    const paths = textsOf(target.fieldPaths);
    const options = mapOf(target.options);
    current = current.map((resource) => {
      if (!select(resource) || rejects.some((reject) => reject(resource))) return resource;
      const object = (paths.length === 0 ? ['metadata.name'] : paths).reduce<unknown>(
        (changed, path) => setAt(changed, parseReplacementPath(path), value, options),
        resource.object,
      );
      return renamed(resource, object as ManifestObject);
    });
  }
  return current;
}

/** Names in replacements are no regular expressions. */
function exactly(selector: PlainMap): PlainMap {
  const fields = ['group', 'version', 'kind', 'name', 'namespace'];
  const entries = Object.entries(selector).map(([key, value]) =>
    fields.includes(key) && typeof value === 'string'
      ? [key, value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')]
      : [key, value],
  );
  return Object.fromEntries(entries) as PlainMap;
}

function sourceValue(resources: readonly Resource[], replacement: PlainMap): unknown {
  if (replacement.sourceValue !== undefined) return replacement.sourceValue;
  const source = mapOf(replacement.source);
  const found = resources.filter(resourceFilter(exactly(source)));
  const [resource] = found;
  if (!resource || found.length > 1) throw new Error(`${found.length} objects match its source`);
  const path = textOf(source.fieldPath) ?? 'metadata.name';
  const [value] = readAll(resource.object, parseReplacementPath(path));
  if (value === undefined) throw new Error(`its source has no field ${JSON.stringify(path)}`);
  const { delimiter, index } = mapOf(source.options);
  if (typeof delimiter !== 'string' || delimiter === '') return value;
  const part = String(value).split(delimiter)[Number(index ?? 0)];
  if (part === undefined) throw new Error(`its source has no part ${String(index)}`);
  return part;
}

/** Splits `spec.containers.[name=app].image`; a dot inside a key is written `\.`. */
export function parseReplacementPath(path: string): string[] {
  return (path.match(/\[[^\]]*\]|(?:\\.|[^.[\\])+/g) ?? []).map((key) => key.replaceAll('\\.', '.'));
}

function entriesAt(list: readonly unknown[], key: string): number[] {
  if (key === '*') return list.map((_, index) => index);
  const [, field = '', wanted = ''] = /^\[([^=]*)=(.*)\]$/.exec(key) ?? [];
  if (field === '') return /^\d+$/.test(key) && Number(key) < list.length ? [Number(key)] : [];
  return list.flatMap((entry, index) => (isMap(entry) && String(entry[field]) === wanted ? [index] : []));
}

function readAll(value: unknown, keys: readonly string[]): unknown[] {
  const [key, ...rest] = keys;
  if (key === undefined) return value === undefined ? [] : [value];
  if (Array.isArray(value)) return entriesAt(value, key).flatMap((index) => readAll(value[index], rest));
  if (!isMap(value)) return [];
  if (key === '*') return Object.values(value).flatMap((child) => readAll(child, rest));
  return Object.hasOwn(value, key) ? readAll(value[key], rest) : [];
}

function setAt(value: unknown, keys: readonly string[], source: unknown, options: PlainMap): unknown {
  const [key, ...rest] = keys;
  if (key === undefined) return inserted(value, source, options);
  if (Array.isArray(value)) {
    const positions = new Set(entriesAt(value, key));
    return value.map((entry: unknown, index) =>
      positions.has(index) ? setAt(entry, rest, source, options) : entry,
    );
  }
  if (value !== undefined && !isMap(value)) return value;
  const map = mapOf(value);
  if (key === '*') {
    return Object.fromEntries(
      Object.entries(map).map(([name, child]) => [name, setAt(child, rest, source, options)]),
    );
  }
  if (!Object.hasOwn(map, key) && options.create !== true) {
    if (rest.length === 0) throw new Error(`a target has no field ${JSON.stringify(keys.join('.'))}`);
    return value;
  }
  return withEntry(map, key, setAt(map[key], rest, source, options));
}

function inserted(value: unknown, source: unknown, options: PlainMap): unknown {
  const { delimiter, index } = options;
  if (typeof delimiter !== 'string' || delimiter === '') return source;
  const parts = String(value ?? '').split(delimiter);
  const position = Number(index ?? 0);
  if (position < 0) return [String(source), ...parts].join(delimiter);
  if (position >= parts.length) return [...parts, String(source)].join(delimiter);
  parts[position] = String(source);
  return parts.join(delimiter);
}
