import type { FindingLocation } from '../../findings/finding';
import { nameOf } from '../../findings/object-name';
import type { AppliedObject, GraphNode } from '../../graph/graph';
import { isSuspended } from '../../graph/is-suspended';
import { nodeId } from '../../graph/node-id';
import { isMarked } from '../../kinds/apply-marks';
import { namesAnd } from '../../plain/first-names';
import { groupBy } from '../../plain/group-by';
import { mapOf } from '../../plain/plain-data';
import type { ManifestObject } from '../../tree/manifest';
import { atNode } from '../at-node';
import type { CheckContext } from '../check-context';
import type { ClusterFacts, OwnedObject } from '../facts/cluster-facts';
import { isAppliedByProgram } from '../facts/files/applied-by-programs';
import { isMadeInCluster } from '../facts/missing/generated-in-cluster';
import { possibleOrigin } from '../facts/missing/hidden-parts';
import {
  isCoreNamespace,
  isLooseNamespace,
  isNamespaceMadeElsewhere,
  isNamespaceMadeOtherwise,
  namespacesOfHelm,
} from '../facts/namespaces/namespaces-made';
import { RETRY_OF_SEVERAL, retryTime } from '../facts/retry-time';
import { apiOrders } from '../providers/api-order';
import { listKinds } from '../providers/list-kinds';
import type { Rule, RuleFinding } from '../rule';

/** Up to this many Kustomizations are named one by one. */
const FEW = 4;

/** Objects that may be applied before their namespace is there. */
export const namespaceRace: Rule = {
  code: 'namespace-race',
  *check(context) {
    for (const facts of context.clusters) {
      if (isMadeInCluster(facts, 'Namespace')) continue;
      const races = racesOf(context, facts);
      yield* races.filter(({ isReversed }) => isReversed).map((race) => deadlock(facts, race));
      yield* helmDeadlocks(context, facts);
      const open = races.filter(({ isReversed }) => !isReversed);
      for (const alike of groupBy(open, ({ maker }) => maker.id).values())
        yield* alike.length > FEW ? [habit(facts, alike)] : alike.map((race) => problem(facts, race));
    }
  },
};

/** Objects of a Kustomization in namespaces, and the Kustomization that makes these but need not come first. */
interface Race {
  readonly owner: GraphNode;
  readonly namespaces: readonly string[];
  readonly objects: readonly AppliedObject[];
  readonly maker: GraphNode;
  /** Whether the maker comes only after the objects, so that neither is ever applied. */
  readonly isReversed: boolean;
}

function racesOf(context: CheckContext, facts: ClusterFacts): Race[] {
  const waiting = waitingForMissing(facts);
  return facts.kustomizations
    .filter((owner) => isApplied(owner) && !waiting.has(owner.id))
    .flatMap((owner) => {
      const { inventory = [] } = owner.build ?? {};
      const own = inventory.filter(({ identity }) => isCoreNamespace(identity));
      const direct = inventory.filter((one) => one.madeBy === undefined && isCreated({ ...one, owner }));
      const byNamespace = groupBy(direct, ({ identity }) => identity.namespace ?? '');
      for (const { identity } of own) byNamespace.delete(identity.name);
      const races = [...byNamespace].flatMap(([namespace, objects]) => {
        const race = raceOf(context, facts, owner, namespace);
        return race ? [{ ...race, owner, namespaces: [namespace], objects }] : [];
      });
      return [...groupBy(races, ({ maker, isReversed }) => `${maker.id} ${isReversed}`).values()].map(joined);
    });
}

function raceOf(
  context: CheckContext,
  facts: ClusterFacts,
  { id }: GraphNode,
  namespace: string,
): Pick<Race, 'maker' | 'isReversed'> | undefined {
  const made = facts.objects.get(nodeId({ group: '', kind: 'Namespace', name: namespace })) ?? [];
  const makers = made.filter(isCreated).map(({ owner }) => owner);
  const [maker] = makers;
  if (
    !maker ||
    made.some(({ madeBy }) => madeBy !== undefined) ||
    isNamespaceMadeOtherwise(context, facts, namespace)
  )
    return undefined;
  if (made.some(({ location }) => isAppliedByProgram(context, location.file))) return undefined;
  const use = { id, at: 'applied' } as const;
  if (makers.some((one) => facts.precedence.follows(use, { id: one.id, at: 'applied' }))) return undefined;
  const isReversed = makers.every((one) => facts.precedence.needs({ id: one.id, at: 'applied' }, use));
  // Someone who applies the maker by hand decides when that is.
  if (isReversed && makers.some(({ location }) => isAppliedByProgram(context, location?.file)))
    return undefined;
  return { maker, isReversed };
}

