import type { FindingLocation, ObjectIdentity } from '../findings/finding';
import { identityOf, type ManifestObject } from '../tree/manifest';
import type { Entry } from './entries/entry';
import type { EvaluatedCluster, EvaluatedKustomization } from './evaluate-cluster';
import { clusterScopedKinds, type BuiltObject } from './post-build/substitute-objects';
import type { AppliedObject, ClusterGraph, GraphEdge, GraphNode, NodeType } from './graph';
import { artifactNames, isArtifactGenerator } from './sources/generated-artifact';
import { KUSTOMIZE_GROUP, SOURCE_GROUP } from '../kinds/groups';
import { fluxNodeType, isClusterScoped } from './kinds';
import { once } from '../plain/once';
import { referencesOf, type Reference } from './references';

/** A node while it is built. */
interface NodeDraft {
  readonly id: string;
  readonly type: NodeType;
  readonly identity: ObjectIdentity;
  readonly state: GraphNode['state'];
  readonly object?: ManifestObject;
  readonly location?: FindingLocation;
  readonly appliedBy: string[];
  build?: EvaluatedKustomization;
}

/** An applied object by its identity, with who applies it. */
interface Owned {
  readonly object: ManifestObject;
  readonly location: FindingLocation;
  readonly identity: ObjectIdentity;
  readonly owners: string[];
}

/** An object that a Kustomization applies, with the id that its node has or would have. */
interface Identified extends BuiltObject {
  readonly identity: ObjectIdentity;
  readonly id: string;
}

/** Turns what was evaluated into nodes and edges. */
export class ClusterGraphBuilder {
  private readonly identified = new Map<EvaluatedKustomization, readonly Identified[]>();
  private readonly drafts = new Map<string, NodeDraft>();
  private readonly owned = new Map<string, Owned>();
  /** The generators by the artifacts that they create. */
  private readonly makers = new Map<string, string>();
  private readonly edges: GraphEdge[] = [];
  private readonly scoped: ReadonlySet<string>;
  /** Whether kinds are known to be cluster-scoped: there are few kinds, and many objects. */
  private readonly wide = new Map<string, boolean>();

  constructor(
    private readonly name: string,
    private readonly entry: Entry,
    private readonly evaluated: EvaluatedCluster,
  ) {
    this.scoped = clusterScopedKinds(evaluated.kustomizations.flatMap(({ objects }) => objects));
  }

  /** The cluster's graph. */
  build(): ClusterGraph {
    const [root] = this.evaluated.kustomizations;
    for (const kustomization of this.evaluated.kustomizations) this.index(kustomization);
    if (root) this.addRoot(root);
    for (const kustomization of this.evaluated.kustomizations) this.addFluxObjects(kustomization);
    for (const draft of [...this.drafts.values()]) this.addReferences(draft);
    const edges = this.edgesInOrder();
    const nodes = [...this.drafts.values()].map((draft) => this.finish(draft));
    const { path, source } = this.entry;
    return {
      name: this.name,
      entry: path,
      root: root ? kustomizationId(root) : '',
      syncSource: source,
      nodes,
      edges,
    };
  }

  /** The edges in the order of the nodes from which they start. */
  private edgesInOrder(): GraphEdge[] {
    const order = new Map([...this.drafts.keys()].map((id, index) => [id, index]));
    const starting: GraphEdge[][] = Array.from(order, () => []);
    for (const edge of this.edges) starting[order.get(edge.from) ?? 0]?.push(edge);
    return starting.flat();
  }

  private isClusterWide(group: string, kind: string): boolean {
    const key = `${group}/${kind}`;
    let isWide = this.wide.get(key);
    if (isWide === undefined) {
      isWide = isClusterScoped(group, kind) || this.scoped.has(key);
      this.wide.set(key, isWide);
    }
    return isWide;
  }

  private identify(built: BuiltObject): Identified {
    const found = identified(built);
    const { group, kind, namespace } = found.identity;
    return namespace !== undefined && this.isClusterWide(group, kind) ? identifiedWide(built) : found;
  }

  private index(kustomization: EvaluatedKustomization): void {
    const identified = kustomization.objects.map((built) => this.identify(built));
    this.identified.set(kustomization, identified);
    if (kustomization.build.remoteCluster !== undefined) return;
    const owner = kustomizationId(kustomization);
    for (const { id, identity, object, location } of identified) {
      const known = this.owned.get(id);
      if (known) known.owners.push(owner);
      else this.owned.set(id, { object, location, identity, owners: [owner] });
      if (isArtifactGenerator(object)) this.indexArtifacts(id, object);
    }
  }

  private indexArtifacts(maker: string, generator: ManifestObject): void {
    const { namespace } = identityOf(generator);
    for (const name of artifactNames(generator)) {
      this.makers.set(nodeId({ group: SOURCE_GROUP, kind: 'ExternalArtifact', namespace, name }), maker);
    }
  }

