import { isMap, type PlainMap } from '../../plain/plain-data';
import type { ManifestObject } from '../../tree/manifest';
import { printAsGo } from '../../yaml/go-printer';
import { isChangedByGo, readJsonAsGo } from '../../yaml/json-as-go';
import { GoYamlError, parseAsGo } from '../../yaml/parse-as-go';
import { substituteText, type TextVariable, type VariableLookup } from './envsubst';
import { SubstitutionError } from './envsubst-template';
import { ExpansionError, ExpansionLimit } from '../expansion-limit';
import { hasVariables, PartChangedError, variablePart } from './variable-parts';

/** Thrown where the values of variables leave something that is not YAML any more. */
export class BrokenYamlError extends SubstitutionError {}

/**
 * Substitutes variables in an object as Flux does: in its YAML, as `sigs.k8s.io/yaml` prints it, which is then read
 * again. Quotes that stand in the file are gone by then, so that values may have another type, another meaning, or break
 * the YAML. Only the texts with variables are printed where that comes to the same. An object without `${` and `$$` stays as it is.
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
  if (!isRewritten(object)) return object;
  const substitute = (value: PlainMap, values: VariableLookup): unknown => {
    limit.startObject();
    const text = printAsGo(passedOn(value) as PlainMap);
    return passedOn(parseSubstituted(substituteText(text, values, use, limit)));
  };
  const changed = substitutePart(object, lookup, substitute) ?? substitute(object, lookup);
  if (!isMap(changed)) throw new BrokenYamlError('the result is not a map');
  return changed as ManifestObject;
}

/** Substitutes only in the strings with variables; `undefined` if the rest of the object may affect the result. */
function substitutePart(
  object: ManifestObject,
  lookup: VariableLookup,
  substitute: (value: PlainMap, values: VariableLookup) => unknown,
): unknown {
  const part = variablePart(object);
  if (!part || !isMap(part.value)) return undefined;
  const onOneLine: VariableLookup = (name) => {
    const value = lookup(name);
    // A line of the value may close what surrounds it.
    if (value !== undefined && !ONE_LINE.test(value)) throw new PartChangedError();
    return value;
  };
  try {
    return part.merge(substitute(part.value, onOneLine));
  } catch (error) {
    // What is not valid in the part may be in the whole, where an expression reaches into another text.
    const isOfPart = error instanceof SubstitutionError && !(error instanceof ExpansionError);
    if (isOfPart || error instanceof PartChangedError) return undefined;
    throw error;
  }
}

const ONE_LINE = /^[\x20-\x7e]*$/;

/** The value of a YAML text into which variables were put. */
export function parseSubstituted(text: string): unknown {
  return brokenIf(() => parseAsGo(text));
}

/** An object as Flux passes it on before and after it puts variables into it. */
function passedOn(value: unknown): unknown {
  return brokenIf(() => readJsonAsGo(value));
}

function brokenIf(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    if (error instanceof GoYamlError) throw new BrokenYamlError(error.message);
    throw error;
  }
}

/** Whether there is something for Flux in a value, or something that it changes when it prints and reads the object. */
function isRewritten(value: unknown): boolean {
  if (typeof value === 'string') return hasVariables(value) || isChangedByGo(value);
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some(isRewritten);
  return Object.entries(value).some(([key, entry]) => isRewritten(key) || isRewritten(entry));
}
