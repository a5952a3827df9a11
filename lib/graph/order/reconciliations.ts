import { isSuspended } from '../is-suspended';
import { once } from '../../plain/once';
import { kustomizationTimeLimit, reconcileInterval, releaseTimeLimit } from '../../kinds/time-limits';
import { durationSeconds } from '../../plain/duration';
import { isSameSource, sourceOfObject } from '../entries/entry';
import { frameOf, type Frame, type FrameNode } from '../frame';
import type { ClusterGraph, GraphEdge } from '../graph';
import { nodesById } from '../nodes-by-id';
import { listOf, mapOf } from '../../plain/plain-data';
import type { FailingStep, OrderStep, OrderWait } from './order';
import { isSet, SetDependencies } from './set-dependencies';

/** A step before its wave is known. */
export type StepDraft = Omit<OrderStep, 'wave'> & {
  /** What it waits for in vain: the tree does not have it, or it is suspended. */
  readonly vain: readonly string[];
  /**
   * Why it never becomes ready.
   *
   * @default - it does, as far as files tell
   */
  readonly failure?: FailingStep['reason'];
};

/** What decides whether and when a step starts. */
export type Start = Pick<StepDraft, 'waits' | 'includes' | 'vain' | 'failure'>;

/** Nodes that never become ready, and why. */
export type Failing = ReadonlyMap<string, FailingStep['reason']>;

/** What a step waits for before it starts, and before it is ready. */
export type Waits = Pick<StepDraft, 'waits' | 'includes'>;

/**
 * The Kustomizations and HelmReleases of a cluster, with what they wait for and how long they may take.
 *
 * @param failing - the nodes of which something else tells that they never become ready
 */
export function stepsOf(cluster: ClusterGraph, failing: Failing = new Map()): Map<string, StepDraft> {
  const frame = frameOf(cluster);
  const nodes = nodesById(frame);
  const drafts = [...startsOf(frame, failing)].map(([id, parts]): [string, StepDraft] => {
    const node = nodes.get(id) as FrameNode;
    return [id, { ...draft(node, parts), failure: parts.failure }];
  });
  return new Map(drafts);
}

/** The Kustomizations and HelmReleases of a cluster, with what decides whether and when they start. */
export function startsOf(frame: Frame, failing: Failing = new Map()): ReadonlyMap<string, Start> {
  const nodes = nodesById(frame);
  const unsourced = withoutSource(frame, nodes);
  const starts = new Map<string, Start>();
  for (const [id, { waits, includes, vain }] of waitsIn(frame)) {
    const failure = failureOf(nodes.get(id) as FrameNode, unsourced, failing);
    starts.set(id, { waits, includes, vain, failure });
  }
  return starts;
}

/** The Kustomizations and HelmReleases of a cluster, with nothing but what they wait for. */
export function waitsOf(frame: Frame): ReadonlyMap<string, Waits> {
  return waitsIn(frame);
}

const waitsIn = once((frame: Frame): ReadonlyMap<string, Collected> => {
  const nodes = nodesById(frame);
  const collected = new Map<string, Collected>();
  for (const node of frame.nodes)
    if (isStep(node)) collected.set(node.id, { waits: [], vain: [], includes: [] });
  for (const { from, to, kind } of frame.edges) {
    // Most edges are of other kinds.
    if (kind !== 'applies' && kind !== 'depends-on' && kind !== 'health-check') continue;
    const [source, target] = [nodes.get(from), nodes.get(to)];
    if (!source || !target) continue;
    if (kind === 'depends-on') addDependency(collected.get(from), source, target);
    else if (!collected.has(to)) continue;
    else if (kind === 'health-check') {
      if (readyMode(source) === 'health-checks') collected.get(from)?.includes.push(to);
    } else if (from !== to) addApplies(collected, source, target);
  }
  addSetDependencies(collected, frame, nodes);
  releaseBesideRoot(collected, frame.root);
  return collected;
});

/** Adds what objects of ResourceSets wait for because of their ResourceSet, and what waits for them because of it. */
function addSetDependencies(
  collected: ReadonlyMap<string, Collected>,
  frame: Frame,
  nodes: ReadonlyMap<string, FrameNode>,
): void {
  if (!frame.nodes.some(isSet)) return;
  const sets = new SetDependencies(frame, nodes, isStep);
  for (const { from, to, kind } of frame.edges) {
    const [source, set] = [nodes.get(from), nodes.get(to)];
    if (!source || !set || !isAwaited(kind, source, set)) continue;
    const before = [...sets.readyBefore(set)].filter((one) => one !== from);
    collected.get(from)?.includes.push(...before);
  }
  for (const [made, on] of sets.waits()) {
    const target = nodes.get(on);
    const until = target && readyMode(target) === 'applied' ? 'applied' : 'ready';
    collected.get(made)?.waits.push({ on, why: 'depends-on', until, sameRevision: false });
  }
}

/** Whether a Kustomization is ready only after a ResourceSet is, because of an edge to it. */
function isAwaited(kind: GraphEdge['kind'], kustomization: FrameNode, set: FrameNode): boolean {
  const mode = readyMode(kustomization);
  return kind === 'applies'
    ? mode === 'wait' && set.state === 'applied'
    : kind === 'health-check' && mode === 'health-checks';
}

function isStep(node: FrameNode): boolean {
  return node.object !== undefined && isStepType(node);
}

function isStepType(node: Pick<FrameNode, 'type'> | undefined): boolean {
  return node?.type === 'kustomization' || node?.type === 'helm-release';
}

