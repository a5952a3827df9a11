import type { Finding, FindingLocation, ObjectIdentity } from '../findings/finding';
import type { ReferenceEdge } from '../kinds/flux-kind';
import type { ManifestObject } from '../tree/manifest';

/**
 * What Flux does with a repository: its clusters, the Flux objects of each, what they apply and what they wait for
 * or refer to. Plain data, in a fixed order.
 */
export interface Graph {
  /** The clusters, one for each entry path, in code-unit order of their names. */
  readonly clusters: readonly ClusterGraph[];
  /** What could not be read or evaluated: every problem is here, none is thrown. */
  readonly findings: readonly Finding[];
}

/** One cluster: everything that Flux reconciles from one entry path. */
export interface ClusterGraph {
  /** A short name, unique in the graph: the part of the entry path that tells it from the others. */
  readonly name: string;
  /** The entry path from the repository's root, without `./`; `''` for the root. */
  readonly entry: string;
  /** The node of the Kustomization that applies the entry path. */
  readonly root: string;
  /** The identity of the source that holds this repository, as Kustomizations refer to it. */
  readonly syncSource: ObjectIdentity;
  /** The nodes, in the order in which they were found from the root down. */
  readonly nodes: readonly GraphNode[];
  /** The edges, in the order of the nodes from which they start. */
  readonly edges: readonly GraphEdge[];
  /** What could not be evaluated in this cluster; the findings of the graph contain it too. */
  readonly findings: readonly Finding[];
}

/** The groups into which nodes fall. */
export type NodeType =
  | 'kustomization'
  | 'helm-release'
  | 'source'
  | 'image'
  | 'notification'
  /** What makes Flux objects in the cluster: FluxInstance, ResourceSet, ResourceSetInputProvider, ArtifactGenerator. */
  | 'operator'
  /** A ConfigMap or Secret to which a Flux object refers. */
  | 'config'
  /** Another object to which a Flux object refers: a ServiceAccount, the target of a health check. */
  | 'object';

/**
 * Where a node's object comes from: `applied` by a Kustomization of the cluster; `entry`, the cluster's own start
 * (bootstrap makes it, whether or not the tree has it); `made` in the cluster by an object of the tree; `missing`,
 * referred to but applied by nothing in the tree.
 */
export type NodeState = 'applied' | 'entry' | 'made' | 'missing';

/** A Flux object, or an object to which one refers. */
export interface GraphNode {
  /** Tells the node apart within its cluster: `kind/namespace/name`, with `.group` after the kind for kinds outside Flux. */
  readonly id: string;
  /** The group of kinds to which it belongs. */
  readonly type: NodeType;
  /** Its identity in the cluster. */
  readonly identity: ObjectIdentity;
  /** Where it comes from. */
  readonly state: NodeState;
  /**
   * The object as Flux applies it, after patches and substitution.
   *
   * @default - the tree does not have it
   */
  readonly object?: ManifestObject;
  /**
   * The file and line from which it comes.
   *
   * @default - the tree does not have it
   */
  readonly location?: FindingLocation;
  /** The nodes of the Kustomizations that apply it; more than one where they fight for it. */
  readonly appliedBy: readonly string[];
  /**
   * What a Kustomization builds and applies.
   *
   * @default - the node is no Kustomization
   */
  readonly build?: KustomizationBuild;
}

/** How a Kustomization's path was evaluated. */
export interface KustomizationBuild {
  /**
   * Where the path lies: `repository`; `outside`, in a source that is not this repository, so that the node is a
   * leaf; `unknown`, the source is made in the cluster in ways that files do not tell, or is not found.
   */
  readonly source: 'repository' | 'outside' | 'unknown';
  /** The path from the source's root, without `./`; from the repository's for an artifact that is cut out of it. */
  readonly path: string;
  /**
   * The Secret or ConfigMap of `spec.kubeConfig` where the objects go to another cluster, whose Flux objects are
   * then not followed.
   *
   * @default - the objects go to the cluster itself
   */
  readonly remoteCluster?: string;
  /** What it applies, in the order of the build; empty where the build failed or the path lies outside. */
  readonly inventory: readonly AppliedObject[];
  /** Folders and files from which the build reads, from the repository's root. */
  readonly reads: readonly string[];
  /** References to remote resources and charts that only Flux can resolve, as written. */
  readonly remotes: readonly string[];
  /**
   * Why Flux cannot apply it: there is nothing at the path, or kustomize or the substitution of variables refuses it.
   *
   * @default - it can
   */
  readonly failure?: 'path-missing' | 'build-refused';
  /** Whether everything was evaluated; false where a part failed, is remote, or is not supported. */
  readonly complete: boolean;
  /**
   * Post-build variables.
   *
   * @default - `spec.postBuild` is not set, and nothing is substituted
   */
  readonly variables?: BuildVariables;
}

/** What is known of a Kustomization's post-build variables. */
export interface BuildVariables {
  /** The variables that the tree defines, with the last value that wins. Values from Secrets are left out. */
  readonly defined: ReadonlyMap<string, string>;
  /** The names of variables that Secrets in the tree define; their values are not kept. */
  readonly secret: readonly string[];
  /** The variables that objects use, with the first place of each; in code-unit order. */
  readonly used: readonly VariableUse[];
  /** Whether all sources are in the tree: false where a ConfigMap or Secret comes out of band. */
  readonly complete: boolean;
}

/** A variable that an object uses. */
export interface VariableUse {
  /** The variable's name. */
  readonly name: string;
  /** Whether every use gives a default. */
  readonly hasDefault: boolean;
  /** Whether the tree defines it. */
  readonly defined: boolean;
  /** The first object that uses it. */
  readonly object: ObjectIdentity;
  /** Where that object stands. */
  readonly location: FindingLocation;
}

/** An object that a Kustomization applies. */
export interface AppliedObject {
  /** Its identity in the cluster; without a namespace where its kind is known to be cluster-scoped. */
  readonly identity: ObjectIdentity;
  /** The object after the whole build, patches and substitution. */
  readonly object: ManifestObject;
  /** The file and line from which it comes; for a generated one, its kustomization file. */
  readonly location: FindingLocation;
  /** The node, where the object is a Flux object of the cluster or something refers to it. */
  readonly node?: string;
  /**
   * The node of the ResourceSet from which the Flux operator creates it, once Flux has applied the ResourceSet.
   *
   * @default - Flux applies it itself
   */
  readonly madeBy?: string;
}

/** What an edge says of its two nodes. */
export type EdgeKind =
  /** A Kustomization applies the object. */
  | 'applies'
  /** An ArtifactGenerator makes the artifact. */
  | 'makes'
  /** An object refers to it. */
  | ReferenceEdge;

/** A directed edge between two nodes of a cluster. */
export interface GraphEdge {
  /** The node that has the field: the one that waits, applies or refers. */
  readonly from: string;
  /** The node at the other end. */
  readonly to: string;
  /** What the edge says. */
  readonly kind: EdgeKind;
  /** The field that says so, for example `spec.dependsOn[0]`; `''` for `applies` and `makes`. */
  readonly field: string;
  /** Whether the reference may stay unresolved: `optional: true`. */
  readonly optional: boolean;
}
