import type { ManifestObject } from '../tree/manifest';
import { parseDocuments } from '../yaml/parse';
import { resolveYaml11 } from '../yaml/resolve';
import { substituteText, type TextVariable, type VariableLookup } from './envsubst';
import { isMap, mapList, mapOf, mapValues, type PlainMap } from '../plain/plain-data';

/**
 * Substitutes variables in every text of an object, keys too. Flux does so in the object's YAML, where quotes are
 * gone: a text that needs no quotes takes the type of what it becomes.
 *
 * @throws SubstitutionError where a text cannot be substituted
 */
export function substituteObject(
  object: ManifestObject,
  lookup: VariableLookup,
  use: (variable: TextVariable) => void,
): ManifestObject {
  return substituteValue(object, lookup, use) as ManifestObject;
}

type Use = (variable: TextVariable) => void;

/** Whether there is something for Flux in a text. */
function mayChange(text: string): boolean {
  return text.includes('${') || text.includes('$$');
}

function substituteValue(value: unknown, lookup: VariableLookup, use: Use): unknown {
  if (typeof value === 'string') return mayChange(value) ? substituteScalar(value, lookup, use) : value;
  if (Array.isArray(value)) return mapList(value, (entry: unknown) => substituteValue(entry, lookup, use));
  if (!isMap(value)) return value;
  const changed = mapValues(value, (child) => substituteValue(child, lookup, use));
  return Object.keys(changed).some(mayChange) ? substituteKeys(changed, lookup, use) : changed;
}

function substituteKeys(map: PlainMap, lookup: VariableLookup, use: Use): PlainMap {
  return Object.fromEntries(
    Object.entries(map).map(([key, child]) => [
      mayChange(key) ? String(substituteScalar(key, lookup, use)) : key,
      child,
    ]),
  );
}

function substituteScalar(text: string, lookup: VariableLookup, use: Use): unknown {
  const result = substituteText(text, lookup, use);
  return result !== text && isPlain(text) && mayBeTyped(result) ? typed(result) : result;
}

/** Whether YAML prints a text without quotes. */
function isPlain(text: string): boolean {
  return /^(?:[^\s!&*\-?|>@`"'%#,[\]{}:]|[-?:](?=\S))[^\n]*$/.test(text) && !/: |:$| #|\s$/.test(text);
}

/** Whether a text may read as something other than itself once its quotes are gone. */
function mayBeTyped(text: string): boolean {
  return (
    /^(?:[-+.]?\d[\w.+-]*|\.\w+|true|false|null|~|y|yes|n|no|on|off|)$/i.test(text) || /^["'[{]/.test(text)
  );
}

function typed(text: string): unknown {
  if (text === '') return null;
  try {
    return mapOf(parseDocuments(`value: ${text}\n`, '', { plain: resolveYaml11 })[0]?.value).value;
  } catch {
    return text;
  }
}
