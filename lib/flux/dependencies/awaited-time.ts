import { ApiObject } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import { HELM_GROUP, KUSTOMIZE_GROUP } from '../../kinds/groups';
import { kustomizationTimeLimit, releaseTimeLimit } from '../../kinds/time-limits';
import { durationSeconds } from '../../plain/duration';
import { isMap, listOf, mapOf, type PlainMap } from '../../plain/plain-data';
import { apiGroup } from '../../tree/manifest';
import { appliedName, appliedNamespace } from '../applied-identity';
import { asDirectory, isLeftOut } from '../directory';
import { durationText, isDuration, type DurationText } from '../duration';
import { isOrdered, type DependencyReference } from './orderable';

/** The time that Flux needs to notice that the wait is over. */
const MARGIN_SECONDS = 60;
/** The assumed time of a Kustomization without a timeout, which may take its whole interval. */
const USUAL_SECONDS = 300;

/** An object that is waited for. */
interface Awaited {
  readonly id: string;
  readonly seconds: number;
  /** The objects that it waits for itself. */
  readonly after: readonly string[];
}

/**
 * A timeout that is longer than what a Kustomization waits for: one minute more than the timeouts of the HelmReleases and
 * Kustomizations that it applies, along their longest chain of `dependsOn`.
 *
 * @param applied - the objects that Flux reconciles, of those that it applies
 * @param least - the timeout that it has at least
 */
export function timeoutFor(applied: readonly ApiObject[], least: DurationText): DurationText {
  const longest = longestChain(applied.map(awaitedOf));
  const minutes = Math.ceil((longest + MARGIN_SECONDS) / 60);
  return longest === 0 || minutes * 60 <= (durationSeconds(least) ?? 0) ? least : `${minutes}m`;
}

/** The HelmReleases and Kustomizations that are written to the directory of a construct. */
export function reconciledIn(directory: Construct): ApiObject[] {
  const found: ApiObject[] = [];
  const own = asDirectory(directory)?.kustomization;
  const waiting: IConstruct[] = [...directory.node.children];
  for (let construct = waiting.pop(); construct; construct = waiting.pop()) {
    const inner = asDirectory(construct);
    if (inner) {
      if (inner.kustomization && !isLeftOut(inner)) found.push(inner.kustomization);
      continue;
    }
    if (ApiObject.isApiObject(construct) && construct !== own && isReconciled(construct))
      found.push(construct);
    waiting.push(...construct.node.children);
  }
  return found;
}

function isReconciled({ apiVersion, kind }: ApiObject): boolean {
  const group = apiGroup(apiVersion);
  return (
    (kind === 'HelmRelease' && group === HELM_GROUP) ||
    (kind === 'Kustomization' && group === KUSTOMIZE_GROUP)
  );
}

function awaitedOf(object: ApiObject): Awaited {
  const spec = specOf(object);
  const idOf = ({ namespace = appliedNamespace(object), name }: DependencyReference): string =>
    `${object.kind} ${namespace}/${name}`;
  return {
    id: idOf({ name: appliedName(object) }),
    seconds: spec.suspend === true ? 0 : secondsOf(object, spec),
    after: listOf(spec.dependsOn).flatMap((reference) =>
      isMap(reference) ? [idOf(reference as unknown as DependencyReference)] : [],
    ),
  };
}

function secondsOf({ kind }: ApiObject, spec: PlainMap): number {
  const plain = withTexts(spec);
  if (kind === 'HelmRelease') {
    return releaseTimeLimit({
      ...plain,
      install: withTexts(mapOf(spec.install)),
      upgrade: withTexts(mapOf(spec.upgrade)),
    });
  }
  const limit = kustomizationTimeLimit(plain);
  return plain.timeout === undefined ? Math.min(limit, USUAL_SECONDS) : limit;
}

/** The timings of a map, as Flux writes them. */
function withTexts({ timeout, interval }: PlainMap): PlainMap {
  const text = (value: unknown): unknown => (isMap(value) && isDuration(value) ? durationText(value) : value);
  return { timeout: text(timeout), interval: text(interval) };
}

/** The spec of an object. If it cannot be rendered, this is reported when it is printed. */
function specOf(object: ApiObject): PlainMap {
  if (isOrdered(object)) return mapOf(object.unresolvedSpec());
  try {
    return mapOf(mapOf(object.toJson()).spec);
  } catch {
    return {};
  }
}

/** The seconds of the longest chain; an object that waits for itself is left out, because it is a separate error. */
function longestChain(objects: readonly Awaited[]): number {
  const known = new Map(objects.map((object) => [object.id, object]));
  const users = new Map<string, Awaited[]>();
  const open = new Map<Awaited, number>();
  const latest = new Map<string, number>();
  for (const object of known.values()) {
    const after = object.after.filter((id) => known.has(id));
    open.set(object, after.length);
    for (const id of after) users.set(id, [...(users.get(id) ?? []), object]);
  }
  const ready = [...known.values()].filter((object) => open.get(object) === 0);
  let longest = 0;
  for (let object = ready.pop(); object; object = ready.pop()) {
    const end = (latest.get(object.id) ?? 0) + object.seconds;
    longest = Math.max(longest, end);
    for (const user of users.get(object.id) ?? []) {
      latest.set(user.id, Math.max(latest.get(user.id) ?? 0, end));
      open.set(user, (open.get(user) as number) - 1);
      if (open.get(user) === 0) ready.push(user);
    }
  }
  return longest;
}
