import { isMap } from '../../plain/plain-data';
import type { ManifestObject } from '../../tree/manifest';
import { printAsGo } from '../../yaml/go-printer';
import { GoYamlError, parseAsGo } from '../../yaml/parse-as-go';
import { substituteText, type TextVariable, type VariableLookup } from './envsubst';
import { SubstitutionError } from './envsubst-template';
import { ExpansionLimit } from '../expansion-limit';

/** Thrown where the values of variables leave something that is not YAML any more. */
export class BrokenYamlError extends SubstitutionError {}

/**
 * Substitutes variables in an object as Flux does: in its YAML, as `sigs.k8s.io/yaml` prints it, which is then read
 * again. Quotes that stand in the file are gone by then, so that values may have another type, another meaning, or break
 * the YAML. An object without `${` and `$$` stays as it is.
 *
 * @param limit - counts what the variables of all objects stand for
 * @throws SubstitutionError where a text cannot be substituted
 * @throws BrokenYamlError where what comes out is not YAML, or no object
 */
export function substituteObject(
  object: ManifestObject,
  lookup: VariableLookup,
  use: (variable: TextVariable) => void,
  limit: ExpansionLimit = new ExpansionLimit(),
): ManifestObject {
  if (!holdsVariables(object)) return object;
  limit.startObject();
  const text = substituteText(printAsGo(object), lookup, use, limit);
  const read = parseSubstituted(text);
  if (!isMap(read)) throw new BrokenYamlError('what the variables leave is no map');
  return read as ManifestObject;
}

/** The value of a YAML text into which variables were put. */
export function parseSubstituted(text: string): unknown {
  try {
    return parseAsGo(text);
  } catch (error) {
    if (error instanceof GoYamlError) throw new BrokenYamlError(error.message);
    throw error;
  }
}

/** Whether there is something for Flux in a value. */
export function holdsVariables(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('${') || value.includes('$$');
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some(holdsVariables);
  return Object.entries(value).some(([key, entry]) => holdsVariables(key) || holdsVariables(entry));
}
