import type { FindingLocation, ObjectIdentity } from '../findings/finding';
import { identityOf, type ManifestObject } from '../tree/manifest';
import type { EvaluatedKustomization } from './evaluate-cluster';
import type { AppliedObject, GraphNode, KustomizationBuild, NodeType } from './graph';
import { fluxNodeType } from './kinds';
import { nodeId } from './node-id';
import type { BuiltObject } from './post-build/substitute-objects';
import { once } from '../plain/once';

/** An object that a Kustomization applies, with the id that its node has or would have. */
export interface Identified {
  readonly object: ManifestObject;
  readonly location: FindingLocation;
  readonly identity: ObjectIdentity;
  readonly id: string;
  /** The node of the ResourceSet from which the operator creates it. */
  readonly madeBy?: string;
}

/** An object of Flux that a Kustomization applies. */
export interface IdentifiedNode extends Identified {
  readonly type: NodeType;
}

/** Whether a kind has no namespaces in a cluster. */
export type IsClusterWide = (group: string, kind: string) => boolean;

/**
 * What a Kustomization applies, as its graph needs it. Where two trees have an evaluation in common, their graphs have the
 * parts of it in common too: whatever looks at one of them later need not look again.
 */
export class AppliedParts {
  /** The id of the Kustomization's node. */
  readonly id: string;

  /** The objects, of kinds without namespaces as they are. */
  private readonly plain: readonly Identified[];
  /** The kinds of the objects that have a namespace: `[group, kind]`. */
  private readonly namespaced: readonly (readonly [string, string])[];
  private readonly flux: readonly IdentifiedNode[];
  /** The last build, with the objects and the nodes of which it was made. */
  private build?: KustomizationBuild;
  private builtFrom?: readonly Identified[];
  private nodes: readonly string[] = [];
  private node?: GraphNode;

  private constructor(private readonly evaluated: EvaluatedKustomization) {
    this.id = nodeId(identityOf(evaluated.object));
    this.plain = evaluated.objects.map((built) => withId(built, identityOf(built.object)));
    const kinds = new Map<string, readonly [string, string]>();
    for (const { identity } of this.plain) {
      const { group, kind, namespace } = identity;
      if (namespace !== undefined) kinds.set(`${group}/${kind}`, [group, kind]);
    }
    this.namespaced = [...kinds.values()];
    this.flux = fluxObjects(this.plain);
  }

  /** The parts of an evaluation. */
  static readonly of = once((evaluated: EvaluatedKustomization) => new AppliedParts(evaluated));

  /** The objects, each with its id in a cluster, and those of Flux among them. */
  inCluster(isWide: IsClusterWide): {
    readonly objects: readonly Identified[];
    readonly flux: readonly IdentifiedNode[];
  } {
    if (!this.namespaced.some(([group, kind]) => isWide(group, kind)))
      return { objects: this.plain, flux: this.flux };
    const objects = this.plain.map((found) => {
      const { group, kind, namespace, name } = found.identity;
      return namespace !== undefined && isWide(group, kind) ? withId(found, { group, kind, name }) : found;
    });
    return { objects, flux: fluxObjects(objects) };
  }

  /**
   * The node of the Kustomization: the one of another graph where nothing of it is different.
   *
   * @param nodes - the ids of those objects that are nodes
   */
  nodeOf(draft: GraphNode, objects: readonly Identified[], nodes: readonly string[]): GraphNode {
    const build = this.buildOf(objects, nodes);
    const { node } = this;
    if (node?.build === build && isSameNode(node, draft)) return node;
    this.node = { ...draft, build };
    return this.node;
  }

  private buildOf(objects: readonly Identified[], nodes: readonly string[]): KustomizationBuild {
    if (this.build && this.builtFrom === objects && isSameList(this.nodes, nodes)) return this.build;
    const isNode = new Set(nodes);
    const inventory = objects.map(({ identity, object, location, id, madeBy }): AppliedObject => {
      const plain = { identity, object, location };
      const applied = isNode.has(id) ? { ...plain, node: id } : plain;
      return madeBy === undefined ? applied : { ...applied, madeBy };
    });
    this.build = { ...this.evaluated.build, inventory };
    this.builtFrom = objects;
    this.nodes = nodes;
    return this.build;
  }
}

function withId({ object, location, madeBy }: BuiltObject, identity: ObjectIdentity): Identified {
  const found = { object, location, identity, id: nodeId(identity) };
  return madeBy === undefined ? found : { ...found, madeBy };
}

function fluxObjects(objects: readonly Identified[]): IdentifiedNode[] {
  return objects.flatMap((found) => {
    const type = fluxNodeType(found.identity.group, found.identity.kind);
    return type ? [{ ...found, type }] : [];
  });
}

/** Whether two nodes with one build are the same. */
function isSameNode(a: GraphNode, b: GraphNode): boolean {
  return (
    a.id === b.id &&
    a.type === b.type &&
    a.state === b.state &&
    a.object === b.object &&
    a.location === b.location &&
    isSameList(a.appliedBy, b.appliedBy)
  );
}

function isSameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((entry, index) => entry === b[index]);
}
