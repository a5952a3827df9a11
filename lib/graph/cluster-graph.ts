import { identityOf, type ManifestObject } from '../tree/manifest';
import type { ObjectIdentity } from '../findings/finding';
import { AppliedParts, type Identified, type IdentifiedNode } from './applied-parts';
import type { Entry } from './entries/entry';
import type { EvaluatedCluster, EvaluatedKustomization } from './evaluate-cluster';
import { clusterScopedKinds } from './post-build/substitute-objects';
import type { ClusterGraph, GraphEdge, GraphNode, NodeType } from './graph';
import { artifactNames, isArtifactGenerator } from './sources/generated-artifact';
import { SOURCE_GROUP } from '../kinds/groups';
import { fluxNodeType, isClusterScoped } from './kinds';
import { nodeId } from './node-id';
import { referencesOf, type Reference } from './references';

/** A Kustomization with its objects as the cluster has them. */
interface Applying {
  readonly parts: AppliedParts;
  readonly objects: readonly Identified[];
  /** Those of Flux; none where they go to another cluster. */
  readonly flux: readonly IdentifiedNode[];
  readonly isRemote: boolean;
  /** The ids of those that become nodes or are referred to. */
  readonly wanted: string[];
}

/** An object that nodes may need, with who applies it. */
interface Owned extends Identified {
  readonly owners: string[];
}

