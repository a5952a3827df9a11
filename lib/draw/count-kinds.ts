/** The order in which the contents of a node are listed. */
const FIRST: readonly string[] = ['HelmRelease', 'Kustomization'];

/** How many there are of each kind, in words: `HelmRelease, 2 Secrets`. */
export function countKinds(kinds: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts]
    .sort(([a], [b]) => FIRST.indexOf(b) - FIRST.indexOf(a))
    .map(([kind, count]) => (count === 1 ? kind : `${count} ${pluralOf(kind)}`))
    .join(', ');
}

/** The plural of a kind: `HelmRepositories`, `ImagePolicies`. */
export function pluralOf(kind: string): string {
  if (/[^aeiou]y$/.test(kind)) return `${kind.slice(0, -1)}ies`;
  return /(s|x|ch|sh)$/.test(kind) ? `${kind}es` : `${kind}s`;
}
