import type { ManifestObject } from '../../tree/manifest';
import { parseDocuments } from '../../yaml/parse';
import { resolveYaml11 } from '../../yaml/resolve';
import { substituteText, type TextVariable, type VariableLookup } from './envsubst';
import { ExpansionLimit } from '../expansion-limit';
import { isMap, mapList, mapOf, mapValues, type PlainMap } from '../../plain/plain-data';

/**
 * Substitutes variables in every text of an object, keys too. Flux does so in the object's YAML, where quotes are
 * gone: a text that needs no quotes takes the type of what it becomes.
 *
 * @param limit - counts what the variables of all objects stand for
 * @throws SubstitutionError where a text cannot be substituted
 */
export function substituteObject(
  object: ManifestObject,
  lookup: VariableLookup,
  use: (variable: TextVariable) => void,
  limit: ExpansionLimit = new ExpansionLimit(),
): ManifestObject {
  limit.startObject();
  const substitute = (text: string) => substituteScalar(text, substituteText(text, lookup, use, limit));
  return substituteValue(object, substitute) as ManifestObject;
}

type Substitute = (text: string) => unknown;

/** Whether there is something for Flux in a text. */
function mayChange(text: string): boolean {
  return text.includes('${') || text.includes('$$');
}

function substituteValue(value: unknown, substitute: Substitute): unknown {
  if (typeof value === 'string') return mayChange(value) ? substitute(value) : value;
  if (Array.isArray(value)) return mapList(value, (entry: unknown) => substituteValue(entry, substitute));
  if (!isMap(value)) return value;
  const changed = mapValues(value, (child) => substituteValue(child, substitute));
  return Object.keys(changed).some(mayChange) ? substituteKeys(changed, substitute) : changed;
}

function substituteKeys(map: PlainMap, substitute: Substitute): PlainMap {
  return Object.fromEntries(
    Object.entries(map).map(([key, child]) => [mayChange(key) ? String(substitute(key)) : key, child]),
  );
}

/** What a text has become, with the type that it has in YAML. */
function substituteScalar(text: string, result: string): unknown {
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
