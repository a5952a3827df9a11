import type { FindingLocation, ObjectIdentity } from '../../findings/finding';
import type { ClusterGraph, GraphNode } from '../../graph/graph';
import type { ManifestObject } from '../../tree/manifest';
import { identityKey } from './identity-key';

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
   * The object as the second of its Kustomizations and those after it apply it.
   *
   * @default - one Kustomization applies it
   */
  readonly others?: readonly OwnedObject[];
}

interface GrowingObject extends OwnedObject {
  readonly owners: GraphNode[];
  others?: OwnedObject[];
}

/** What Flux applies in a cluster: every object once, by its identity. */
export class ClusterState {
  /** The nodes by their ids. */
  readonly nodes: ReadonlyMap<string, GraphNode>;
  /** The Kustomizations whose objects are known, by the ids of their nodes. */
  readonly kustomizations: ReadonlyMap<string, GraphNode>;
  /** The objects by their keys, in the order in which they are applied. */
  readonly objects: ReadonlyMap<string, OwnedObject>;

  private readonly inventories = new Map<string, readonly OwnedObject[]>();

  constructor(readonly cluster: ClusterGraph) {
    this.nodes = new Map(cluster.nodes.map((node) => [node.id, node]));
    this.kustomizations = new Map(
      cluster.nodes.filter(({ build }) => build !== undefined).map((node) => [node.id, node]),
    );
    const objects = new Map<string, GrowingObject>();
    for (const owner of this.kustomizations.values()) {
      const inventory = (owner.build?.inventory ?? []).map(({ identity, object, location }) => {
        const key = `${owner.build?.remoteCluster ?? ''} ${identityKey(identity)}`;
        const known = objects.get(key);
        if (known) {
          known.owners.push(owner);
          (known.others ??= []).push({ key, identity, object, location, owners: [owner] });
        } else objects.set(key, { key, identity, object, location, owners: [owner] });
        return objects.get(key) as OwnedObject;
      });
      this.inventories.set(owner.id, inventory);
    }
    this.objects = objects;
  }

  /** The objects that a Kustomization applies. */
  inventoryOf(kustomization: string): readonly OwnedObject[] {
    return this.inventories.get(kustomization) ?? [];
  }

  /** The object of a Kustomization's own, where a Kustomization of the cluster applies it. */
  ownObjectOf({ identity }: GraphNode): OwnedObject | undefined {
    return this.objects.get(` ${identityKey(identity)}`);
  }
}
