import type { FindingLocation, ObjectIdentity } from '../../findings/finding';
import { groupBy } from '../../plain/group-by';
import { mapOf } from '../../plain/plain-data';
import { isBelow, joinPath } from '../../tree/path';
import type { Tree } from '../../tree/tree';
import type { ManifestObject } from '../../tree/manifest';
import { fluxType } from '../../kinds/flux-kinds';
import { sourceOf } from '../entries/entry';
import type { ClusterGraph, GraphNode } from '../graph';
import { kustomizationChange, sourcePath } from '../post-build/kustomization-change';
import {
  artifactNames,
  cutArtifact,
  isArtifactGenerator,
  placeInSource,
} from '../sources/generated-artifact';
import { SourceViews } from '../kustomize/source-views';
import { planArtifacts, SOURCE_ALIAS } from './plan-copies';

/** A Kustomization, and the artifact that it can be applied from. */
export interface SplitKustomization {
  readonly identity: ObjectIdentity;
  readonly location?: FindingLocation;
  /** The `spec.sourceRef` that it gets. */
  readonly sourceRef: Readonly<Record<string, string>>;
  /** Whether it already has this `sourceRef`, from an earlier run. */
  readonly isSplit: boolean;
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

/** A Kustomization that can have its own artifact, and what its build reads. */
interface Fit {
  readonly node: GraphNode;
  readonly reads: readonly string[];
  /** The name of the artifact that it already has. */
  readonly own?: string;
}

/** A Kustomization with the name of its artifact. */
interface Candidate extends Fit {
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
  const root = rootOf(cluster.nodes.find(({ id }) => id === cluster.root));
  const former = new FormerSplit(cluster, tree, root);
  const kept: KeptKustomization[] = [];
  const fit = kustomizations.flatMap((node): Fit[] => {
    const again = former.again(node);
    if (again) return [again];
    const reason = reasonToKeep(node, syncSource);
    if (reason !== undefined) kept.push({ identity: node.identity, reason });
    return reason === undefined && node.build ? [{ node, reads: node.build.reads }] : [];
  });
  const candidates = named(fit, syncSource.namespace);
  const inSource = (path: string): string[] => {
    if (!isBelow(path, root)) return [];
    return [root === '' ? path : path.slice(root.length + 1)];
  };
  // Several Kustomizations may share an artifact that code made for a layer.
  const wanted = [...groupBy(candidates, ({ artifact }) => artifact)].map(([artifact, members]) => ({
    name: artifact,
    reads: members.flatMap(({ reads }) => reads.flatMap(inSource)),
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

/** The artifacts of an earlier run, whose Kustomizations may read other folders by now. */
class FormerSplit {
  private readonly names: ReadonlySet<string>;
  private views?: SourceViews;

  constructor(
    private readonly cluster: ClusterGraph,
    private readonly tree: Tree,
    private readonly root: string,
  ) {
    const { kind, name, namespace } = cluster.syncSource;
    const generator = cluster.nodes
      .flatMap(({ object }) => (object && isArtifactGenerator(object) ? [object] : []))
      .find(({ metadata }) => metadata?.name === name && metadata?.namespace === namespace);
    const isOurs = (artifact: string): boolean => {
      const cut = generator && cutArtifact(generator, artifact);
      if (!cut || cut.source.kind !== kind || cut.source.name !== name) return false;
      return placeInSource(cut.copies)?.root === '';
    };
    this.names = new Set(generator && artifactNames(generator).filter(isOurs));
  }

  /** A Kustomization that an earlier run split, with what it reads in the repository. */
  again(node: GraphNode): Fit | undefined {
    const spec = mapOf(node.object?.spec);
    const { kind, namespace, name } = sourceOf(spec.sourceRef, node.object?.metadata?.namespace ?? '');
    const isOwn = kind === 'ExternalArtifact' && namespace === this.cluster.syncSource.namespace;
    if (!isOwn || !this.names.has(name)) return undefined;
    const { view, builder } = (this.views ??= new SourceViews(this.tree)).get();
    const path = joinPath(this.root, sourcePath(spec.path));
    const change = kustomizationChange(spec, (one) => view.hasFolder(sourcePath(`${path}/${one}`)));
    const { reads, findings } = builder.build(path, { change });
    return findings.some(({ severity }) => severity === 'error') ? undefined : { node, reads, own: name };
  }
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
function named(fit: readonly Fit[], ownNamespace: string | undefined): Candidate[] {
  const byName = groupBy(fit, ({ node }) => node.identity.name);
  const taken = new Set([...byName.keys(), ...fit.flatMap(({ own }) => own ?? [])]);
  return fit.map((one): Candidate => {
    const { name, namespace } = one.node.identity;
    if (one.own !== undefined) return { ...one, artifact: one.own };
    const isShared = (byName.get(name)?.length ?? 0) > 1 && namespace !== ownNamespace;
    return { ...one, artifact: isShared ? freeName(`${namespace ?? ''}-${name}`, taken) : name };
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
function rootOf(root: GraphNode | undefined): string {
  if (!root?.build) return '';
  const path = sourcePath(mapOf(root.object?.spec).path);
  if (path === '') return root.build.path;
  return root.build.path.endsWith(`/${path}`) ? root.build.path.slice(0, -path.length - 1) : '';
}

function metadataOf({ name, namespace }: ObjectIdentity): ManifestObject['metadata'] {
  return { name, ...(namespace !== undefined && { namespace }) };
}

function aliased({ kind, name }: ObjectIdentity): Readonly<Record<string, string>> {
  return { alias: SOURCE_ALIAS, kind, name };
}

function splitOf({ node, artifact, own }: Candidate, ownNamespace: string | undefined): SplitKustomization {
  const { identity, location } = node;
  const isFar = ownNamespace !== undefined && identity.namespace !== ownNamespace;
  const sourceRef = { kind: 'ExternalArtifact', name: artifact, ...(isFar && { namespace: ownNamespace }) };
  return { identity, ...(location && { location }), sourceRef, isSplit: own !== undefined };
}

/** Where the generator of a cluster goes. */
export function generatorFile({ entry }: Pick<ClusterSplit, 'entry'>): string {
  return joinPath(entry, 'artifacts.yaml');
}
