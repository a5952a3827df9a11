import { valueAt, type PlainMap } from '../../plain/plain-data';
import type { FoundText } from '../../plain/text-walk';
import { textsWith } from '../../plain/text-walk';
import { printAsGo } from '../../yaml/go-printer';
import { substituteText, type VariableLookup } from './envsubst';
import { BrokenYamlError, parseSubstituted } from './substitute-object';

/** A text that variables make into something other than the text with their values. */
export interface ChangedText {
  readonly path: FoundText['path'];
  /** The variables that have a value there. */
  readonly names: readonly string[];
  /** What becomes of it: the YAML is not valid any more, a part is lost or read otherwise, or it is a map or list. */
  readonly becomes: 'broken' | 'other-text' | 'collection';
  /** Why the YAML is not valid. */
  readonly reason?: string;
}

/**
 * Finds the texts of an object that the values of variables break or change. What becomes a number, a boolean or nothing
 * is usual, and so are quotes around the whole, or brackets of a value that stands alone.
 *
 * @param result - the object after substitution; without one, each text is read by itself
 */
export function changedTexts(
  object: PlainMap,
  result: PlainMap | undefined,
  lookup: VariableLookup,
): readonly ChangedText[] {
  return textsWith(object, '${').flatMap((found) => changeOf(found, result, lookup) ?? []);
}

function changeOf(
  { path, text }: FoundText,
  result: PlainMap | undefined,
  lookup: VariableLookup,
): ChangedText | undefined {
  const names = new Set<string>();
  const wanted = substituteText(text, (name) => {
    const value = lookup(name);
    if (value !== undefined) names.add(name);
    return value;
  });
  if (names.size === 0) return undefined;
  const found = { path, names: [...names] };
  try {
    const actual = result ? valueAt(result, ...path) : readAlone(text, path, lookup);
    const becomes = judged(text, wanted, actual);
    return becomes && { ...found, becomes };
  } catch (error) {
    if (!(error instanceof BrokenYamlError)) throw error;
    return { ...found, becomes: 'broken', reason: error.message };
  }
}

/** What a string becomes as the only one of a map, or of a list. */
function readAlone(text: string, path: FoundText['path'], lookup: VariableLookup): unknown {
  const isEntry = typeof path.at(-1) === 'number';
  const printed = printAsGo({ k: isEntry ? [text] : text });
  const read = parseSubstituted(substituteText(printed, lookup));
  return isEntry ? valueAt(read, 'k', 0) : valueAt(read, 'k');
}

function judged(text: string, wanted: string, actual: unknown): ChangedText['becomes'] | undefined {
  const isAlone = /^\$\{[^{}]*\}$/.test(text);
  const isQuoted = /^(["']).*\1$/s.test(wanted);
  if (isQuoted || (isAlone && /^["'[{]/.test(wanted))) return undefined;
  if (typeof actual === 'object' && actual !== null) return 'collection';
  if (typeof actual !== 'string') return undefined;
  const [one, other] = [wanted, actual].map((any) => any.replace(/\s+/g, ''));
  return one === other ? undefined : 'other-text';
}
