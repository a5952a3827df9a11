import { Construct, type IConstruct } from 'constructs';
import { nearestName } from '../findings/nearest-name';
import { authorView } from '../flux/directory';
import { nodeId } from '../graph/node-id';
import type { ClusterGraph, GraphNode } from '../graph/graph';
import { Precedence } from '../graph/order/happens-before';
import { describe, requireConstruct, resultOf, type MatcherContext, type MatcherResult } from './matcher';
import { PlannedApp } from './planned-app';

const MATCHER = 'toReconcileBefore';

/** Whether a step is ready before another one starts. See `FluxMatchers`. */
export function toReconcileBefore(
  this: MatcherContext,
  received: unknown,
  first: unknown,
  second: unknown,
): MatcherResult {
  const scope = requireConstruct(received, MATCHER);
  for (const wanted of [first, second]) if (typeof wanted !== 'string') requireStep(wanted, scope);
  const app = PlannedApp.of(scope);
  const steps = app.clusters.map((cluster) => ({
    cluster,
    earlier: stepIn(cluster, first, app),
    later: stepIn(cluster, second, app),
  }));
  const both = steps.filter(({ earlier, later }) => earlier && later);
  if (both.length === 0) return resultOf([absent(app, first, second)], '');
  const problems = both.flatMap(({ cluster, earlier, later }) =>
    problemOf(cluster, earlier as GraphNode, later as GraphNode, both.length > 1),
  );
  return resultOf(problems, `${shown(second)} waits until ${shown(first)} is ready, and must not`);
}

function problemOf(cluster: ClusterGraph, earlier: GraphNode, later: GraphNode, several: boolean): string[] {
  const precedence = new Precedence(cluster);
  if (precedence.needs({ id: later.id, at: 'applied' }, { id: earlier.id, at: 'ready' })) return [];
  const where = several ? ` in cluster ${JSON.stringify(cluster.name)}` : '';
  const isApplied = precedence.needs({ id: later.id, at: 'applied' }, { id: earlier.id, at: 'applied' });
  if (isApplied) return [`${later.id} starts after ${earlier.id} is applied, but does not wait until it is ready${where}`]; // prettier-ignore
  const waits = cluster.edges.filter(({ from, kind }) => from === later.id && kind === 'depends-on');
  const known = waits.length > 0 ? `waits for ${waits.map(({ to }) => to).join(', ')}` : 'waits for nothing';
  return [`${later.id} does not wait for ${earlier.id}${where}: it ${known}`];
}

/** The Kustomization or HelmRelease that a construct or a name means. */
function stepIn({ nodes }: ClusterGraph, wanted: unknown, app: PlannedApp): GraphNode | undefined {
  const steps = nodes.filter(isStep);
  if (typeof wanted === 'string') {
    const named = steps.filter(({ id, identity: { namespace, name } }) =>
      [id, `${namespace ?? ''}/${name}`, name].includes(wanted),
    );
    return only(named, wanted);
  }
  return stepOfConstruct(steps, wanted as IConstruct, app);
}

function requireStep(wanted: unknown, scope: IConstruct): void {
  if (!wanted || !Construct.isConstruct(wanted))
    throw new TypeError(
      `${MATCHER} got ${describe(wanted)}; pass constructs, or names such as "apps/podinfo"`,
    );
  if (wanted.node.root !== scope.node.root)
    throw new TypeError(`${MATCHER} got ${wanted.node.path || 'an app'}, which is part of another app`);
}

/** The object that a construct created itself, otherwise the only one in it. */
function stepOfConstruct(
  steps: readonly GraphNode[],
  construct: IConstruct,
  app: PlannedApp,
): GraphNode | undefined {
  const path = authorView(construct).node.path;
  const idsAt = (fits: (constructPath: string) => boolean): ReadonlySet<string> =>
    new Set(
      app.documents
        .filter(({ constructPath }) => fits(constructPath))
        .map(({ identity }) => nodeId(identity)),
    );
  const own = idsAt((constructPath) => constructPath === path);
  const found = steps.filter(({ id }) => own.has(id));
  if (found.length === 1) return found[0];
  const within = idsAt((constructPath) => constructPath === path || constructPath.startsWith(`${path}/`));
  return only(
    steps.filter(({ id }) => within.has(id)),
    path,
  );
}

function only(found: readonly GraphNode[], wanted: string): GraphNode | undefined {
  if (found.length < 2) return found[0];
  const ids = found.map(({ id }) => id).join(', ');
  throw new TypeError(
    `${MATCHER} got ${JSON.stringify(wanted)}, which matches ${ids}: use the name of one of them`,
  );
}

/**
 * Why no cluster has both steps.
 *
 * @throws TypeError if a step does not exist at all: with `.not`, a mistyped name would pass
 */
function absent(app: PlannedApp, ...wanted: readonly unknown[]): string {
  const missing = wanted.filter((one) => !app.clusters.some((cluster) => stepIn(cluster, one, app)));
  if (missing.length === 0)
    return `no cluster has both ${wanted.map(shown).join(' and ')}, and Flux does not order objects of different clusters`;
  const names = app.clusters.flatMap(({ nodes }) =>
    nodes.filter(isStep).map(({ identity }) => identity.name),
  );
  const hints = missing.map((one) =>
    typeof one === 'string' ? nearestName(one, new Set(names)) : undefined,
  );
  const near = [...new Set(hints.filter((hint) => hint !== undefined))];
  throw new TypeError(
    `there is no Kustomization or HelmRelease ${missing.map(shown).join(' or ')}${near.length > 0 ? `; did you mean ${near.join(', ')}?` : ''}`,
  );
}

function isStep({ type, object }: GraphNode): boolean {
  return (type === 'kustomization' || type === 'helm-release') && object !== undefined;
}

function shown(wanted: unknown): string {
  return typeof wanted === 'string' ? JSON.stringify(wanted) : (wanted as IConstruct).node.path;
}
