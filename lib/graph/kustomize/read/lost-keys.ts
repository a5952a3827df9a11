import { isMap } from '../../../plain/plain-data';

/** The key that means a merge. In quotes it does not, and kustomize leaves it out of what it prints. */
export const MERGE_KEY = '<<';

/** A document without keys that kustomize leaves out; the same value if it has none. */
export function withoutLostKeys(value: unknown): unknown {
  return partsOf(value).some((part) => Object.hasOwn(part, MERGE_KEY)) ? copyWithout(value) : value;
}

/** All maps and lists in a value, each once: anchors may repeat them. */
function partsOf(value: unknown): readonly object[] {
  const parts = new Set<object>();
  const add = (part: unknown) => {
    if (isMap(part) || Array.isArray(part)) parts.add(part);
  };
  add(value);
  // The set grows while it is walked.
  for (const part of parts) for (const child of Object.values(part)) add(child);
  return [...parts];
}

function copyWithout(value: unknown): unknown {
  const parts = partsOf(value);
  const copies = new Map<unknown, object>(parts.map((part) => [part, Array.isArray(part) ? [] : {}]));
  for (const part of parts) {
    const copy = copies.get(part) as Record<string, unknown>;
    for (const [key, child] of Object.entries(part))
      if (Array.isArray(part) || key !== MERGE_KEY) copy[key] = copies.get(child) ?? child;
  }
  return copies.get(value) ?? value;
}
