import { lacksNamespace } from '../../check/facts/namespaces/lacks-namespace';
import type { FindingLocation, ObjectIdentity } from '../../findings/finding';
import type { ClusterGraph, GraphNode } from '../../graph/graph';
import type { ManifestObject } from '../../tree/manifest';
import { nodeId } from '../../graph/node-id';
import { isResourceSet } from '../../graph/resource-sets/operator-objects';
import { nodesById } from '../../graph/nodes-by-id';
import { once } from '../../plain/once';
import { identityText } from '../../findings/object-name';

/** An object that Flux applies in a cluster, and who applies it. */
export interface OwnedObject {
  /** Tells it apart in the cluster, or in the other cluster that it goes to. */
  readonly key: string;
  /** Its identity. */
  readonly identity: ObjectIdentity;
  /** The object after everything that Kustomizations do to it. */
  readonly object: ManifestObject;
  /** The file and line from which it comes. */
  readonly location: FindingLocation;
  /** The Kustomizations that apply it; more than one where they fight for it. */
  readonly owners: readonly GraphNode[];
  /**
   * The ResourceSet from which the Flux operator creates it.
   *
   * @default - Flux applies it itself
   */
  readonly maker?: OwnedObject;
  /**
   * The object as the second of its Kustomizations and those after it apply it.
   *
   * @default - one Kustomization applies it
   */
  readonly others?: readonly OwnedObject[];
}

/** An object that several Kustomizations apply. */
interface ContestedObject extends OwnedObject {
  readonly owners: GraphNode[];
  readonly others: OwnedObject[];
}

/** What Flux applies in a cluster: every object once, by its identity. */
export class ClusterState {
  /** The nodes by their ids. */
  readonly nodes: ReadonlyMap<string, GraphNode>;
  /** The Kustomizations whose objects are known, by the ids of their nodes. */
  readonly kustomizations: ReadonlyMap<string, GraphNode>;
  /** The objects by their keys, in the order in which they are applied. */
  readonly objects: ReadonlyMap<string, OwnedObject>;

  constructor(readonly cluster: ClusterGraph) {
    this.nodes = nodesById(cluster);
    this.kustomizations = new Map(
      cluster.nodes.filter(({ build }) => build !== undefined).map((node) => [node.id, node]),
    );
    const objects = new Map<string, OwnedObject>();
    const contested = new Map<string, ContestedObject>();
    for (const found of [...this.kustomizations.values()].flatMap(ownedBy)) {
      const { key } = found;
      const known = objects.get(key);
      const all = contested.get(key) ?? (known && { ...known, owners: [...known.owners], others: [] });
      if (all) contested.set(key, all);
      all?.owners.push(...found.owners);
      all?.others.push(found);
      objects.set(key, all ?? found);
    }
    this.objects = objects;
  }

  /** The objects that a Kustomization applies. */
  inventoryOf(kustomization: string): readonly OwnedObject[] {
    const owner = this.kustomizations.get(kustomization);
    return owner ? ownedBy(owner).map((found) => this.objects.get(found.key) ?? found) : [];
  }

  /** The object of a Kustomization's own, where a Kustomization of the cluster applies it. */
  ownObjectOf({ identity }: GraphNode): OwnedObject | undefined {
    return this.objects.get(` ${identityText(identity)}`);
  }
}

/**
 * Whether Flux refuses to apply an object, because it has no namespace. Where nothing in the repository applies the
 * folder, or a part of the build is unknown, the namespace may be set there.
 */
export function isNeverApplied({ object, owners }: OwnedObject): boolean {
  return (
    owners.every(({ location, build }) => location !== undefined && build?.complete === true) &&
    lacksNamespace(object)
  );
}

// A Kustomization that is the same on both sides of a diff is one node, and its objects are the same there.
const ownedBy = once((owner: GraphNode): readonly OwnedObject[] => {
  // A ResourceSet comes before what it creates.
  const sets = new Map<string, OwnedObject>();
  return (owner.build?.inventory ?? []).map(({ identity, object, location, madeBy }) => {
    const key = `${owner.build?.remoteCluster ?? ''} ${identityText(identity)}`;
    const maker = madeBy === undefined ? undefined : sets.get(madeBy);
    const owned = { key, identity, object, location, owners: [owner], ...(maker && { maker }) };
    if (isResourceSet(object)) sets.set(nodeId(identity), owned);
    return owned;
  });
});