interface Collected {
  readonly waits: OrderWait[];
  readonly vain: string[];
  readonly includes: string[];
}

/**
 * An object that the root both waits for and applies was put into the cluster together with the root: bootstrap by hand
 * applies a folder with both. So it does not wait for the root.
 */
function releaseBesideRoot(collected: ReadonlyMap<string, Collected>, root: string): void {
  const dependencies = collected.get(root)?.waits.filter(({ why }) => why === 'depends-on') ?? [];
  for (const { on } of dependencies) {
    const waits = collected.get(on)?.waits;
    const position = waits?.findIndex(({ on: other, why }) => why === 'parent' && other === root) ?? -1;
    if (position >= 0 && on !== root) waits?.splice(position, 1);
  }
}

function addApplies(collected: ReadonlyMap<string, Collected>, parent: FrameNode, child: FrameNode): void {
  // An object that several Kustomizations apply starts with the first of them.
  const isMade = child.state === 'made';
  if (child.appliedBy[0] === parent.id && (isMade || child.state === 'applied')) {
    collected
      .get(child.id)
      ?.waits.push({ on: parent.id, why: 'parent', until: 'applied', sameRevision: false });
  }
  // Flux waits for the ResourceSet that makes an object, which may wait for the object.
  if (readyMode(parent) === 'wait' && !isMade) collected.get(parent.id)?.includes.push(child.id);
}

function addDependency(parts: Collected | undefined, source: FrameNode, target: FrameNode): void {
  if (!parts) return;
  if (!target.object) {
    parts.vain.push(target.id);
    return;
  }
  const until = readyMode(target) === 'applied' ? 'applied' : 'ready';
  parts.waits.push({ on: target.id, why: 'depends-on', until, sameRevision: sameSource(source, target) });
  if (waitsForSuspended(source, target)) parts.vain.push(target.id);
}

/**
 * Whether a Kustomization waits for a suspended one of the same source, which never gets the revision that it waits for.
 * One that is suspended itself waits for nothing, one of another source was ready once and counts as such, and `readyExpr`
 * replaces the comparison of revisions.
 */
export function waitsForSuspended(source: FrameNode, target: FrameNode): boolean {
  return (
    isSuspended(target) && !isSuspended(source) && sameSource(source, target) && !hasReadyExpr(source, target)
  );
}

/** Whether each dependency on an object says by itself what counts as ready. */
function hasReadyExpr({ object, identity }: FrameNode, target: FrameNode): boolean {
  const { name, namespace } = target.identity;
  return listOf(mapOf(object?.spec).dependsOn)
    .map(mapOf)
    .filter((entry) => entry.name === name && (entry.namespace ?? identity.namespace) === namespace)
    .every((entry) => Boolean(entry.readyExpr));
}

function sameSource(a: FrameNode, b: FrameNode): boolean {
  if (a.type !== 'kustomization' || b.type !== 'kustomization' || !a.object || !b.object) return false;
  return isSameSource(sourceRefOf(a.object), sourceRefOf(b.object));
}

// The two sides of a diff have most objects in common.
const sourceRefOf = once(sourceOfObject);

function failureOf(node: FrameNode, unsourced: ReadonlySet<string>, failing: Failing): StepDraft['failure'] {
  // Flux does nothing for a release that is suspended, and counts it as ready.
  if (node.type === 'helm-release' && isSuspended(node)) return undefined;
  if (node.build?.failure !== undefined) return node.build.failure;
  if (unsourced.has(node.id)) return 'source-missing';
  const told = failing.get(node.id);
  if (told !== undefined) return told;
  return isSuspended(node) && node.type === 'kustomization' ? 'suspended' : undefined;
}

/** The Kustomizations and HelmReleases whose source nothing applies, if everything that is applied is known. */
function withoutSource({ edges }: Frame, nodes: ReadonlyMap<string, FrameNode>): ReadonlySet<string> {
  const lacking = edges.flatMap(({ from, to, kind }) =>
    (kind === 'source' || kind === 'chart') &&
    isStepType(nodes.get(from)) &&
    nodes.get(to)?.state === 'missing'
      ? [from]
      : [],
  );
  if (lacking.length === 0) return new Set();
  const found = new Set(lacking);
  const hides = ({ id, type, identity, build }: FrameNode) =>
    identity.kind === 'ResourceSet' ||
    (type === 'kustomization' && !found.has(id) && build !== undefined && build.source !== 'repository') ||
    (build !== undefined && build.remotes.length > 0);
  return [...nodes.values()].some(hides) ? new Set() : found;
}

function readyMode(node: FrameNode): OrderStep['ready'] {
  if (node.type === 'helm-release') return 'release';
  const spec = mapOf(node.object?.spec);
  if (spec.wait === true) return 'wait';
  return listOf(spec.healthChecks).length > 0 ? 'health-checks' : 'applied';
}

function draft(node: FrameNode, { waits, vain, includes }: Start): StepDraft {
  const spec = mapOf(node.object?.spec);
  const isRelease = node.type === 'helm-release';
  const strategy = mapOf(mapOf(spec.install).strategy);
  const retry = isRelease ? strategy.retryInterval : spec.retryInterval;
  return {
    id: node.id,
    waits,
    vain,
    includes,
    ready: readyMode(node),
    timeoutSeconds: isRelease ? releaseTimeLimit(spec) : kustomizationTimeLimit(spec),
    retrySeconds: durationSeconds(retry) ?? reconcileInterval(spec),
  };
}
