import { durationSeconds } from './duration';
import { sourceOf } from '../entries/entry';
import type { ClusterGraph, GraphNode } from '../graph';
import { listOf, mapOf, textOf } from '../../plain/plain-data';
import type { OrderStep, OrderWait } from './order';

/** A step before its wave is known. */
export type StepDraft = Omit<OrderStep, 'wave'> & {
  /** What it waits for and the tree does not have. */
  readonly missing: readonly string[];
};

/** What a step waits for before it starts, and before it is ready. */
export type Waits = Pick<StepDraft, 'waits' | 'includes'>;

/** How long Helm's actions may take where `spec.timeout` is not set. */
const HELM_TIMEOUT_SECONDS = 300;
/** How often a Kustomization is reconciled where `spec.interval` cannot be read. */
const DEFAULT_INTERVAL_SECONDS = 600;
/** The least time that the kustomize controller gives a reconciliation. */
const MIN_TIMEOUT_SECONDS = 30;

/** The Kustomizations and HelmReleases of a cluster, with what they wait for and how long they may take. */
export function stepsOf(cluster: ClusterGraph): Map<string, StepDraft> {
  const nodes = nodesById(cluster);
  const drafts = [...waitsIn(cluster, nodes)].map(([id, parts]): [string, StepDraft] => [
    id,
    draft(nodes.get(id) as GraphNode, parts),
  ]);
  return new Map(drafts);
}

/** The Kustomizations and HelmReleases of a cluster, with nothing but what they wait for. */
export function waitsOf(cluster: ClusterGraph): ReadonlyMap<string, Waits> {
  return waitsIn(cluster, nodesById(cluster));
}

function nodesById(cluster: ClusterGraph): ReadonlyMap<string, GraphNode> {
  return new Map(cluster.nodes.map((node) => [node.id, node]));
}

function waitsIn(cluster: ClusterGraph, nodes: ReadonlyMap<string, GraphNode>): Map<string, Collected> {
  const isStep = (id: string) => {
    const node = nodes.get(id);
    return node?.object !== undefined && (node.type === 'kustomization' || node.type === 'helm-release');
  };
  const collected = new Map<string, Collected>();
  for (const id of nodes.keys()) if (isStep(id)) collected.set(id, { waits: [], missing: [], includes: [] });
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
  readonly missing: string[];
  readonly includes: string[];
}

/**
 * What the root waits for, and applies too, was put into the cluster together with the root: bootstrap by hand applies
 * a folder of both. So it does not wait for the root.
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
    parts.missing.push(target.id);
    return;
  }
  const until = readyMode(target) === 'applied' ? 'applied' : 'ready';
  parts.waits.push({ on: target.id, why: 'depends-on', until, sameRevision: sameSource(source, target) });
}

function sameSource(a: GraphNode, b: GraphNode): boolean {
  if (a.type !== 'kustomization' || b.type !== 'kustomization') return false;
  const [one, other] = [a, b].map(({ object }) =>
    sourceOf(mapOf(object?.spec).sourceRef, textOf(object?.metadata?.namespace) ?? ''),
  );
  return one?.kind === other?.kind && one?.name === other?.name && one?.namespace === other?.namespace;
}

function readyMode(node: GraphNode): OrderStep['ready'] {
  if (node.type === 'helm-release') return 'release';
  const spec = mapOf(node.object?.spec);
  if (spec.wait === true) return 'wait';
  return listOf(spec.healthChecks).length > 0 ? 'health-checks' : 'applied';
}

function draft(node: GraphNode, { waits, missing, includes }: Collected): StepDraft {
  const spec = mapOf(node.object?.spec);
  const interval = durationSeconds(spec.interval) ?? DEFAULT_INTERVAL_SECONDS;
  const own = durationSeconds(spec.timeout);
  const isRelease = node.type === 'helm-release';
  const timeoutSeconds = isRelease
    ? (own ?? HELM_TIMEOUT_SECONDS)
    : Math.max(own ?? interval - MIN_TIMEOUT_SECONDS, MIN_TIMEOUT_SECONDS);
  const strategy = mapOf(mapOf(spec.install).strategy);
  const retry = isRelease ? strategy.retryInterval : spec.retryInterval;
  return {
    id: node.id,
    waits,
    missing,
    includes,
    ready: readyMode(node),
    timeoutSeconds,
    retrySeconds: durationSeconds(retry) ?? interval,
  };
}