/** Objects in namespaces that only Helm creates, for releases that Flux applies together with them, or after them. */
function helmDeadlocks(context: CheckContext, facts: ClusterFacts): RuleFinding[] {
  const waiting = waitingForMissing(facts);
  return [...namespacesOfHelm(facts)].flatMap(([namespace, releases]) => {
    const identity = { group: '', kind: 'Namespace', name: namespace };
    const able = releases.filter(({ object }) => isForThisCluster(object));
    const origin = possibleOrigin(facts, identity, ({ node }) => node.identity.namespace === namespace);
    const isMade = facts.objects.has(nodeId(identity)) || isNamespaceMadeElsewhere(context, facts, namespace);
    if (able.length === 0 || isMade || origin?.isLikely === true || namespace.includes('${')) return [];
    return facts.kustomizations
      .filter((owner) => isApplied(owner) && !waiting.has(owner.id))
      .filter((owner) => able.every((release) => isAppliedTooLate(facts, release, owner)))
      .flatMap((owner) => {
        const objects = inNamespace(context, owner, namespace);
        const severity = origin || isLooseNamespace(context, namespace) ? 'warning' : 'error';
        return objects.length > 0 ? [{ ...helmDeadlock(facts, owner, able, objects), severity }] : [];
      });
  });
}

function isForThisCluster(object: ManifestObject): boolean {
  return mapOf(object.spec).kubeConfig === undefined && !isSuspended({ object });
}

/** Whether Flux applies a release together with what a Kustomization applies, or only afterwards. */
function isAppliedTooLate({ precedence }: ClusterFacts, release: OwnedObject, { id }: GraphNode): boolean {
  if (release.madeBy !== undefined) return false;
  const { owner } = release;
  return owner.id === id || precedence.needs({ id: owner.id, at: 'applied' }, { id, at: 'applied' });
}

/** What a Kustomization applies in a namespace, without what cannot be applied for another reason. */
function inNamespace(context: CheckContext, owner: GraphNode, namespace: string): AppliedObject[] {
  const inventory = owner.build?.inventory ?? [];
  const reported = apiOrders(context).apis.filter(
    ({ state, use }) => state === 'reversed' && use.owner.id === owner.id,
  );
  const others = new Set(reported.flatMap(({ use }) => use.objects));
  return inventory.filter(
    (one) =>
      one.identity.namespace === namespace &&
      one.madeBy === undefined &&
      isCreated({ ...one, owner }) &&
      !others.has(one),
  );
}

/** Races of one Kustomization and one maker as one. */
function joined(races: readonly Race[]): Race {
  const [first] = races as [Race];
  const namespaces = races.flatMap((race) => race.namespaces);
  return { ...first, namespaces, objects: races.flatMap(({ objects }) => objects) };
}

/** Whether everything that a Kustomization applies is known, and goes to the cluster itself. */
function isApplied({ build, object }: GraphNode): boolean {
  return build?.complete === true && build.remoteCluster === undefined && !isSuspended({ object });
}

/** Whether Flux creates an object that is not there yet. */
function isCreated(applied: Omit<OwnedObject, 'id'>): boolean {
  const isLeftOut = isMarked(applied, 'reconcile', 'disabled') || isMarked(applied, 'ssa', 'Ignore');
  return !isSuspended(applied.owner) && !isLeftOut;
}

/** The Kustomizations that wait for what is not in sight, or come after such: they never start, or their order is unknown. */
function waitingForMissing(facts: ClusterFacts): ReadonlySet<string> {
  const waits = facts.edges('depends-on');
  const found = new Set(
    waits.filter(({ to }) => facts.node(to)?.state === 'missing').map(({ from }) => from),
  );
  const after = groupBy(waits, ({ to }) => to);
  // The set grows while it is walked.
  for (const id of found) {
    for (const { from } of after.get(id) ?? []) found.add(from);
    for (const { to } of facts.edgesFrom(id, 'applies')) found.add(to);
  }
  return found;
}

