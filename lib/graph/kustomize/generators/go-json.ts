import { isMap, type PlainMap } from '../../../plain/plain-data';

/**
 * JSON as Go prints it: keys sorted by bytes, `<`, `>`, `&`, U+2028 and U+2029 escaped.
 *
 * @param indent - what each level is indented by; empty for all on one line
 */
export function goJson(value: unknown, indent = '', margin = ''): string {
  const inner = margin + indent;
  const lines = (entries: readonly string[], [open, close]: readonly [string, string]): string => {
    if (entries.length === 0 || indent === '') return `${open}${entries.join(',')}${close}`;
    return `${open}\n${entries.map((entry) => inner + entry).join(',\n')}\n${margin}${close}`;
  };
  if (Array.isArray(value))
    return lines(
      value.map((entry) => goJson(entry, indent, inner)),
      ['[', ']'],
    );
  if (isMap(value)) {
    const separator = indent === '' ? ':' : ': ';
    const entries = sortedKeys(value).map(
      (key) => `${goText(key)}${separator}${goJson(value[key], indent, inner)}`,
    );
    return lines(entries, ['{', '}']);
  }
  if (typeof value === 'string') return goText(value);
  return typeof value === 'bigint' ? String(value) : JSON.stringify(value ?? null);
}

function sortedKeys(map: PlainMap): string[] {
  return Object.keys(map).sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}

function goText(text: string): string {
  return JSON.stringify(text).replace(
    /[<>&\u2028\u2029]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
