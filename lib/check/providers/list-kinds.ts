import type { AppliedObject } from '../../graph/graph';

/** Objects in words: the only one by its name, several by their kinds and how many there are. */
export function listKinds(objects: readonly AppliedObject[]): string {
  const [first] = objects;
  if (objects.length === 1 && first) return `${first.identity.kind} ${JSON.stringify(first.identity.name)}`;
  const counts = new Map<string, number>();
  for (const { identity } of objects) counts.set(identity.kind, (counts.get(identity.kind) ?? 0) + 1);
  return [...counts].map(([kind, count]) => `${count} ${kind}`).join(', ');
}
