import { isMap } from '../../../plain/plain-data';
import { GoYamlError, parseAsGo } from '../../../yaml/parse-as-go';

/** More than the longest index of a list, with what follows it. */
const MAX_INDEX = 12;

/** Why Helm cannot read a text as values; `undefined` where it can. Nothing of it is quoted. */
export function valuesProblem(text: string): string | undefined {
  try {
    const values = parseAsGo(text);
    return values === null || isMap(values) ? undefined : 'its value is not a map';
  } catch (error) {
    if (!(error instanceof GoYamlError)) throw error;
    return `its value is not valid YAML: ${error.message}`;
  }
}

/**
 * What helm-controller makes of a text at a `targetPath` other than the text: it reads `path=text` as `--set` does, where
 * a comma ends a value and braces make a list; `undefined` where that is the text itself, or a list.
 *
 * @see https://helm.sh/docs/intro/using_helm/#the-format-and-limitations-of---set
 */
export function assignmentProblem(value: string): string | undefined {
  // helm-controller takes off quotes around the value, and reads what is in them as text.
  const text = /^(["'])[^]*\1$/.test(value) ? value.replace(/^["']+|(?<!["'])["']+$/g, '') : value;
  const isList = text.startsWith('{');
  const end = indexOfAny(text, isList ? '}' : ',', 0);
  if (isList && end === text.length)
    return 'its value begins with "{", which starts a list, and no "}" ends it';
  const rest = text.slice(end + 1).replace(/^,/, isList ? '' : ',');
  const more = assignedIn(rest);
  if (more === undefined)
    return isList && /^\{\s*"[^"]*"\s*:/.test(text)
      ? 'its value is JSON, which becomes a list of strings'
      : undefined;
  const what = isList
    ? 'its value begins with "{", which starts a list'
    : `its value has a comma${more === 'invalid' ? ', which ends the value' : ''}`;
  const where = isList ? 'the "}"' : 'it';
  return more === 'invalid'
    ? `${what}, and what follows ${where} is not valid`
    : `${what}, and what follows ${where} is set as another value`;
}

/** The position of the first of some characters without a backslash before it; the length of the text if there is none. */
function indexOfAny(text: string, chars: string, from: number): number {
  for (let index = from; index < text.length; index += 1) {
    if (text[index] === '\\') index += 1;
    else if (chars.includes(text.charAt(index))) return index;
  }
  return text.length;
}

/** What Helm makes of a text that follows a value: it sets others, or is not valid; `undefined` for nothing. */
function assignedIn(text: string): 'set' | 'invalid' | undefined {
  let position = 0;
  let isSet = false;
  while (position < text.length) {
    const start = position;
    position = indexOfAny(text, '=[,.', start);
    const char = text.charAt(position);
    position += 1;
    if (char === ',' || (char === '' && text.length > start)) return 'invalid';
    if (char === '[') {
      const index = /^\d+\](?=[=.[])/.exec(text.slice(position, position + MAX_INDEX));
      if (!index) return 'invalid';
      position += index[0].length;
    }
    if (char !== '=') continue;
    isSet = true;
    const isList = text.charAt(position) === '{';
    position = indexOfAny(text, isList ? '}' : ',', position);
    if (isList && position === text.length) return 'invalid';
    position += isList && text.charAt(position + 1) === ',' ? 2 : 1;
  }
  return isSet ? 'set' : undefined;
}
