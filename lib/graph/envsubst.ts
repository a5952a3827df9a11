/** A variable that a text uses. */
export interface TextVariable {
  /** The name. */
  readonly name: string;
  /** Whether the use gives a default. */
  readonly hasDefault: boolean;
}

/** What a variable stands for; `undefined` where it is not defined. */
export type VariableLookup = (name: string) => string | undefined;

/** Says why a text cannot be substituted. */
export class SubstitutionError extends Error {}

/**
 * Replaces `${NAME}` in all forms that Flux knows: defaults (`:=`, `=`, `:-`, `-`), length, case, substrings, trimmed
 * prefixes and suffixes, replacements. `$$` prints `$` wherever it stands, `$NAME` is left alone, and so is a variable
 * that is not defined and has no default.
 *
 * @param use - is told each variable that is used
 * @throws SubstitutionError where a `${` is not closed or its content is no variable
 */
export function substituteText(
  text: string,
  lookup: VariableLookup,
  use?: (variable: TextVariable) => void,
): string {
  let result = '';
  let position = 0;
  for (;;) {
    const dollar = nextDollar(text, position);
    if (dollar < 0) return result + text.slice(position);
    result += text.slice(position, dollar);
    if (text[dollar + 1] === '$') {
      result += '$';
      position = dollar + 2;
      continue;
    }
    const end = closingBrace(text, dollar + 2);
    const whole = text.slice(dollar, end + 1);
    result += evaluate(text.slice(dollar + 2, end), lookup, use) ?? whole;
    position = end + 1;
  }
}

/** The place of the next `$$` or `${`; -1 where there is none. */
function nextDollar(text: string, from: number): number {
  for (let position = text.indexOf('$', from); position >= 0; position = text.indexOf('$', position + 1)) {
    if (text[position + 1] === '$' || text[position + 1] === '{') return position;
  }
  return -1;
}

function closingBrace(text: string, from: number): number {
  let depth = 1;
  for (let position = from; position < text.length; position += 1) {
    if (text.startsWith('${', position)) depth += 1;
    else if (text[position] === '}') depth -= 1;
    if (depth === 0) return position;
  }
  throw new SubstitutionError(`a "\${" is not closed`);
}

function evaluate(
  content: string,
  lookup: VariableLookup,
  use?: (variable: TextVariable) => void,
): string | undefined {
  const length = /^#([A-Za-z_]\w*)$/.exec(content)?.[1];
  if (length !== undefined) {
    use?.({ name: length, hasDefault: false });
    const value = lookup(length);
    return value === undefined ? undefined : String([...value].length);
  }
  const [, name, operator = '', rest = ''] =
    /^([A-Za-z_]\w*)(:?[=?+-]|\^\^?|,,?|##?|%%?|\/[/#%]?|:)?(.*)$/s.exec(content) ?? [];
  if (name === undefined || (operator === '' && rest !== '')) {
    throw new SubstitutionError(`${JSON.stringify(`\${${content}}`)} is no variable`);
  }
  const isDefault = /[=?+-]$/.test(operator);
  use?.({ name, hasDefault: isDefault });
  const value = lookup(name);
  if (isDefault) return value === undefined || value === '' ? substituteText(rest, lookup, use) : value;
  return value === undefined ? undefined : operate(value, operator, substituteText(rest, lookup, use));
}

function operate(value: string, operator: string, argument: string): string {
  switch (operator) {
    case '^':
      return value.slice(0, 1).toUpperCase() + value.slice(1);
    case '^^':
      return value.toUpperCase();
    case ',':
      return value.slice(0, 1).toLowerCase() + value.slice(1);
    case ',,':
      return value.toLowerCase();
    case '#':
    case '##':
      return trimPrefix(value, argument, operator === '##');
    case '%':
    case '%%':
      return trimSuffix(value, argument, operator === '%%');
    case ':':
      return substring(value, argument);
    case '/':
    case '//':
    case '/#':
    case '/%':
      return replace(value, operator, argument);
    default:
      return value;
  }
}

function globExpression(glob: string, greedy: boolean): string {
  const escaped = glob.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return escaped.replaceAll('?', '[^]').replaceAll('*', greedy ? '[^]*' : '[^]*?');
}

function trimPrefix(value: string, glob: string, greedy: boolean): string {
  return value.replace(new RegExp(`^${globExpression(glob, greedy)}`), '');
}

function trimSuffix(value: string, glob: string, greedy: boolean): string {
  const whole = new RegExp(`^${globExpression(glob, true)}$`);
  const starts = Array.from({ length: value.length + 1 }, (_, index) =>
    greedy ? index : value.length - index,
  );
  const start = starts.find((index) => whole.test(value.slice(index)));
  return start === undefined ? value : value.slice(0, start);
}

function substring(value: string, argument: string): string {
  const [position, length] = argument.split(':').map((part) => Number(part.trim()));
  if (position === undefined || Number.isNaN(position)) return value;
  const start = position < 0 ? Math.max(value.length + position, 0) : position;
  if (length === undefined || Number.isNaN(length)) return value.slice(start);
  return length < 0 ? value.slice(start, length) : value.slice(start, start + length);
}

function replace(value: string, operator: string, argument: string): string {
  const split = argument.indexOf('/');
  const [wanted, by] = split < 0 ? [argument, ''] : [argument.slice(0, split), argument.slice(split + 1)];
  if (operator === '//') return value.replaceAll(wanted, () => by);
  if (operator === '/#') return value.startsWith(wanted) ? by + value.slice(wanted.length) : value;
  if (operator === '/%')
    return value.endsWith(wanted) ? value.slice(0, value.length - wanted.length) + by : value;
  return value.replace(wanted, () => by);
}
