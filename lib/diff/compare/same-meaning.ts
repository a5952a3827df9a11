import { posix } from 'node:path';
import { durationSeconds } from '../../plain/duration';
import { isMap } from '../../plain/plain-data';

const SUFFIXES: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};
const QUANTITY = /^([+-]?(?:\d+(?:\.\d*)?|\.\d+))(?:([eE][+-]?\d{1,2})|([numkMGTPE]|[KMGTPE]i)?)$/;
/** The paths at which built-in kinds have quantities. */
const QUANTITIES =
  /(?:^|\.)(?:resources\.(?:requests|limits)|spec\.(?:capacity|hard))(?:\.[\w-]+|\["[^"]+"\])$/;
/** The paths at which Flux's kinds have durations. */
const DURATIONS = /^spec\.(?!values\.|postBuild\.)(?:.+\.)?(?:interval|retryInterval|timeout)$/;

/** The number that a quantity stands for; `undefined` for what is not one. */
export function quantity(value: unknown): number | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const [, number, exponent, suffix = ''] = QUANTITY.exec(String(value)) ?? [];
  if (number === undefined) return undefined;
  return Number(`${number}${exponent ?? ''}`) * (SUFFIXES[suffix] ?? 1);
}

/** Which ways of writing a value the API server, or Flux, takes for the same in a kind. */
export interface Spelling {
  readonly of: 'kubernetes' | 'flux' | 'others';
  /**
   * The namespace of the object, which Flux takes where a reference names none.
   *
   * @default - it has none
   */
  readonly namespace?: string;
}

/** Whether two different values at a path mean the same: `1000m` and `1` CPUs, `60s` and `1m`, no labels and an empty map. */
export function haveSameMeaning(path: string, before: unknown, after: unknown, spelling: Spelling): boolean {
  if (/(?:^|\.)metadata\.(?:labels|annotations)$/.test(path)) return isNothing(before) && isNothing(after);
  if (/(?:^|\.)metadata\.creationTimestamp$/.test(path)) return before == null && after == null;
  if (spelling.of === 'flux') return haveSameMeaningForFlux(path, before, after, spelling.namespace);
  const value = spelling.of === 'kubernetes' && QUANTITIES.test(path) ? quantity(before) : undefined;
  return value !== undefined && value === quantity(after);
}

function haveSameMeaningForFlux(path: string, before: unknown, after: unknown, namespace?: string): boolean {
  if (/^spec\.(?:suspend|wait|force)$/.test(path)) return (before ?? false) === (after ?? false);
  if (/^spec\.(?:chart\.spec\.)?(?:sourceRef|chartRef)\.namespace$/.test(path))
    return (before ?? namespace) === (after ?? namespace);
  if (path === 'spec.path') return folderOf(before) === folderOf(after);
  const value = DURATIONS.test(path) ? durationSeconds(before) : undefined;
  return value !== undefined && value === durationSeconds(after);
}

/** `./apps`, `apps/` and `/apps` are the same folder. */
function folderOf(path: unknown): unknown {
  return typeof path === 'string' ? posix.join('/', path).replace(/\/$/, '') : path;
}

function isNothing(value: unknown): boolean {
  return value == null || (isMap(value) && Object.keys(value).length === 0);
}
