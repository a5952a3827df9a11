import type { JsonPatchOperation } from '../graph/kustomize/patches/json-patch';
import { isMap } from '../plain/plain-data';
import { formatString } from '../yaml/scalar';

/** How long a line may be, so that it is read at a glance. */
const LONGEST = 120;
/** Pointers of fields with ordinary names, not of entries of lists, which nobody wants to count. */
const FIELDS = /^(?:\/[A-Za-z_][\w.@-]*)+$/;
/** Texts that mean the same with and without quotes also between braces. */
const PLAIN_IN_BRACES = /^[\w./:@+=-]+$/;

/** An operation of a JSON patch that sets a single field, as a line of YAML; `undefined` for any other. */
export function operationLine({ op, path, value }: JsonPatchOperation): string | undefined {
  if (op !== 'add' && op !== 'replace') return undefined;
  const written = inBraces(value);
  if (written === undefined || !FIELDS.test(path)) return undefined;
  const line = `- { op: ${op}, path: ${path}, value: ${written} }\n`;
  return line.length <= LONGEST ? line : undefined;
}

/** A value as YAML between braces: a single one, or a map that leads to a single one. */
function inBraces(value: unknown): string | undefined {
  if (typeof value === 'boolean' || Number.isSafeInteger(value)) return String(value);
  if (typeof value === 'string') return value.includes('\n') ? undefined : textInBraces(value);
  if (!isMap(value)) return undefined;
  const [[key, inner] = [], ...others] = Object.entries(value);
  if (key === undefined || others.length > 0 || !FIELDS.test(`/${key}`)) return undefined;
  const written = inBraces(inner);
  return written === undefined ? undefined : `{ ${textInBraces(key)}: ${written} }`;
}

function textInBraces(text: string): string {
  const formatted = formatString(text);
  if (formatted !== text || PLAIN_IN_BRACES.test(text)) return formatted;
  return text.includes("'") ? JSON.stringify(text) : `'${text}'`;
}
