import { uniqueFindings } from '../findings/unique-findings';
import { quotedFolder } from '../findings/quoted-folder';
import { isDeepStrictEqual } from 'node:util';
import { finding, type Finding, type FindingLocation, type ObjectIdentity } from '../findings/finding';
import { identityOf, type ManifestObject } from '../tree/manifest';
import type { Tree } from '../tree/tree';
import { ClusterGraphBuilder } from './cluster-graph';
import { clusterNames } from './entries/cluster-names';
import { sourceOf, type Entry } from './entries/entry';
import { findEntries } from './entries/find-entries';
import { ClusterEvaluation } from './evaluate-cluster';
import { ExpansionLimit } from './expansion-limit';
import { artifactNames, cutArtifact, isArtifactGenerator } from './sources/generated-artifact';
import type { ClusterGraph, Graph } from './graph';
import { compareText } from '../plain/compare-text';
import { groupBy } from '../plain/group-by';
import type { BuildMemo } from './sources/build-memo';
import { hasHiddenTemplates } from './resource-sets/render-resource-set';
import { SourceViews } from './kustomize/source-views';

/** A cluster whose name and entry path are known, as code has published it. */
export interface KnownCluster {
  /** Its name: the id of its construct. */
  readonly name: string;
  /** Its entry path from the repository's root, without `./`. */
  readonly path: string;
}

/** How a graph is built. */
export interface GraphOptions {
  /**
   * Entry paths, as given to `flux bootstrap --path`.
   *
   * @default - found: the clusters that are known, what bootstrap wrote and FluxInstances with a sync, else
   *   Kustomizations that nothing applies, or the folders that hold them
   */
  readonly entries?: readonly string[];
  /**
   * The clusters whose names and entry paths are known.
   *
   * @default - none
   */
  readonly clusters?: readonly KnownCluster[];
  /**
   * What the graph of another tree left behind, so that what is the same in both is built once.
   *
   * @default - everything is built
   */
  readonly memo?: BuildMemo;
}

/**
 * Tells what Flux does with a repository. Whatever cannot be read or evaluated is a finding; nothing is thrown.
 */
export function buildGraph(tree: Tree, options: GraphOptions = {}): Graph {
  const { entries, clusters: known = [] } = options;
  const views = new SourceViews(tree, options.memo);
  const search = findEntries(tree, views, { named: entries, known: known.map(({ path }) => path) });
  const limit = new ExpansionLimit();
  const names = clusterNames(
    search.entries.map(({ path }) => path),
    new Map(known.map(({ name, path }) => [path, name])),
  );
  const findings: Finding[] = [...search.findings];
  const clusters = search.entries.flatMap((entry, index): ClusterGraph[] => {
    const evaluated = new ClusterEvaluation(entry, views, limit, options.memo).run();
    const inner = search.entries.find((one) => one !== entry && isAt(one, evaluated.innerRoot));
    if (inner) {
      findings.push(leftOver(entry, inner));
      return [];
    }
    findings.push(...evaluated.findings);
    const built = new ClusterGraphBuilder(names[index] ?? entry.path, entry, evaluated).build();
    const graph = { ...built, findings: evaluated.findings };
    findings.push(...madeInCluster(graph));
    options.memo?.shareFrame(graph);
    return [graph];
  });
  return {
    clusters: clusters.sort((a, b) => compareText(a.name, b.name)),
    findings: uniqueFindings(findings),
  };
}

function isAt({ location }: Entry, place: FindingLocation | undefined): boolean {
  return place !== undefined && location?.file === place.file && location?.line === place.line;
}

/** What is said of an entry path around another one, which is usually what an earlier `flux bootstrap` left behind. */
function leftOver({ path, location, kustomization }: Entry, inner: Entry): Finding {
  const [outside, inside] = [path, inner.path].map(quotedFolder);
  return finding({
    code: 'path-overlap',
    message: `Flux cannot start from ${outside}, because the entry path ${inside} in it has the same objects of Flux; this cluster is not checked`,
    hint: 'remove what an earlier bootstrap left behind, or move one of the entry paths out of the other',
    object: identityOf(kustomization),
    locations: [location, inner.location].flatMap((one) => one ?? []),
  });
}

/** Objects that create other objects in the cluster, which files do not show: a finding for each kind. */
function madeInCluster(cluster: ClusterGraph): Finding[] {
  const creators = cluster.nodes.filter(
    ({ object }) => object && (hasHiddenTemplates(object) || isOpaqueGenerator(object, cluster)),
  );
  if (creators.length === 0) return [];
  const made = cluster.nodes.flatMap(
    ({ build }) => build?.inventory.flatMap(({ madeBy }) => madeBy ?? []) ?? [],
  );
  const makers = new Set(made);
  return [...groupBy(creators, ({ identity }) => identity.kind).values()].flatMap((nodes) => {
    const [first, ...others] = nodes;
    if (first === undefined) return [];
    const hidden = nodes.some(({ id }) => makers.has(id)) ? 'all of them' : 'them';
    const what = others.length === 0 ? 'creates' : `and ${others.length} more create`;
    return finding({
      code: 'made-in-cluster',
      severity: 'info',
      message: `${text(first.identity)} ${what} objects in the cluster; the graph does not show ${hidden}`,
      locations: first.location ? [first.location] : [],
      object: first.identity,
    });
  });
}

/** Whether a generator does more than copy parts of the repository. */
function isOpaqueGenerator(object: ManifestObject, { syncSource }: ClusterGraph): boolean {
  if (!isArtifactGenerator(object)) return false;
  const cuts = artifactNames(object).map((name) => cutArtifact(object, name)?.source);
  const namespace = object.metadata?.namespace ?? '';
  return !cuts.every((source) => source && isDeepStrictEqual(sourceOf(source, namespace), syncSource));
}

function text({ kind, namespace, name }: ObjectIdentity): string {
  return `${kind} ${JSON.stringify(namespace === undefined ? name : `${namespace}/${name}`)}`;
}
