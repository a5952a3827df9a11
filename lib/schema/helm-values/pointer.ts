import type { PathPart } from '../../plain/field-path';

/** The parts of a JSON pointer; numbers where it goes into a list. */
export function pointerParts(pointer: string, root: unknown): PathPart[] {
  const parts: PathPart[] = [];
  let value = root;
  for (const piece of pointer.split('/').slice(1)) {
    const key = piece.replaceAll('~1', '/').replaceAll('~0', '~');
    parts.push(Array.isArray(value) ? Number(key) : key);
    value = (value as Record<string, unknown> | undefined)?.[key];
  }
  return parts;
}
