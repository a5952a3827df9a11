import { formatBlock } from '../../yaml/block';
import { isChangedByGo } from '../../yaml/json-as-go';
import { formatString } from '../../yaml/scalar';

/**
 * A variable travels from the author to the printer as text between two characters that no manifest contains. This
 * works wherever a string does, even in constructs that do not know Flux.
 */
const START = '\u{E0F2}';
const END = '\u{E0F3}';
const MARKER = new RegExp(`${START}([snb])([^${END}=]*)(?:=([^${END}]*))?${END}`, 'u');

/** The type of a variable: string, number or boolean. */
export type MarkedType = 'string' | 'number' | 'boolean';

/** A variable where it is used. */
export interface MarkedVariable {
  readonly name: string;
  readonly type: MarkedType;
  /** @default - none */
  readonly default?: string;
}

/** A text as the author wrote it: what stands in it, and the variables between. */
export type TextPart = string | MarkedVariable;

/** How a text with variables is printed, or why it cannot be. */
export type PrintedText =
  | { readonly text: string; /** Whether it uses the variable `quote`. */ readonly quoted: boolean }
  | { readonly problem: string };

/** The variable that holds a double quote: Flux's own way to keep a number a text. */
export const QUOTE = { name: 'quote', value: '"' };

/** Possible forms of an unknown value: a word, or something that YAML does not read as a string. */
const PROBES = ['a', '1', '1.5', 'true', 'null', '~'];

/** How a string may begin that has a meaning for YAML, or of which nothing remains. */
const INDICATOR = /^(?:[-?:,[\]{}#&*!|>'"%@`\s]|$)/;

const TYPES: Readonly<Record<string, MarkedType>> = { s: 'string', n: 'number', b: 'boolean' };

// eslint-disable-next-line no-restricted-syntax -- set once: most programs have no variable, and need not look for one in each text
let used = false;

/** The text by which a variable travels. */
export function markVariable({ name, type, default: standard }: MarkedVariable): string {
  used = true;
  return `${START}${type[0]}${name}${standard === undefined ? '' : `=${standard}`}${END}`;
}

/** Whether any variable was made: without one there is nothing to look for. */
export function variablesAreUsed(): boolean {
  return used;
}

/** Whether there is a variable in a text. */
export function holdsVariable(text: string): boolean {
  return used && text.includes(START) && MARKER.test(text);
}

/** The variables of a text and what stands between them. */
export function textParts(text: string): TextPart[] {
  const pieces = text.split(MARKER);
  const parts: TextPart[] = [];
  // Between two texts are the three groups of a marker.
  for (let index = 0; index < pieces.length; index += 4) {
    if (index > 0) {
      const [type, name, standard] = pieces.slice(index - 3, index) as [string, string, string | undefined];
      const marked: MarkedVariable = { name, type: TYPES[type] as MarkedType };
      parts.push(standard === undefined ? marked : { ...marked, default: standard });
    }
    if (pieces[index] !== '') parts.push(pieces[index] as string);
  }
  return parts;
}

/**
 * Text that Flux's substitution turns back into itself. Flux takes `$$` for `$` wherever it stands, and `${` for the
 * start of a variable.
 *
 * @param beforeVariable - whether a variable follows
 */
export function escapeText(text: string, beforeVariable = false): string {
  return text.replace(/\$+/g, (dollars, start: number) => {
    const next = text[start + dollars.length];
    const isCounted = dollars.length > 1 || next === '{' || (next === undefined && beforeVariable);
    return isCounted ? dollars + dollars : dollars;
  });
}

/**
 * Prints a text for Flux to substitute, so that it stays text. Flux substitutes in the YAML of the built object, from
 * which quotes are gone that the text itself does not need: `${port}` becomes a number. Where that may happen, quotes
 * are put around it by a variable, as Flux's documentation has it.
 *
 * @param parts - the text
 * @param valueOf - the value of a variable, where it is known
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-substitution-of-numbers-and-booleans
 */
export function printText(
  parts: readonly TextPart[],
  valueOf: (variable: MarkedVariable) => string | undefined,
): PrintedText {
  const [first] = parts;
  if (first !== undefined && parts.length === 1 && isVariable(first) && first.type !== 'string') {
    return { text: reference(first), quoted: false };
  }
  const text = join(parts, false);
  if (!parts.some(isVariable)) return { text, quoted: false };
  const results = PROBES.map((probe) =>
    parts.map((part) => (isVariable(part) ? (valueOf(part) ?? probe) : part)).join(''),
  );
  const values = parts.flatMap((part) => (isVariable(part) ? (valueOf(part) ?? []) : []));
  const asItIs: PrintedText = { text, quoted: false };
  if (text.includes('\n')) {
    const isLost = results.some(isChangedByGo);
    return !isLost && staysBlock(text, results[0] as string, values) ? asItIs : unprintable();
  }
  if (keepsItsForm(text, results, values)) return asItIs;
  const quote = `\${${QUOTE.name}}`;
  const wrapped = `${quote}${join(parts, true)}${quote}`;
  if (isPlain(wrapped) && results.every(isPrintable)) return { text: wrapped, quoted: true };
  const mayBreak = (result: string) => INDICATOR.test(result) || /: | #|:$/.test(result);
  const stays = !isPlain(text) && values.every(isInert) && !results.some(mayBreak);
  return stays ? asItIs : unprintable();
}

/** Whether a string of one line is printed and then, with its values, read in the same way: in quotes, or without. */
function keepsItsForm(text: string, results: readonly string[], values: readonly string[]): boolean {
  return (isQuotedAnyway(text) && values.every(isInert)) || (isPlain(text) && results.every(isPlain));
}

function unprintable(): PrintedText {
  return { problem: 'after substitution, Flux would read it as something other than this text' };
}

/** `${name}` or `${name:=default}`. */
function reference({ name, default: standard }: MarkedVariable): string {
  return `\${${name}${standard === undefined ? '' : `:=${standard}`}}`;
}

/** The text with references for variables, escaped; the text after the last part may be a variable as well. */
function join(parts: readonly TextPart[], beforeVariable: boolean): string {
  return parts
    .map((part, index) => {
      if (isVariable(part)) return reference(part);
      const next = parts[index + 1];
      return escapeText(part, next === undefined ? beforeVariable : isVariable(next));
    })
    .join('');
}

function isVariable(part: TextPart): part is MarkedVariable {
  return typeof part === 'object';
}

/** Whether every YAML printer quotes a string, or writes it as a block. */
function isQuotedAnyway(text: string): boolean {
  return /^[#&*!|>'"%@`{}[\],]|: | #/.test(text);
}

/**
 * Whether a string of several lines is written and then, with its values, read as the same kind of block, or in quotes.
 * Go's printer quotes a string with a tab.
 */
function staysBlock(text: string, result: string, values: readonly string[]): boolean {
  const [before, after] = [text, result].map((lines) => formatBlock(lines, '')?.split('\n', 1)[0]);
  const mayBeQuoted = before === undefined || text.includes('\t');
  return before === after && (!mayBeQuoted || values.every(isInert));
}

/** Whether YAML writes a string as it is, and reads it as the same string. */
function isPlain(text: string): boolean {
  return formatString(text) === text;
}

/** Whether a string can be inside double quotes unchanged. */
function isPrintable(text: string): boolean {
  return !/["\\]/.test(text) && (isPlain(text) || formatString(text) === `"${text}"`);
}

/** Whether a value ends no quotes and starts nothing, however the surrounding text is written. */
function isInert(value: string): boolean {
  return isPrintable(`a${value}a`) && !/'|: | #|^\s|\s$|:$/.test(value);
}