/** Turns what was evaluated into nodes and edges. */
export class ClusterGraphBuilder {
  private readonly applying: readonly Applying[];
  private readonly nodes = new Map<string, GraphNode>();
  private readonly builds = new Map<string, Applying>();
  /** The references of the objects that become nodes. */
  private readonly links = new Map<string, readonly Reference[]>();
  /** The applied objects that become nodes or are referred to: most are neither. */
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
    this.applying = evaluated.kustomizations.map((kustomization) => this.applyingOf(kustomization));
  }

  /** The cluster's graph. */
  build(): Omit<ClusterGraph, 'findings'> {
    const [root] = this.evaluated.kustomizations;
    const rootId = root ? AppliedParts.of(root).id : '';
    if (root) this.links.set(rootId, this.linksOf(root.object));
    for (const { flux } of this.applying) this.addLinks(flux);
    this.addOwners(rootId);
    if (root) this.addRoot(rootId, root);
    for (const kustomization of this.applying) this.addFluxObjects(kustomization);
    for (const id of [...this.nodes.keys()]) this.addReferences(id);
    const nodes = [...this.nodes.values()].map((node) => this.finish(node));
    const { path, source } = this.entry;
    return {
      name: this.name,
      entry: path,
      root: rootId,
      syncSource: source,
      nodes,
      edges: this.edgesInOrder(),
    };
  }

  /** The edges in the order of the nodes from which they start. */
  private edgesInOrder(): GraphEdge[] {
    const order = new Map([...this.nodes.keys()].map((id, index) => [id, index]));
    const starting: GraphEdge[][] = Array.from(order, () => []);
    for (const edge of this.edges) starting[order.get(edge.from) ?? 0]?.push(edge);
    return starting.flat();
  }

  private readonly isClusterWide = (group: string, kind: string): boolean => {
    const key = `${group}/${kind}`;
    let isWide = this.wide.get(key);
    if (isWide === undefined) {
      isWide = isClusterScoped(group, kind) || this.scoped.has(key);
      this.wide.set(key, isWide);
    }
    return isWide;
  };

  private applyingOf(kustomization: EvaluatedKustomization): Applying {
    const parts = AppliedParts.of(kustomization);
    const { objects, flux } = parts.inCluster(this.isClusterWide);
    const isRemote = kustomization.build.remoteCluster !== undefined;
    return { parts, objects, flux: isRemote ? [] : flux, isRemote, wanted: [] };
  }

  /** Of several objects with one id, the first one becomes the node. */
  private addLinks(flux: readonly IdentifiedNode[]): void {
    for (const { id, object } of flux) {
      if (!this.links.has(id)) this.links.set(id, this.linksOf(object));
      if (isArtifactGenerator(object)) this.addMaker(id, object);
    }
  }

  private linksOf(object: ManifestObject): readonly Reference[] {
    const references = referencesOf(object);
    const isWide = ({ target: { group, kind, namespace } }: Reference) =>
      namespace !== '' && this.scoped.has(`${group}/${kind}`);
    if (this.scoped.size === 0 || !references.some(isWide)) return references;
    return references.map((reference): Reference => {
      if (!isWide(reference)) return reference;
      const { group, kind, name } = reference.target;
      const identity = { group, kind, name };
      return { ...reference, identity, to: nodeId(identity) };
    });
  }

  private addMaker(maker: string, generator: ManifestObject): void {
    const { namespace } = identityOf(generator);
    for (const name of artifactNames(generator)) {
      this.makers.set(nodeId({ group: SOURCE_GROUP, kind: 'ExternalArtifact', namespace, name }), maker);
    }
  }

  private addOwners(root: string): void {
    const wanted = new Set([root, ...this.links.keys()]);
    for (const links of this.links.values()) for (const { to } of links) wanted.add(to);
    for (const { parts, objects, isRemote, wanted: own } of this.applying) {
      if (isRemote) continue;
      for (const found of objects) {
        if (!wanted.has(found.id)) continue;
        own.push(found.id);
        const known = this.owned.get(found.id);
        if (known) known.owners.push(parts.id);
        else this.owned.set(found.id, { ...found, owners: [parts.id] });
      }
    }
  }

  private addRoot(id: string, { object, location }: EvaluatedKustomization): void {
    const appliedBy = (this.owned.get(id)?.owners ?? []).filter((owner) => owner !== id);
    const identity = identityOf(object);
    this.nodes.set(id, { id, type: 'kustomization', identity, state: 'entry', object, location, appliedBy });
  }

  private addFluxObjects(kustomization: Applying): void {
    const { parts, flux } = kustomization;
    if (this.nodes.has(parts.id)) this.builds.set(parts.id, kustomization);
    for (const { id, type } of flux) this.addApplied(id, type);
  }

  private addApplied(id: string, type: NodeType): void {
    const owned = this.owned.get(id);
    if (!owned || this.nodes.has(id)) return;
    const { object, location, identity, owners, madeBy } = owned;
    const state = madeBy === undefined ? 'applied' : 'made';
    this.nodes.set(id, { id, type, identity, state, object, location, appliedBy: owners });
    for (const owner of new Set(owners)) {
      this.edges.push({ from: owner, to: id, kind: 'applies', field: '', optional: false });
    }
    if (madeBy !== undefined)
      this.edges.push({ from: madeBy, to: id, kind: 'makes', field: '', optional: false });
  }

  private addReferences(from: string): void {
    for (const link of this.links.get(from) ?? []) {
      const { to, kind, field, optional } = link;
      this.addTarget(link);
      this.edges.push({ from, to, kind, field, optional });
    }
  }

  private addTarget({ to, kind, identity }: Reference): void {
    const type =
      fluxNodeType(identity.group, identity.kind) ??
      (kind === 'health-check' ? 'object' : configType(identity.kind));
    this.addApplied(to, type);
    if (!this.nodes.has(to)) this.addReferred(to, type, identity);
  }

  /** A node for an object that the tree does not contain. */
  private addReferred(id: string, type: NodeType, identity: ObjectIdentity): void {
    const maker = this.makers.get(id);
    const state = maker !== undefined ? 'made' : id === nodeId(this.entry.source) ? 'entry' : 'missing';
    this.nodes.set(id, { id, type, identity, state, appliedBy: [] });
    if (maker !== undefined) {
      this.edges.push({ from: maker, to: id, kind: 'makes', field: '', optional: false });
    }
  }

  private finish(node: GraphNode): GraphNode {
    const applying = node.type === 'kustomization' ? this.builds.get(node.id) : undefined;
    if (!applying) return node;
    const { parts, objects, wanted } = applying;
    return parts.nodeOf(
      node,
      objects,
      wanted.filter((id) => this.nodes.has(id)),
    );
  }
}

function configType(kind: string): NodeType {
  return kind === 'Secret' || kind === 'ConfigMap' ? 'config' : 'object';
}
