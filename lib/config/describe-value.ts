import { isMap } from '../plain/plain-data';

/** How much of a string is quoted, in characters: enough to find it, and less than most keys and tokens have. */
const QUOTED = 30;

/** A value in a few words: long ones would hide what is said of them, and what is secret stays unsaid. */
export function describeValue(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (isMap(value)) return 'a map';
  return typeof value === 'string' ? JSON.stringify(beginningOf(value)) : String(value);
}

/** The beginning of a text's first line. */
export function beginningOf(text: string): string {
  const line = text.split(/[\r\n\u0085\u2028\u2029]/, 1)[0] ?? '';
  const beginning = [...line.slice(0, 2 * QUOTED)].slice(0, QUOTED).join('');
  return beginning === text ? text : `${beginning}…`;
}