function problem(facts: ClusterFacts, race: Race): RuleFinding {
  const { owner, namespaces, objects, maker } = race;
  const name = nameOf(maker.identity);
  const isOne = namespaces.length === 1;
  const where = `the namespace${isOne ? '' : 's'} ${namesAnd(namespaces.map((one) => JSON.stringify(one)))}`;
  const [it, exist] = isOne ? ['it', 'the namespace exists'] : ['them', 'the namespaces exist'];
  return {
    ...atNode(owner, 'spec.dependsOn'),
    locations: locationsOf(owner.location, objects[0]?.location),
    cluster: facts.cluster.name,
    cause: `several Kustomizations apply objects in namespaces that ${name} creates, but do not wait for it: on a new cluster they fail until the namespaces exist, and retry only after ${RETRY_OF_SEVERAL}`,
    message: `applies ${listKinds(objects)} in ${where}, but does not wait for ${name}, which creates ${it}: on a new cluster it fails until ${exist}, and retries only after ${retryTime(owner)}`,
    hint: waitsFor(facts, maker, owner)
      ? `move the Namespace to a Kustomization that does not wait for this one, and depend on that one: ${name} is ready only after this one`
      : `add ${name} to spec.dependsOn`,
  };
}

/** Whether a Kustomization is ready only once another one is. */
function waitsFor({ precedence }: ClusterFacts, { id }: GraphNode, other: GraphNode): boolean {
  return precedence.needs({ id, at: 'ready' }, { id: other.id, at: 'ready' });
}

/** Objects whose namespaces come only after them. */
function deadlock(facts: ClusterFacts, { owner, namespaces, objects, maker }: Race): RuleFinding {
  const [first, ...more] = objects;
  const what = `${first ? nameOf(first.identity) : ''}${more.length > 0 ? ` and ${more.length} more` : ''}`;
  const names = namesAnd(namespaces.map((one) => JSON.stringify(one)));
  return {
    locations: locationsOf(first?.location, maker.location),
    object: first?.identity,
    field: 'metadata.namespace',
    cluster: facts.cluster.name,
    severity: 'error',
    message: `${nameOf(maker.identity)} creates the namespace${namespaces.length > 1 ? 's' : ''} ${names} of ${what}, but starts only after ${nameOf(owner.identity)} has applied ${more.length > 0 ? 'these' : 'this object'}: on a new cluster, neither is ever applied`,
    hint: `move the Namespace to ${nameOf(owner.identity)}: Flux creates it before the other objects there`,
  };
}

/** Objects whose namespace Helm creates only after them. */
function helmDeadlock(
  facts: ClusterFacts,
  owner: GraphNode,
  [release]: readonly OwnedObject[],
  objects: readonly AppliedObject[],
): RuleFinding {
  const [first, ...more] = objects;
  const name = JSON.stringify(first?.identity.namespace);
  const what = `${first ? nameOf(first.identity) : ''}${more.length > 0 ? ` and ${more.length} more` : ''}`;
  const isTogether = release?.owner.id === owner.id;
  const helm = `Helm creates the namespace ${name} of ${what} for ${release ? nameOf(release.identity) : ''}`;
  return {
    locations: locationsOf(first?.location, release?.location),
    object: first?.identity,
    field: 'metadata.namespace',
    cluster: facts.cluster.name,
    message: isTogether
      ? `${helm}, which the same Kustomization applies: Flux applies nothing of a Kustomization until the namespaces of all its objects exist, so on a new cluster neither is ever applied`
      : `${helm}, which Flux applies only after ${nameOf(owner.identity)}: on a new cluster, neither is ever applied`,
    hint: `add a Namespace ${name} to ${nameOf(owner.identity)}: Flux creates it before the other objects there`,
  };
}

/** If many do not wait, the finding is at the Kustomization that creates the namespaces. */
function habit(facts: ClusterFacts, races: readonly Race[]): RuleFinding {
  const [{ maker }] = races as [Race];
  const owners = races.map(({ owner }) => owner);
  const names = owners.slice(0, FEW).map(({ identity }) => JSON.stringify(identity.name));
  return {
    ...atNode(maker),
    locations: locationsOf(...[maker, ...owners].map(({ location }) => location)),
    cluster: facts.cluster.name,
    message: `${owners.length} Kustomizations apply objects in namespaces that it creates, and do not wait for it (${names.join(', ')}, ...): on a new cluster they fail until the namespaces exist, and retry only after ${RETRY_OF_SEVERAL}`,
    hint: 'make them depend on it, or create the namespaces before all others',
  };
}

function locationsOf(...places: readonly (FindingLocation | undefined)[]): FindingLocation[] {
  return places.filter((place) => place !== undefined);
}
