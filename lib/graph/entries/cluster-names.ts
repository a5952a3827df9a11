import { BOOTSTRAP_FOLDER } from '../../kinds/names';

/**
 * Names for entry paths: those that are known, as the ids of constructs; for the others short ones, of what tells them
 * apart, or the last segment of a single one that is not the folder of bootstrap.
 */
export function clusterNames(paths: readonly string[], known: ReadonlyMap<string, string>): string[] {
  const others = paths.filter((path) => !known.has(path));
  const short = new Map(shortNames(others).map((name, index) => [others[index] ?? '', name]));
  const taken = new Set(known.values());
  return paths.map((path) => {
    const own = known.get(path);
    if (own !== undefined) return own;
    const name = short.get(path) ?? path;
    return taken.has(name) ? path || 'root' : name;
  });
}

function shortNames(paths: readonly string[]): string[] {
  const split = paths.map((path) => path.split('/').filter(Boolean));
  const first = split[0] ?? [];
  const shared = (at: (segments: readonly string[], index: number) => string | undefined) => {
    let count = 0;
    while (count < first.length && split.every((segments) => at(segments, count) === at(first, count)))
      count += 1;
    return count;
  };
  if (paths.length === 1) {
    const last = first.at(-1) === BOOTSTRAP_FOLDER ? first.at(-2) : undefined;
    return [last ?? first.at(-1) ?? 'cluster'];
  }
  const [start, end] = [shared((s, i) => s[i]), shared((s, i) => s[s.length - 1 - i])];
  const names = split.map((segments) =>
    segments.slice(start, Math.max(segments.length - end, start)).join('/'),
  );
  return names.map((name, index) =>
    name === '' || names.indexOf(name) !== index ? paths[index] || 'root' : name,
  );
}
