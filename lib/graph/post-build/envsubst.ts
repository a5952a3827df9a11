import { evaluateOperation } from './envsubst-operations';
import { ExpansionLimit } from '../expansion-limit';
import { parseTemplate, type Expression, type Part } from './envsubst-template';

export { SubstitutionError } from './envsubst-template';

/** A variable that a text uses. */
export interface TextVariable {
  /** The name. */
  readonly name: string;
  /** Whether the use gives a default. */
  readonly hasDefault: boolean;
  /** Whether the use is the name alone, as in `${NAME}`. */
  readonly isPlain: boolean;
}

/** What a variable stands for; `undefined` where it is not defined. */
export type VariableLookup = (name: string) => string | undefined;

/**
 * Replaces `${NAME}` in all forms that Flux knows: defaults (`:=`, `=`, `:-`, `:?`, `:+`), length, case, substrings,
 * trimmed prefixes and suffixes, replacements. `$$` prints `$`, `$NAME` is left alone, and so is a variable that is not
 * defined and has no default.
 *
 * @param use - is told each variable that is used
 * @param limit - counts what the variables stand for
 * @throws SubstitutionError where a `${` is not closed or its content is none of these forms, or where the variables
 *   stand for too much text
 */
export function substituteText(
  text: string,
  lookup: VariableLookup,
  use?: (variable: TextVariable) => void,
  limit: ExpansionLimit = new ExpansionLimit(),
): string {
  return printParts(parseTemplate(text), { lookup, use, limit });
}

/** What printing expressions requires. */
interface Printing {
  readonly lookup: VariableLookup;
  readonly use?: (variable: TextVariable) => void;
  readonly limit: ExpansionLimit;
}

function printParts(parts: readonly Part[], printing: Printing): string {
  return parts.map((part) => (typeof part === 'string' ? part : printExpression(part, printing))).join('');
}

function printExpression(expression: Expression, printing: Printing): string {
  const { name, operator } = expression;
  printing.use?.({ name, hasDefault: operator === 'default', isPlain: operator === 'value' });
  const result = resultOf(expression, printing.lookup(name), printing);
  printing.limit.add(result.length);
  return result;
}

function resultOf(
  { operator, args, source }: Expression,
  value: string | undefined,
  printing: Printing,
): string {
  // Flux evaluates a default even if it is not needed, and refuses what is not defined in it.
  const texts = args.map((arg) => printParts(arg, printing));
  if (operator === 'default') return value !== undefined && value !== '' ? value : texts.join('');
  return value === undefined ? source : evaluateOperation(value, operator, texts);
}
