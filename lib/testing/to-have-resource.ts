import { nearestName } from '../findings/nearest-name';
import { qualifiedName } from '../findings/object-name';
import { firstNames } from '../plain/first-names';
import { describe, requireConstruct, resultOf, type MatcherContext, type MatcherResult } from './matcher';
import { partialDifferences } from './partial-differences';
import { PlannedApp, type PlannedObject } from './planned-app';

const MATCHER = 'toHaveResource';

/** Whether the app has an object, with some fields. See `FluxMatchers`. */
export function toHaveResource(
  this: MatcherContext,
  received: unknown,
  ...[kind, name, partial = {}]: readonly [kind: string, name: string, partial?: unknown]
): MatcherResult {
  const scope = requireConstruct(received, MATCHER);
  checkWish(kind, name, partial);
  const app = PlannedApp.of(scope);
  const candidates = app.objects.filter(({ identity }) => identity.kind === kind && isNamed(identity, name));
  if (candidates.length === 0) return resultOf([missing(app, kind, name)], '');
  const differences = candidates.map((candidate) => ({
    candidate,
    fields: partialDifferences(candidate.object, partial, (actual, expected) =>
      this.equals(actual, expected),
    ),
  }));
  // If there are several, the most similar one is shown.
  const [best] = differences.sort((a, b) => a.fields.length - b.fields.length);
  const { candidate, fields } = best as (typeof differences)[number];
  const where = `${described(candidate)}, created by ${app.where(candidate.constructPath)}`;
  return resultOf(
    fields.length === 0 ? [] : [`${where}, differs:`, ...fields.map((line) => `  ${line}`)],
    `${where}, matches, and must not`,
  );
}

/** What a test without types may pass. */
function checkWish(kind: unknown, name: unknown, partial: unknown): void {
  for (const [what, value] of Object.entries({ kind, name })) {
    if (typeof value === 'string' && value !== '') continue;
    throw new TypeError(`${MATCHER} got ${describe(value)} as the ${what}; pass a kind and a name`);
  }
  if (typeof partial === 'object' && partial !== null && !Array.isArray(partial)) return;
  throw new TypeError(`${MATCHER} got ${describe(partial)} as the fields; pass an object, or nothing`);
}

/** `name` in any namespace, or `namespace/name`. */
function isNamed({ namespace, name }: PlannedObject['identity'], wanted: string): boolean {
  return name === wanted || `${namespace ?? ''}/${name}` === wanted;
}

function missing(app: PlannedApp, kind: string, name: string): string {
  const { objects } = app;
  const names = objects
    .filter(({ identity }) => identity.kind === kind)
    .map(({ identity }) => qualifiedName(identity));
  const looked = `there is no ${kind} ${JSON.stringify(name)}`;
  if (names.length > 0) return `${looked}; found ${firstNames(names, 10)}`;
  const kinds = [...new Set(objects.map(({ identity }) => identity.kind))].sort();
  const near = nearestName(kind, kinds);
  if (near !== undefined) return `${looked}, and no ${kind} at all; did you mean ${near}?`;
  return `${looked}, and no ${kind} at all; the kinds are ${kinds.join(', ') || 'none'}`;
}

function described(object: PlannedObject): string {
  return `${object.identity.kind} ${qualifiedName(object.identity)}`;
}
