/** A small random number generator with a seed, so that every run creates the same mutants. */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const VALUES: readonly unknown[] = [
  null,
  '',
  'x',
  'X_y',
  '10m',
  '1h',
  '2h30m',
  '1.5s',
  '10',
  5,
  0,
  -1,
  1.5,
  99999,
  true,
  false,
  [],
  {},
  ['a'],
  { a: 1 },
  'https://example.com',
  'oci://example.com/x',
  'git@github.com:o/r',
  'aws',
  'generic',
  'HelmRepository',
  'a'.repeat(300),
];

type Fields = Record<string, unknown>;

/** A copy of an object with one random change: a field removed, renamed, added, or given another value. */
export function mutant(object: unknown, random: () => number): unknown {
  const copy = structuredClone(object);
  const places: [Fields | unknown[], string | number][] = [];
  collect(copy, places, true);
  const [holder, key] = places[Math.floor(random() * places.length)]!;
  const kind = Math.floor(random() * 5);
  const fields = holder as Fields;
  if (kind === 0 && !Array.isArray(holder)) delete fields[key];
  else if (kind === 1 && !Array.isArray(holder)) {
    fields[`${key}x`] = fields[key];
    delete fields[key];
  } else if (kind === 2 && !Array.isArray(holder)) fields[`added${Math.floor(random() * 9)}`] = pick(random);
  else fields[key] = pick(random);
  return copy;
}

function pick(random: () => number): unknown {
  return structuredClone(VALUES[Math.floor(random() * VALUES.length)]);
}

function collect(value: unknown, places: [Fields | unknown[], string | number][], root = false): void {
  if (typeof value !== 'object' || value === null) return;
  for (const key of Object.keys(value)) {
    if (root && (key === 'apiVersion' || key === 'kind')) continue;
    places.push([value as Fields, Array.isArray(value) ? Number(key) : key]);
    if (key !== 'values') collect((value as Fields)[key], places);
  }
}
