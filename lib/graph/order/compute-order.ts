import { once } from '../../plain/once';
import { loopComponents, loopThrough } from '../../plain/cycles';
import { frameOf, type Frame } from '../frame';
import type { ClusterGraph, Graph } from '../graph';
import { longestChain } from './longest-chain';
import { momentsOf, type Moments } from './events';
import type { BlockedStep, FailingStep, Order, OrderCycle, OrderStep, OrderWait } from './order';
import { compareText } from '../../plain/compare-text';
import {
  startsOf,
  stepsOf,
  waitsOf,
  type Failing,
  type Start,
  type StepDraft,
  type Waits,
} from './reconciliations';

/** What is known of a cluster beside its graph. */
export interface OrderOptions {
  /**
   * Nodes that never become ready for a reason that the graph does not show, such as an object whose CRD nothing brings.
   *
   * @default - none
   */
  readonly failing?: Failing;
  /**
   * By node, the missing ones to which it refers and which something that the repository does not show may bring, so that
   * it may start if it waits for them.
   *
   * @default - none
   */
  readonly unseen?: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * Tells in which order Flux reconciles a cluster from nothing: what starts in which wave, what takes longest, and
 * what never starts.
 *
 * @param cluster - the name of a cluster of the graph, or the cluster itself
 * @param options - what is known beside the graph
 * @throws Error where the graph has no such cluster
 */
export function computeOrder(
  graph: Graph,
  cluster: string | ClusterGraph,
  { failing, unseen }: OrderOptions = {},
): Order {
  const found = typeof cluster === 'string' ? graph.clusters.find(({ name }) => name === cluster) : cluster;
  if (!found) throw new Error(`there is no cluster ${JSON.stringify(cluster)} in the graph`);
  const steps = withUnseen(stepsOf(found, failing), unseen);
  const moments = momentsOf(steps);
  const cycles = findCycles(moments, steps);
  const levels = levelsOf(moments, steps);
  const placed = place(steps, moments, levels);
  const blocked = blockedSteps(steps, moments, levels, cycles);
  return {
    cluster: found.name,
    waves: wavesOf(placed),
    longestChain: longestChain(placed),
    cycles,
    blocked,
    neverReady: failingSteps(steps, blocked),
  };
}

/** The steps, which may start after what the repository does not show. */
function withUnseen(
  steps: ReadonlyMap<string, StepDraft>,
  unseen: ReadonlyMap<string, ReadonlySet<string>> = new Map(),
): ReadonlyMap<string, StepDraft> {
  const changed = new Map(steps);
  for (const [id, others] of unseen) {
    const step = steps.get(id);
    if (!step) continue;
    const found = [...new Set(step.vain)].filter((on) => others.has(on));
    const waits = found.map((on): OrderWait => {
      return { on, why: 'depends-on', until: 'ready', sameRevision: false, isUnseen: true };
    });
    const vain = step.vain.filter((on) => !others.has(on));
    changed.set(id, { ...step, waits: [...step.waits, ...waits], vain });
  }
  return changed;
}

/** The loops of a cluster's order alone, without what it takes to tell the rest. */
export function findOrderCycles(cluster: ClusterGraph): readonly OrderCycle[] {
  return cyclesIn(frameOf(cluster));
}

const cyclesIn = once((frame: Frame): readonly OrderCycle[] => findCycles(momentsIn(frame), waitsOf(frame)));

/** The wave of each step that starts, without what it takes to tell the rest. */
export function wavesOfSteps(cluster: ClusterGraph): ReadonlyMap<string, number> {
  return wavesIn(frameOf(cluster));
}

const wavesIn = once((frame: Frame): ReadonlyMap<string, number> => {
  const moments = momentsIn(frame);
  const levels = levelsOf(moments, startsOf(frame));
  return new Map(
    moments.ids.flatMap((id, index) => {
      const wave = levels[2 * index] ?? -1;
      return wave < 0 ? [] : [[id, wave] as const];
    }),
  );
});

const momentsIn = once((frame: Frame): Moments => momentsOf(waitsOf(frame)));

/** Names one loop for each group of connected loops, through its first name. */
function findCycles({ ids, waitsFor }: Moments, steps: ReadonlyMap<string, Waits>): OrderCycle[] {
  const nameOf = (moment: number) => ids[moment >> 1] ?? '';
  return loopComponents(waitsFor)
    .map((component) => {
      const [start = 0] = [...component].sort((a, b) => compareText(nameOf(a), nameOf(b)) || a - b);
      const loop = loopThrough(waitsFor, start, new Set(component)).map(nameOf);
      // A step is in the loop with both its moments, but named once.
      const nodes = loop.filter((id, index) => id !== loop[(index + 1) % loop.length]);
      const loopNodes = nodes.length > 0 ? nodes : loop.slice(0, 1);
      return { nodes: loopNodes, throughParent: !isDependsOnLoop(loopNodes, steps) };
    })
    .sort((a, b) => compareText(a.nodes[0] ?? '', b.nodes[0] ?? ''));
}

function isDependsOnLoop(nodes: readonly string[], steps: ReadonlyMap<string, Waits>): boolean {
  return nodes.every((id, index) => {
    const next = nodes[(index + 1) % nodes.length];
    return steps.get(id)?.waits.some(({ on, why }) => why === 'depends-on' && on === next) ?? false;
  });
}

/** The level of each moment: 0 if it waits for nothing; -1 if it never happens. */
function levelsOf({ ids, waitsFor }: Moments, steps: ReadonlyMap<string, Start>): Int32Array {
  const levels = new Int32Array(waitsFor.length).fill(-1);
  const open = Int32Array.from(waitsFor, (waits) => waits.length);
  const waiters: number[][] = waitsFor.map(() => []);
  waitsFor.forEach((waits, moment) => waits.forEach((other) => waiters[other]?.push(moment)));
  const isFree = (moment: number) => {
    const step = steps.get(ids[moment >> 1] ?? '');
    return open[moment] === 0 && (moment % 2 === 0 ? step?.vain.length === 0 : !fails(step));
  };
  const queue = [...waitsFor.keys()].filter(isFree);
  const reached = new Int32Array(waitsFor.length);
  for (const moment of queue) {
    levels[moment] = reached[moment] ?? 0;
    // A build that kustomize refuses applies nothing, so what is in it does not exist in a new cluster.
    if (steps.get(ids[moment >> 1] ?? '')?.failure === 'build-refused') continue;
    for (const waiter of waiters[moment] ?? []) {
      const isStart = waiter % 2 === 0;
      reached[waiter] = Math.max(reached[waiter] ?? 0, (levels[moment] ?? 0) + (isStart ? 1 : 0));
      open[waiter] = (open[waiter] ?? 0) - 1;
      if (isFree(waiter)) queue.push(waiter);
    }
  }
  return levels;
}

/**
 * Whether a step never becomes ready. A suspended step was ready before; steps that wait for its next revision are a
 * different case.
 */
function fails(step: Start | undefined): boolean {
  return step?.failure !== undefined && step.failure !== 'suspended';
}

/** The steps that never become ready; of suspended steps, those for which others wait in vain. */
function failingSteps(steps: ReadonlyMap<string, StepDraft>, blocked: readonly BlockedStep[]): FailingStep[] {
  const awaited = new Set(blocked.flatMap(({ on }) => on));
  return [...steps.values()]
    .flatMap(({ id, failure }) =>
      failure === undefined || (failure === 'suspended' && !awaited.has(id)) ? [] : [{ id, reason: failure }],
    )
    .sort((a, b) => compareText(a.id, b.id));
}

/** The steps that start, in order. */
function place(steps: ReadonlyMap<string, StepDraft>, { ids }: Moments, levels: Int32Array): OrderStep[] {
  return ids
    .flatMap((id, index): OrderStep[] => {
      const step = steps.get(id);
      const wave = levels[2 * index] ?? -1;
      if (!step || wave < 0) return [];
      const { vain: _vain, failure: _failure, ...rest } = step;
      return [{ ...rest, wave }];
    })
    .sort((a, b) => a.wave - b.wave || compareText(a.id, b.id));
}

function wavesOf(placed: readonly OrderStep[]): OrderStep[][] {
  const waves: OrderStep[][] = [];
  for (const step of placed) (waves[step.wave] ??= []).push(step);
  return waves;
}

function blockedSteps(
  steps: ReadonlyMap<string, StepDraft>,
  { ids }: Moments,
  levels: Int32Array,
  cycles: readonly OrderCycle[],
): BlockedStep[] {
  const inLoop = new Set(cycles.flatMap(({ nodes }) => nodes));
  const indexes = new Map(ids.map((id, index) => [id, index]));
  const never = (id: string) => (levels[2 * (indexes.get(id) ?? Infinity) + 1] ?? 0) < 0;
  return ids
    .filter((id, index) => (levels[2 * index] ?? 0) < 0 && !inLoop.has(id))
    .map((id) => {
      const { waits = [], vain = [] } = steps.get(id) ?? {};
      return { id, on: [...new Set([...vain, ...waits.filter(({ on }) => never(on)).map(({ on }) => on)])] };
    })
    .sort((a, b) => compareText(a.id, b.id));
}
