import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { FindingCode } from '../../findings/codes';
import { finding, type Finding } from '../../findings/finding';
import { isOrdered, type Ordered } from './orderable';
import {
  asDirectory,
  authorView,
  destinationOf,
  remoteAround,
  targetDirectory,
  isEntryPath,
  isLeftOut,
  type Directory,
} from '../directory';
import { standInOf } from './dependable-object';

/** One construct waits for another, as the author said it. */
export interface Edge {
  readonly source: IConstruct;
  readonly target: IConstruct;
}

/** What the author's dependencies become. */
export interface OrderEdges {
  /** By Kustomization or HelmRelease, those of the same kind that it waits for, in the order they were given. */
  readonly dependsOn: Map<Ordered, Map<Ordered, Edge>>;
  /** By object, the objects of the same directory that come before it. */
  readonly before: Map<ApiObject, Set<ApiObject>>;
  readonly findings: Finding[];
}

/** Compiles one dependency to what Flux has for it, or says why it has nothing. */
export function compileEdge(edge: Edge, edges: OrderEdges): void {
  const unapplied = [edge.source, edge.target].find((construct) => isUnapplied(asDirectory(construct)));
  if (unapplied) {
    edges.findings.push(notApplied(edge, `Flux does not apply ${authorView(unapplied).node.path}`));
    return;
  }
  for (const source of objectsOf(edge.source)) {
    for (const target of objectsOf(edge.target)) compilePair(source, target, edge, edges);
  }
}

/** Whether a directory is a ManifestDirectory, or that of a FluxApp that no Kustomization applies. */
function isUnapplied(directory: Directory | undefined): boolean {
  return directory !== undefined && !isEntryPath(directory) && directory.kustomization === undefined;
}

/**
 * The objects that a construct represents: for a FluxApp its Kustomization, for another construct the topmost objects
 * below it.
 */
function objectsOf(construct: IConstruct): ApiObject[] {
  const own = asDirectory(construct);
  if (own?.whenEmpty && isLeftOut(own)) return objectsOf(own.whenEmpty);
  if (own?.kustomization) return [own.kustomization];
  const standIn = standInOf(construct);
  if (standIn) return [standIn];
  if (ApiObject.isApiObject(construct)) return [construct];
  return construct.node.children.flatMap(objectsOf);
}

function compilePair(source: ApiObject, target: ApiObject, edge: Edge, edges: OrderEdges): void {
  const [from, to] = [targetDirectory(source), targetDirectory(target)];
  if (source === target) {
    edges.findings.push(
      refusal(edge, 'dependency-on-itself', 'a construct cannot depend on itself', 'remove the dependency'),
    );
  } else if (from?.cluster !== to?.cluster) {
    edges.findings.push(acrossClusters(edge, from, to));
  } else if (contains(target, from)) {
    edges.findings.push(onParent(edge));
  } else if (contains(source, to)) {
    edges.findings.push(onChild(edge));
  } else if (isOrdered(source) && isOrdered(target) && source.kind === target.kind) {
    addTo(edges, source, target, edge);
  } else if (from === to) {
    compileWithin(source, target, edge, edges);
  } else {
    compileOwners(source, target, edge, edges);
  }
}

/** Whether an object is the Kustomization that applies a directory, directly or through the directories around it. */
function contains(object: ApiObject, directory: Directory | undefined): boolean {
  for (let outer = directory; outer; outer = outer.parent)
    if (outer.kustomization === (object as unknown)) return true;
  return false;
}

/** Both are in one directory: Flux applies them together, so only their order in the file remains. */
function compileWithin(source: ApiObject, target: ApiObject, edge: Edge, edges: OrderEdges): void {
  const before = edges.before.get(source) ?? new Set();
  edges.before.set(source, before.add(target));
  if (!isOrdered(target)) return;
  edges.findings.push(
    refusal(
      edge,
      'dependency-cross-kind',
      `a ${source.kind} cannot wait for a ${target.kind} in the same FluxApp: Flux applies both together`,
      `put the ${source.kind} into its own FluxApp, and make that FluxApp depend on this one`,
    ),
  );
}

/** Flux has no dependency between these kinds, so the Kustomizations that apply them wait for each other instead. */
function compileOwners(source: ApiObject, target: ApiObject, edge: Edge, edges: OrderEdges): void {
  const [from, to] = [applierOf(source), applierOf(target)];
  if (!from || !to) {
    edges.findings.push(
      notApplied(edge, 'Flux can order only objects that the Kustomization of a FluxApp applies'),
    );
  } else if (contains(to, targetDirectory(from))) {
    edges.findings.push(onParent(edge));
  } else if (contains(from, targetDirectory(to))) {
    edges.findings.push(onChild(edge));
  } else {
    addTo(edges, from, to, edge);
  }
}

/** The Kustomization to wait for instead of an object: the object itself, or the one that applies it. */
function applierOf(object: ApiObject): Ordered | undefined {
  return isOrdered(object) && object.kind === 'Kustomization'
    ? object
    : targetDirectory(object)?.kustomization;
}

function addTo(edges: OrderEdges, source: Ordered, target: Ordered, edge: Edge): void {
  const [from, to] = [targetDirectory(source), targetDirectory(target)];
  if (destinationOf(from) !== destinationOf(to)) {
    edges.findings.push(acrossKubeConfig(edge, from, to));
    return;
  }
  const targets = edges.dependsOn.get(source) ?? new Map<Ordered, Edge>();
  if (!targets.has(target)) targets.set(target, edge);
  edges.dependsOn.set(source, targets);
}

function notApplied(edge: Edge, reason: string): Finding {
  return refusal(edge, 'dependency-not-applied', reason, 'put both into FluxApps that Flux applies');
}

function acrossClusters(edge: Edge, from: Directory | undefined, to: Directory | undefined): Finding {
  const [a, b] = [from, to].map((directory) =>
    JSON.stringify(directory?.cluster?.construct.node.path ?? 'no cluster'),
  );
  return refusal(
    edge,
    'dependency-across-clusters',
    `${a} cannot wait for something in ${b}, because each cluster reconciles independently`,
    'depend on something in the same cluster',
  );
}

/** One of the two goes on to another cluster, by `kubeConfig` of a FluxApp around it. */
function acrossKubeConfig(edge: Edge, from: Directory | undefined, to: Directory | undefined): Finding {
  const [outer, inner] = [remoteAround(to), remoteAround(from)].map((one) => one?.construct.node.path);
  const moved = outer ?? inner;
  return refusal(
    edge,
    'dependency-across-clusters',
    `kubeConfig of ${moved} takes one of them to another cluster, and each cluster reconciles independently`,
    `depend on something in the same cluster${outer === undefined ? '' : `, such as ${outer} itself`}`,
  );
}

function onParent(edge: Edge): Finding {
  return refusal(
    edge,
    'dependency-on-parent',
    'a FluxApp cannot depend on the FluxApp that applies it, which may wait for it',
    'remove the dependency: Flux always applies a parent before its children',
  );
}

function onChild(edge: Edge): Finding {
  return refusal(
    edge,
    'dependency-on-child',
    'a FluxApp cannot depend on something that it applies itself',
    'remove the dependency, or move one of the two out of the other',
  );
}

function refusal(edge: Edge, code: FindingCode, message: string, hint: string): Finding {
  const [source, target] = [authorView(edge.source), authorView(edge.target)];
  const locations = source === target ? [source] : [source, target];
  return finding({
    code,
    message: `${source.node.path} depends on ${target.node.path}: ${message}`,
    hint,
    locations: locations.map((construct) => ({ constructPath: construct.node.path })),
  });
}
