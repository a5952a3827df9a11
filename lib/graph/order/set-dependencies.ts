import { addToGroup } from '../../plain/group-by';
import { listOf, mapOf } from '../../plain/plain-data';
import type { Frame, FrameNode } from '../frame';
import { isResourceSet } from '../resource-sets/operator-objects';

/** Of a ResourceSet whose objects wait for more in total, the order is left out: each of them waits for each of those. */
const MAX_WAITS = 100_000;
/** The same for all ResourceSets, of which each may pass on what the one before waits for. */
const MAX_IN_TOTAL = 1_000_000;

/**
 * What objects of ResourceSets wait for because their ResourceSet waits until something is ready. One that waits for another
 * ResourceSet with `wait: true` waits for what that one creates.
 *
 * @param nodes - the nodes of the frame
 * @param isStep - whether a node can be waited for
 * @see https://fluxoperator.dev/docs/crd/resourceset/#dependency-management
 */
export class SetDependencies {
  private readonly made = new Map<string, string[]>();
  private readonly sets = new Map<string, FrameNode[]>();
  private readonly awaited = new Map<string, FrameNode[]>();
  private readonly known = new Map<string, Set<string>>();
  private left = MAX_IN_TOTAL;

  constructor(
    { edges }: Frame,
    nodes: ReadonlyMap<string, FrameNode>,
    private readonly isStep: (node: FrameNode) => boolean,
  ) {
    for (const { from, to, kind, field } of edges) {
      if (kind !== 'makes' && kind !== 'depends-on') continue;
      const [source, target] = [nodes.get(from), nodes.get(to)];
      if (!source || !target || !isSet(source)) continue;
      if (kind === 'makes') {
        if (isStep(target)) addToGroup(this.made, from, to);
        else if (isSet(target)) addToGroup(this.sets, from, target);
      } else if (waitsUntilReady(source, field)) addToGroup(this.awaited, from, target);
    }
  }

  /** What a ResourceSet creates and is ready only after; nothing for other nodes. */
  *readyBefore(set: FrameNode): Iterable<string> {
    if (!isSet(set) || mapOf(set.object?.spec).wait !== true) return;
    yield* this.made.get(set.id) ?? [];
    for (const inner of this.sets.get(set.id) ?? []) yield* this.readyBefore(inner);
  }

  /** The objects of ResourceSets that wait, each with what it waits for. */
  *waits(): Iterable<readonly [string, string]> {
    let left = MAX_IN_TOTAL;
    for (const [set, objects] of this.made) {
      const targets = this.targetsOf(set);
      const count = objects.length * targets.size;
      if (count > Math.min(MAX_WAITS, left)) continue;
      left -= count;
      for (const object of objects)
        for (const target of targets) if (target !== object) yield [object, target];
    }
  }

  /** What a ResourceSet waits for, found after that of those before it. Without recursion, because chains may be long. */
  private targetsOf(set: string): ReadonlySet<string> {
    const open = [{ id: set, isNext: false }];
    for (let one = open.pop(); one; one = open.pop()) {
      const { id, isNext } = one;
      if (isNext) this.addTargets(id);
      if (this.known.has(id)) continue;
      // A ResourceSet in a loop never starts; what is known of it so far ends the walk.
      this.known.set(id, new Set());
      open.push({ id, isNext: true });
      for (const target of this.awaited.get(id) ?? []) open.push({ id: target.id, isNext: false });
    }
    return this.known.get(set) ?? new Set();
  }

  private addTargets(set: string): void {
    const targets = this.known.get(set);
    for (const target of this.awaited.get(set) ?? []) {
      const through = this.isStep(target) ? [target.id] : isSet(target) ? this.throughSet(target) : [];
      for (const one of through) {
        if (this.left === 0) return;
        this.left -= 1;
        targets?.add(one);
      }
    }
  }

  /** What is ready before a ResourceSet is: its objects, if it waits for them; else what itself waits for. */
  private throughSet(set: FrameNode): Iterable<string> {
    const own = mapOf(set.object?.spec).wait === true ? this.made.get(set.id) : undefined;
    return own ?? this.known.get(set.id) ?? [];
  }
}

/** Whether a node is a ResourceSet that the files have. */
export function isSet({ object }: FrameNode): boolean {
  return object !== undefined && isResourceSet(object);
}

/** Whether the entry of a field such as `spec.dependsOn[0]` asks for more than that the object exists. */
function waitsUntilReady({ object }: FrameNode, field: string): boolean {
  const index = Number(/\[(\d+)\]$/.exec(field)?.[1]);
  // The operator reads `readyExpr` only beside `ready: true`.
  return mapOf(listOf(mapOf(object?.spec).dependsOn)[index]).ready === true;
}
