import type { ClusterFacts } from '../check/facts/cluster-facts';
import type { FindingLocation, ObjectIdentity } from '../findings/finding';
import type { GraphNode } from '../graph/graph';
import type { ManifestObject } from '../tree/manifest';
import type { Change, FieldChange } from './change';
import type { Suspension } from './structure/cluster-comparison';

/** An object as Flux applies it on one side. */
export interface SideObject {
  /** The object after patches and substitution. */
  readonly object: ManifestObject;
  /** The file and line from which it comes. */
  readonly location: FindingLocation;
  /** The node of the Kustomization that applies it. */
  readonly owner: GraphNode;
  /**
   * The ResourceSet from which the Flux operator creates it.
   *
   * @default - Flux applies it itself
   */
  readonly maker?: Pick<SideObject, 'object'>;
}

/** An object that both sides have, and that differs. */
export interface ChangedObject {
  /** Its identity in the cluster. */
  readonly identity: ObjectIdentity;
  /** The object in the base. */
  readonly before: SideObject;
  /** The object in the head. */
  readonly after: SideObject;
  /** What `fieldChanges` finds. */
  readonly fields: readonly FieldChange[];
  /**
   * The object that it stands for, which has another name or namespace: then it is a new object.
   *
   * @default - it is the same object on both sides
   */
  readonly replaces?: { readonly identity: ObjectIdentity; readonly isGenerated: boolean };
  /**
   * Since when the Kustomization that applies it is suspended.
   *
   * @default - it is not
   */
  readonly suspension?: Suspension;
}

/**
 * Opens what sops encrypted, with a key that is on this machine.
 *
 * @returns the plain texts of an object by their ciphertexts; `undefined` when no key for it is here
 */
export type Decryptor = (object: ManifestObject) => ReadonlyMap<string, string> | undefined;

/** What classifiers may ask beside the object. */
export interface ClassifyContext {
  /**
   * The cluster in the base.
   *
   * @default - none: what only the whole cluster shows is not told
   */
  readonly base?: ClusterFacts;
  /**
   * The cluster in the head.
   *
   * @default - none: what only the whole cluster shows is not told
   */
  readonly head?: ClusterFacts;
  /**
   * The Kustomizations that have another name now, `namespace/name`, by their former names.
   *
   * @default - none
   */
  readonly renamed?: ReadonlyMap<string, string>;
  /**
   * Opens encrypted objects.
   *
   * @default - none is opened
   */
  readonly decrypt?: Decryptor;
}

/** What a classifier says of an object. */
export type Claim = Pick<
  Change,
  'class' | 'fields' | 'message' | 'hint' | 'versions' | 'alongWith' | 'isPathOnly'
>;

/** Says what Flux will do because of some of an object's changed fields. It claims the fields that it explains. */
export type ObjectClassifier = (changed: ChangedObject, context: ClassifyContext) => readonly Claim[];
