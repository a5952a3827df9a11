import { App, Lazy, ResolutionContext, type ApiObject, type IResolver } from 'cdk8s';
import { Construct } from 'constructs';
import { finding, type Finding } from '../findings/finding';
import { checkEntries } from './references/check-entries';
import { DURATION_FIELDS, durationText, isDuration, isDurationText } from './duration';
import { fieldPath, type PathPart } from '../plain/field-path';
import { isReferable, referTo, trimReference } from './references/refer-to';
import { holdsVariable } from './variables/variable-text';

/** No manifest is deeper than this; a deeper value contains itself. */
const MAX_DEPTH = 500;
const BUILT_IN_RESOLVERS = ['LazyResolver', 'ImplicitTokenResolver', 'NumberStringUnionResolver'];
const DURATIONS = new Set<string>(DURATION_FIELDS);

/** Where a secret can be: everything else is readable in git. */
export const SECRET_HINT =
  'only a Secret is encrypted: put the value into a SopsSecret, and refer to that, for example in valuesFrom or secretRef';

/** The current position in an object. */
interface Place {
  readonly owner: ApiObject;
  /** The spec as its author wrote it. */
  readonly spec: unknown;
  readonly resolvers: readonly IResolver[];
  readonly findings: Finding[];
}

/**
 * Turns what an author wrote into plain data: cdk8s tokens are resolved, durations become Flux's text, constructs
 * become references, `undefined` is dropped. `null` is kept: in Helm values it removes a default.
 *
 * @param owner - the object whose spec it is
 * @param value - the spec
 * @param findings - gets what is wrong with the values, all of it
 */
export function resolveSpec(owner: ApiObject, value: unknown, findings: Finding[]): unknown {
  const resolvers = (App.of(owner) as Partial<App>).resolvers ?? [];
  const own = resolvers.filter((resolver) => !BUILT_IN_RESOLVERS.includes(resolver.constructor.name));
  return resolveValue(value, ['spec'], { owner, spec: value, resolvers: own, findings });
}

function resolveValue(given: unknown, path: readonly PathPart[], place: Place): unknown {
  const value = untoken(given, path, place);
  const field = path[path.length - 1] as string;
  if (value === null || value === undefined) return value;
  if (DURATIONS.has(field) && !insideValues(path)) return resolveDuration(value, path, place);
  if (typeof value !== 'object') {
    if (typeof value === 'function' || typeof value === 'symbol') refuse(value, path, place);
    return value;
  }
  if (path.length > MAX_DEPTH) return refuse(value, path, place);
  if (Array.isArray(value)) return resolveList(value, path, place);
  if (isDuration(value)) return durationText(value);
  if (isReferable(value)) {
    place.findings.push(...checkEntries(place.owner, place.spec, value, path));
    return referTo(place.owner, value, path, place.findings);
  }
  if (!isPlainObject(value) || Construct.isConstruct(value)) return refuse(value, path, place);
  const fields = value as Readonly<Record<string, unknown>>;
  const reference = insideValues(path) ? fields : trimReference(place.owner, fields, path, place.findings);
  return resolveMap(reference, path, place);
}

/** Whether an object has no class. */
function isPlainObject(value: object): boolean {
  const prototype = Object.getPrototypeOf(value) as object | null;
  // An object from another realm (Jest runs tests in one) has another Object.prototype, whose own prototype is null.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** Fields below Helm values belong to the chart: an `interval` there means whatever the chart defines. */
function insideValues(path: readonly PathPart[]): boolean {
  return path[1] === 'values';
}

function resolveList(list: readonly unknown[], path: readonly PathPart[], place: Place): unknown[] {
  return list
    .filter((item) => item !== undefined)
    .map((item, index) => resolveValue(item, [...path, index], place));
}

function resolveMap(map: object, path: readonly PathPart[], place: Place): object {
  const result: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(map)) {
    const resolved = resolveValue(item, [...path, key], place);
    if (resolved === undefined) continue;
    // Assigning `__proto__` would set the prototype instead of the key.
    if (key === '__proto__') Object.defineProperty(result, key, { value: resolved, enumerable: true });
    else result[key] = resolved;
  }
  return result;
}

function untoken(given: unknown, path: readonly PathPart[], place: Place): unknown {
  let value = given;
  for (let round = 0; round < MAX_DEPTH; round++) {
    const next = untokenOnce(value, path, place);
    if (next === value) return value;
    value = next;
  }
  return value;
}

function untokenOnce(value: unknown, path: readonly PathPart[], place: Place): unknown {
  if (value === null || value === undefined) return value;
  for (const resolver of place.resolvers) {
    const context = new ResolutionContext(place.owner, path.map(String), value);
    resolver.resolve(context);
    if (context.replaced) return context.replacedValue;
  }
  if (typeof value !== 'object' || Array.isArray(value)) return value;
  if (value instanceof Lazy) return (value as unknown as { produce(): unknown }).produce();
  const token = value as { resolve?: unknown };
  return typeof token.resolve === 'function' ? (token.resolve as () => unknown).call(token) : value;
}

function resolveDuration(value: unknown, path: readonly PathPart[], place: Place): unknown {
  if (typeof value === 'object' && value !== null && isDuration(value)) return durationText(value);
  if (typeof value === 'string' && (isDurationText(value) || holdsVariable(value))) return value;
  place.findings.push(
    finding({
      code: 'duration-invalid',
      message: `got ${JSON.stringify(value)}; must be a duration`,
      hint: 'use a string with the units h, m, s or ms ("10m", "1m15s"), or a Duration of cdk8s',
      locations: [{ constructPath: place.owner.node.path }],
      field: fieldPath(path),
    }),
  );
  return String(value);
}

function refuse(value: unknown, path: readonly PathPart[], place: Place): undefined {
  const type = typeof value === 'object' ? (value?.constructor?.name ?? 'object') : typeof value;
  const loop = path.length > MAX_DEPTH;
  place.findings.push(
    finding({
      code: 'value-not-plain',
      message: loop
        ? `the value is nested more than ${MAX_DEPTH} levels deep, so it probably contains itself`
        : `got ${/^[aeiou]/i.test(type) ? 'an' : 'a'} ${type}; must be plain data`,
      hint:
        type === 'SecretValue'
          ? SECRET_HINT
          : 'use strings, numbers, booleans, null, lists and plain objects',
      locations: [{ constructPath: place.owner.node.path }],
      field: fieldPath(loop ? path.slice(0, 8) : path),
    }),
  );
  return undefined;
}
