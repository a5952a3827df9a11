import { evaluateOperation } from './envsubst-operations';
import { parseTemplate, type Expression, type Part } from './envsubst-template';

export { SubstitutionError } from './envsubst-template';

/** A variable that a text uses. */
export interface TextVariable {
  /** The name. */
  readonly name: string;
  /** Whether the use gives a default. */
  readonly hasDefault: boolean;
}

/** What a variable stands for; `undefined` where it is not defined. */
export type VariableLookup = (name: string) => string | undefined;

/**
 * Replaces `${NAME}` in all forms that Flux knows: defaults (`:=`, `=`, `:-`, `:?`, `:+`), length, case, substrings,
 * trimmed prefixes and suffixes, replacements. `$$` prints `$`, `$NAME` is left alone, and so is a variable that is not
 * defined and has no default.
 *
 * @param use - is told each variable that is used
 * @throws SubstitutionError where a `${` is not closed or its content is none of these forms
 */
export function substituteText(
  text: string,
  lookup: VariableLookup,
  use?: (variable: TextVariable) => void,
): string {
  return printParts(parseTemplate(text), lookup, use);
}

function printParts(
  parts: readonly Part[],
  lookup: VariableLookup,
  use?: (variable: TextVariable) => void,
): string {
  return parts.map((part) => (typeof part === 'string' ? part : printExpression(part, lookup, use))).join('');
}

function printExpression(
  { name, operator, args, source }: Expression,
  lookup: VariableLookup,
  use?: (variable: TextVariable) => void,
): string {
  const hasDefault = operator === 'default';
  use?.({ name, hasDefault });
  const value = lookup(name);
  if (hasDefault && value !== undefined && value !== '') return value;
  const texts = args.map((arg) => printParts(arg, lookup, use));
  if (hasDefault) return texts.join('');
  return value === undefined ? source : evaluateOperation(value, operator, texts);
}