  private addRoot(root: EvaluatedKustomization): void {
    const id = kustomizationId(root);
    const { object, location } = root;
    const appliedBy = (this.owned.get(id)?.owners ?? []).filter((owner) => owner !== id);
    const identity = identityOf(object);
    this.drafts.set(id, {
      id,
      type: 'kustomization',
      identity,
      state: 'entry',
      object,
      location,
      appliedBy,
      build: root,
    });
  }

  private addFluxObjects(kustomization: EvaluatedKustomization): void {
    const own = this.drafts.get(kustomizationId(kustomization));
    if (own) own.build = kustomization;
    if (kustomization.build.remoteCluster !== undefined) return;
    for (const { id, identity } of this.identified.get(kustomization) ?? []) {
      const type = fluxNodeType(identity.group, identity.kind);
      if (type) this.addApplied(id, type);
    }
  }

  private addApplied(id: string, type: NodeType): void {
    const owned = this.owned.get(id);
    if (!owned || this.drafts.has(id)) return;
    const { object, location, identity, owners } = owned;
    this.drafts.set(id, { id, type, identity, state: 'applied', object, location, appliedBy: owners });
    for (const owner of new Set(owners)) {
      this.edges.push({ from: owner, to: id, kind: 'applies', field: '', optional: false });
    }
  }

  private addReferences(draft: NodeDraft): void {
    if (!draft.object) return;
    for (const reference of referencesOf(draft.object)) {
      const to = this.target(reference);
      this.edges.push({
        from: draft.id,
        to,
        kind: reference.kind,
        field: reference.field,
        optional: reference.optional,
      });
    }
  }

  private target({ target, kind }: Reference): string {
    const { group, kind: targetKind, namespace, name } = target;
    const clusterWide = this.isClusterWide(group, targetKind);
    const identity =
      clusterWide || namespace === ''
        ? { group, kind: targetKind, name }
        : { group, kind: targetKind, namespace, name };
    const id = nodeId(identity);
    const type =
      fluxNodeType(group, targetKind) ?? (kind === 'health-check' ? 'object' : configType(targetKind));
    this.addApplied(id, type);
    if (!this.drafts.has(id)) this.addReferred(id, type, identity);
    return id;
  }

  /** A node for an object that the tree does not contain. */
  private addReferred(id: string, type: NodeType, identity: ObjectIdentity): void {
    const maker = this.makers.get(id);
    const state = maker !== undefined ? 'made' : id === nodeId(this.entry.source) ? 'entry' : 'missing';
    this.drafts.set(id, { id, type, identity, state, appliedBy: [] });
    if (maker !== undefined) {
      this.edges.push({ from: maker, to: id, kind: 'makes', field: '', optional: false });
    }
  }

  private finish(draft: NodeDraft): GraphNode {
    const { build, ...node } = draft;
    if (!build || node.type !== 'kustomization') return node;
    const isRemote = build.build.remoteCluster !== undefined;
    const inventory = (this.identified.get(build) ?? []).map((object) =>
      this.inventoryEntry(object, isRemote),
    );
    return { ...node, build: { ...build.build, inventory } };
  }

  private inventoryEntry(found: Identified, remote: boolean): AppliedObject {
    return !remote && this.drafts.has(found.id) ? appliedNode(found) : applied(found);
  }
}

// What the evaluations of two trees have in common is one object, so it is examined once.
const kustomizationId = once(({ object }: EvaluatedKustomization): string => nodeId(identityOf(object)));

const identified = once((built: BuiltObject): Identified => withId(built, identityOf(built.object)));

/** An object of a cluster-scoped kind. */
const identifiedWide = once((built: BuiltObject): Identified => {
  const { group, kind, name } = identityOf(built.object);
  return withId(built, { group, kind, name });
});

function withId({ object, location }: BuiltObject, identity: ObjectIdentity): Identified {
  return { object, location, identity, id: nodeId(identity) };
}

const applied = once(({ identity, object, location }: Identified): AppliedObject => ({
  identity,
  object,
  location,
}));

const appliedNode = once(({ id, identity, object, location }: Identified): AppliedObject => ({
  identity,
  object,
  location,
  node: id,
}));

function configType(kind: string): NodeType {
  return kind === 'Secret' || kind === 'ConfigMap' ? 'config' : 'object';
}

/** The id of a node: `kind/namespace/name`; kinds that are not Flux's carry their group. */
export function nodeId({ group, kind, namespace, name }: ObjectIdentity): string {
  const isPlain = group === '' || group === KUSTOMIZE_GROUP || fluxNodeType(group, kind) !== undefined;
  return `${isPlain ? kind : `${kind}.${group}`}/${namespace ?? ''}/${name}`;
}
