import type { FindingLocation, ObjectIdentity } from '../../findings/finding';
import { groupBy } from '../../plain/group-by';
import { mapOf } from '../../plain/plain-data';
import { isBelow, joinPath } from '../../tree/path';
import type { Tree } from '../../tree/tree';
import type { ManifestObject } from '../../tree/manifest';
import { fluxType } from '../../kinds/flux-kinds';
import { sourceOf } from '../entries/entry';
import type { ClusterGraph, GraphNode, KustomizationBuild } from '../graph';
import { sourcePath } from '../post-build/kustomization-change';
import { planArtifacts, SOURCE_ALIAS } from './plan-copies';

/** A Kustomization, and the artifact that it can be applied from. */
export interface SplitKustomization {
  readonly identity: ObjectIdentity;
  readonly location?: FindingLocation;
  /** The `spec.sourceRef` that it gets. */
  readonly sourceRef: Readonly<Record<string, string>>;
}

/** A Kustomization that stays on its source. */
export interface KeptKustomization {
  readonly identity: ObjectIdentity;
  readonly reason: string;
}

/** How the repository of a cluster can be cut into an artifact for each Kustomization. */
export interface ClusterSplit {
  /** The cluster's name. */
  readonly cluster: string;
  /** Its entry path. */
  readonly entry: string;
  /**
   * The ArtifactGenerator.
   *
   * @default - there is no Kustomization to cut one out for
   */
  readonly generator?: ManifestObject;
  readonly split: readonly SplitKustomization[];
  readonly kept: readonly KeptKustomization[];
}

/** A Kustomization that can have its own artifact. */
interface Candidate {
  readonly node: GraphNode;
  readonly build: KustomizationBuild;
  readonly artifact: string;
}

/**
 * How the repository of a cluster can be cut into an artifact for each Kustomization, so that a change reconciles only what
 * it touches: each holds what the build of its Kustomization reads.
 *
 * @see https://fluxcd.io/flux/components/source/artifactgenerators/
 */
export function splitCluster(cluster: ClusterGraph, tree: Tree): ClusterSplit {
  const { name, entry, syncSource } = cluster;
  const kustomizations = cluster.nodes.filter(
    (node) => node.type === 'kustomization' && node.id !== cluster.root,
  );
  const kept: KeptKustomization[] = [];
  const fit = kustomizations.flatMap((node) => {
    const reason = reasonToKeep(node, syncSource);
    if (reason !== undefined) kept.push({ identity: node.identity, reason });
    return reason === undefined && node.build ? [{ node, build: node.build }] : [];
  });
  const candidates = named(fit, syncSource.namespace);
  const root = rootOf(candidates[0]);
  const inSource = (path: string): string[] => {
    if (!isBelow(path, root)) return [];
    return [root === '' ? path : path.slice(root.length + 1)];
  };
  const wanted = candidates.map(({ artifact, build }) => ({
    name: artifact,
    reads: build.reads.flatMap(inSource),
  }));
  const artifacts = planArtifacts(wanted, [...tree.paths].flatMap(inSource));
  const generator = {
    ...fluxType('ArtifactGenerator'),
    metadata: metadataOf(syncSource),
    spec: { sources: [aliased(syncSource)], artifacts },
  };
  return {
    ...{ cluster: name, entry, kept },
    ...(artifacts.length > 0 && { generator }),
    split: candidates.map((candidate) => splitOf(candidate, syncSource.namespace)),
  };
}

/** Why a Kustomization cannot have its own artifact; `undefined` if it can. */
function reasonToKeep({ object, build }: GraphNode, sync: ObjectIdentity): string | undefined {
  if (!object || !build) return 'it is not in any file';
  const { sourceRef } = mapOf(object.spec);
  const { kind, namespace, name } = sourceOf(sourceRef, object.metadata?.namespace ?? '');
  if (kind === 'ExternalArtifact') return 'it already has an artifact';
  const isSync = kind === sync.kind && name === sync.name && namespace === sync.namespace;
  if (!isSync || build.source !== 'repository') return 'its source is not the source of the cluster';
  return build.failure === undefined ? undefined : 'it cannot be built';
}

/**
 * Artifacts are named after Kustomizations. If two names would be the same, those from other namespaces get the
 * namespace as a prefix, and a number if another Kustomization already has this name.
 */
function named(
  fit: readonly { readonly node: GraphNode; readonly build: KustomizationBuild }[],
  own: string | undefined,
): Candidate[] {
  const byName = groupBy(fit, ({ node }) => node.identity.name);
  const taken = new Set(byName.keys());
  return fit.map(({ node, build }) => {
    const { name, namespace } = node.identity;
    const isShared = (byName.get(name)?.length ?? 0) > 1 && namespace !== own;
    return { node, build, artifact: isShared ? freeName(`${namespace ?? ''}-${name}`, taken) : name };
  });
}

/** A name that is not taken; it then is. */
function freeName(name: string, taken: Set<string>): string {
  let free = name;
  for (let count = 2; taken.has(free); count++) free = `${name}-${count}`;
  taken.add(free);
  return free;
}

/** The folder of the repository that is the root of the source. */
function rootOf(candidate: Candidate | undefined): string {
  if (!candidate) return '';
  const { node, build } = candidate;
  const path = sourcePath(mapOf(node.object?.spec).path);
  if (path === '') return build.path;
  return build.path.endsWith(`/${path}`) ? build.path.slice(0, -path.length - 1) : '';
}

function metadataOf({ name, namespace }: ObjectIdentity): ManifestObject['metadata'] {
  return { name, ...(namespace !== undefined && { namespace }) };
}

function aliased({ kind, name }: ObjectIdentity): Readonly<Record<string, string>> {
  return { alias: SOURCE_ALIAS, kind, name };
}

function splitOf({ node, artifact }: Candidate, own: string | undefined): SplitKustomization {
  const { identity, location } = node;
  const isFar = own !== undefined && identity.namespace !== own;
  const sourceRef = { kind: 'ExternalArtifact', name: artifact, ...(isFar && { namespace: own }) };
  return { identity, ...(location && { location }), sourceRef };
}

/** Where the generator of a cluster goes. */
export function generatorFile({ entry }: Pick<ClusterSplit, 'entry'>): string {
  return joinPath(entry, 'artifacts.yaml');
}
