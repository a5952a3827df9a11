import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { finding, type Finding } from '../../findings/finding';
import { throwErrors } from '../../findings/findings-error';
import { findCycles } from '../../plain/cycles';
import { authorDependencies } from './author-dependencies';
import { compileEdge, type Edge, type OrderEdges } from './compile-edge';
import { isOrdered, type DependencyReference, type Ordered } from './orderable';
import { appliedName, appliedNamespace } from '../applied-identity';
import { asDirectory, authorView, isLeftOut, enclosingDirectory } from '../directory';
import { walk } from '../walk';

const NONE: readonly Edge[] = [];

/** The order of an app: what Flux is told of it is in the objects already; this is the rest. */
export interface Ordering {
  /** What is wrong with the order. */
  readonly findings: readonly Finding[];
  /** By object, the objects of the same directory that must come before it in their file. */
  readonly before: ReadonlyMap<ApiObject, ReadonlySet<ApiObject>>;
}

/**
 * Compiles every dependency of an app to what Flux has for it, and tells the objects. Takes time linear in the number
 * of constructs and dependencies.
 *
 * @param root - the app
 * @param ignoreNesting - whether cdk8s has synthesized the app, and so made charts depend on those nested in them
 */
export function compileOrdering(root: IConstruct, ignoreNesting = false): Ordering {
  const edges: OrderEdges = { dependsOn: new Map(), before: new Map(), findings: [] };
  const ordered: Ordered[] = [];
  for (const construct of walk(root)) {
    const directory = enclosingDirectory(construct);
    if (directory && isLeftOut(directory)) continue;
    if (isOrdered(construct)) ordered.push(construct);
    for (const edge of edgesOf(construct, ignoreNesting)) compileEdge(edge, edges);
  }
  const awaited = new Set([...edges.dependsOn.values()].flatMap((targets) => [...targets.keys()]));
  for (const object of ordered) {
    const targets = [...(edges.dependsOn.get(object)?.keys() ?? [])];
    object.setOrder({
      dependsOn: targets.map((target) => reference(object, target)),
      awaited: awaited.has(object),
    });
  }
  return { findings: [...edges.findings, ...cycles(edges)], before: edges.before };
}

/**
 * Compiles the order for an app that is not synthesized by us (a stock cdk8s app, a single chart in a test).
 *
 * @throws FindingsError when the order cannot be
 */
export function orderObjects(root: IConstruct): void {
  throwErrors(compileOrdering(root, true).findings);
}

function edgesOf(construct: IConstruct, ignoreNesting: boolean): readonly Edge[] {
  const dependencies = authorDependencies(construct);
  if (dependencies.length === 0 && !isOrdered(construct)) return NONE;
  const edges: Edge[] = dependencies
    .filter((target) => !(ignoreNesting && isNesting(construct, target)))
    .map((target) => ({ source: construct, target }));
  if (!isOrdered(construct)) return edges;
  return [...construct.explicitDependencies.map((target) => ({ source: construct, target })), ...edges];
}

/** cdk8s makes a chart depend on the charts nested in it: the author did not ask for that. */
function isNesting(source: IConstruct, target: IConstruct): boolean {
  return (
    asDirectory(source) !== undefined && asDirectory(target) !== undefined && target.node.scope === source
  );
}

function reference(source: Ordered, target: Ordered): DependencyReference {
  const [name, namespace] = [appliedName(target), appliedNamespace(target)];
  return namespace === undefined || namespace === appliedNamespace(source) ? { name } : { name, namespace };
}

function cycles(edges: OrderEdges): Finding[] {
  return findCycles(edges.dependsOn.keys(), (object) => edges.dependsOn.get(object)?.keys() ?? []).map(
    (loop) => {
      const names = [...loop, loop[0] as Ordered].map((object) => object.name).join(' -> ');
      return finding({
        code: 'dependency-cycle',
        message: `${names} (each waits for the next); none of them can start`,
        hint: 'remove one of these dependencies',
        locations: loop.map((object) => ({ constructPath: authorView(object).node.path })),
      });
    },
  );
}
