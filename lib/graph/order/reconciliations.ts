import { once } from '../../plain/once';
import { kustomizationTimeLimit, reconcileInterval, releaseTimeLimit } from '../../kinds/time-limits';
import { durationSeconds } from '../../plain/duration';
import { isSameSource, sourceOfObject } from '../entries/entry';
import type { ClusterGraph, GraphNode } from '../graph';
import { listOf, mapOf } from '../../plain/plain-data';
import type { FailingStep, OrderStep, OrderWait } from './order';

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

/** What a step waits for before it starts, and before it is ready. */
export type Waits = Pick<StepDraft, 'waits' | 'includes'>;

/**
 * The Kustomizations and HelmReleases of a cluster, with what they wait for and how long they may take.
 *
 * @param withoutCrd - the nodes that apply objects whose CRD nothing brings
 */
export function stepsOf(
  cluster: ClusterGraph,
  withoutCrd: ReadonlySet<string> = new Set(),
): Map<string, StepDraft> {
  const nodes = nodesById(cluster);
  const drafts = [...startsOf(cluster, withoutCrd)].map(([id, parts]): [string, StepDraft] => {
    const node = nodes.get(id) as GraphNode;
    return [id, { ...draft(node, parts), failure: parts.failure }];
  });
  return new Map(drafts);
}

/** The Kustomizations and HelmReleases of a cluster, with what decides whether and when they start. */
export function startsOf(
  cluster: ClusterGraph,
  withoutCrd: ReadonlySet<string> = new Set(),
): ReadonlyMap<string, Start> {
  const nodes = nodesById(cluster);
  const unsourced = withoutSource(cluster, nodes);
  const starts = [...collectedOf(cluster)].map(([id, parts]): [string, Start] => [
    id,
    { ...parts, failure: failureOf(nodes.get(id) as GraphNode, unsourced, withoutCrd) },
  ]);
  return new Map(starts);
}

/** The Kustomizations and HelmReleases of a cluster, with nothing but what they wait for. */
export const waitsOf = (cluster: ClusterGraph): ReadonlyMap<string, Waits> => collectedOf(cluster);

const collectedOf = once((cluster: ClusterGraph): ReadonlyMap<string, Collected> =>
  waitsIn(cluster, nodesById(cluster)),
);

const nodesById = once(
  ({ nodes }: ClusterGraph): ReadonlyMap<string, GraphNode> => new Map(nodes.map((node) => [node.id, node])),
);

function waitsIn(cluster: ClusterGraph, nodes: ReadonlyMap<string, GraphNode>): Map<string, Collected> {
  const isStep = (id: string) => {
    const node = nodes.get(id);
    return node?.object !== undefined && (node.type === 'kustomization' || node.type === 'helm-release');
  };
  const collected = new Map<string, Collected>();
  for (const id of nodes.keys()) if (isStep(id)) collected.set(id, { waits: [], vain: [], includes: [] });
  for (const { from, to, kind } of cluster.edges) {
    const [source, target] = [nodes.get(from), nodes.get(to)];
    if (!source || !target) continue;
    if (kind === 'applies' && isStep(to) && from !== to) addApplies(collected, source, target);
    else if (kind === 'depends-on' && isStep(from)) addDependency(collected.get(from), source, target);
    else if (kind === 'health-check' && isStep(to) && readyMode(source) === 'health-checks') {
      collected.get(from)?.includes.push(to);
    }
  }
  releaseBesideRoot(collected, cluster.root);
  return collected;
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

function addApplies(collected: ReadonlyMap<string, Collected>, parent: GraphNode, child: GraphNode): void {
  // An object that several Kustomizations apply starts with the first of them.
  if (child.appliedBy[0] === parent.id && child.state === 'applied') {
    collected
      .get(child.id)
      ?.waits.push({ on: parent.id, why: 'parent', until: 'applied', sameRevision: false });
  }
  if (readyMode(parent) === 'wait') collected.get(parent.id)?.includes.push(child.id);
}

function addDependency(parts: Collected | undefined, source: GraphNode, target: GraphNode): void {
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
 * One that is suspended itself waits for nothing, and one of another source was ready once and counts as such.
 */
export function waitsForSuspended(source: GraphNode, target: GraphNode): boolean {
  return isSuspended(target) && !isSuspended(source) && sameSource(source, target);
}

function isSuspended({ object }: GraphNode): boolean {
  return mapOf(object?.spec).suspend === true;
}

function sameSource(a: GraphNode, b: GraphNode): boolean {
  if (a.type !== 'kustomization' || b.type !== 'kustomization' || !a.object || !b.object) return false;
  return isSameSource(sourceRefOf(a.object), sourceRefOf(b.object));
}

// The two sides of a diff have most objects in common.
const sourceRefOf = once(sourceOfObject);

function failureOf(
  node: GraphNode,
  unsourced: ReadonlySet<string>,
  withoutCrd: ReadonlySet<string>,
): StepDraft['failure'] {
  if (node.build?.failure !== undefined) return node.build.failure;
  if (unsourced.has(node.id)) return 'source-missing';
  if (withoutCrd.has(node.id)) return 'crd-missing';
  return isSuspended(node) && node.type === 'kustomization' ? 'suspended' : undefined;
}

/** The Kustomizations whose source nothing applies, if everything that is applied is known. */
function withoutSource({ edges }: ClusterGraph, nodes: ReadonlyMap<string, GraphNode>): ReadonlySet<string> {
  const lacking = edges.flatMap(({ from, to, kind }) =>
    kind === 'source' && nodes.get(from)?.type === 'kustomization' && nodes.get(to)?.state === 'missing'
      ? [from]
      : [],
  );
  const found = new Set(lacking);
  const hides = ({ id, type, identity, build }: GraphNode) =>
    identity.kind === 'ResourceSet' ||
    (type === 'kustomization' && !found.has(id) && build !== undefined && build.source !== 'repository') ||
    (build !== undefined && build.remotes.length > 0);
  return [...nodes.values()].some(hides) ? new Set() : found;
}

function readyMode(node: GraphNode): OrderStep['ready'] {
  if (node.type === 'helm-release') return 'release';
  const spec = mapOf(node.object?.spec);
  if (spec.wait === true) return 'wait';
  return listOf(spec.healthChecks).length > 0 ? 'health-checks' : 'applied';
}

function draft(node: GraphNode, { waits, vain, includes }: Start): StepDraft {
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
