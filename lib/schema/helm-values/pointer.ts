import type { PathPart } from '../../plain/field-path';
import { pointerKeys } from '../../plain/json-pointer';

/** The parts of a JSON pointer; numbers where it goes into a list. */
export function pointerParts(pointer: string, root: unknown): PathPart[] {
  const parts: PathPart[] = [];
  let value = root;
  for (const key of pointerKeys(pointer)) {
    parts.push(Array.isArray(value) ? Number(key) : key);
    value = (value as Record<string, unknown> | undefined)?.[key];
  }
  return parts;
}
