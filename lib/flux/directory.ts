import type { Construct, IConstruct } from 'constructs';
import { hideDependencies } from './dependencies/author-dependencies';
import type { Ordered } from './dependencies/orderable';
import type {
  KustomizationDecryption,
  KustomizationPostBuildSubstituteFrom,
} from './generated/kustomization';
import type { KustomizeFields } from './kustomize-fields';
import type { ReferableConstruct } from './references/reference';

const DIRECTORY = Symbol.for('cdk8s-flux.Directory');

/** A directory of the repository that constructs are written to: that of a `Cluster`, `FluxApp` or `ManifestDirectory`. */
export interface Directory {
  /** The `Cluster`, `FluxApp` or `ManifestDirectory`. */
  readonly construct: Construct;
  /**
   * The directory that this one is in.
   *
   * @default - none: it is a cluster's or a `ManifestDirectory`'s
   */
  readonly parent?: Directory;
  /**
   * The directory of the cluster.
   *
   * @default - none: a `ManifestDirectory` belongs to no cluster
   */
  readonly cluster?: Directory;
  /** The directory, relative to the root of the repository. */
  readonly path: string;
  /**
   * The Flux Kustomization that applies the directory.
   *
   * @default - none of ours: the cluster's entry path, or a directory that Flux does not apply
   */
  readonly kustomization?: DirectoryKustomization;
  /**
   * What others wait for instead while nothing is in it: it is then left out.
   *
   * @default - none: an empty directory is an error
   */
  readonly whenEmpty?: Construct;
  /**
   * What its `kustomization.yaml` has beside the files.
   *
   * @default - nothing
   */
  readonly kustomize?: KustomizeFields;
  /**
   * The post-build variables of a cluster: their values, and the objects that hold the values of others.
   *
   * @default - none: it is no cluster's, or the cluster has no variables
   */
  readonly variables?: {
    readonly values: Readonly<Record<string, string | number | boolean>>;
    readonly from: readonly (KustomizationPostBuildSubstituteFrom | ReferableConstruct)[];
  };
  /**
   * Whether the Flux of a cluster is locked down, so that it acts as an account without rights unless it is told another.
   *
   * @default false
   */
  readonly lockDown?: boolean;
  /**
   * How a cluster shares files with other clusters.
   *
   * @default - it is in no fleet, or its fleet has a layout without a shared folder
   */
  readonly sharing?: Sharing;
  /**
   * How the objects of a cluster are shared between controllers.
   *
   * @default - it is no cluster's, or they are not shared
   */
  readonly sharding?: ShardPolicy;
  /**
   * The `kubeConfig` by which what is in it goes on to another cluster.
   *
   * @default - it goes to the cluster that its Kustomization is in
   */
  readonly kubeConfig?: object;
}

/** How the objects of a cluster are shared between controllers. */
export interface ShardPolicy {
  /** The label. */
  readonly key: string;
  /** The names of the shards. */
  readonly shards: readonly string[];
  /** The shard of an outermost FluxApp; nothing where it stays with the main controllers. */
  readonly shardOf: (app: Construct) => string | undefined;
}

/** What a directory needs of the Flux Kustomization that applies it. */
export interface DirectoryKustomization extends Ordered {
  /** The namespace that everything in the directory gets. */
  readonly targetNamespace?: string;
  /** What the names of everything in the directory begin with. */
  readonly namePrefix?: string;
  /** What the names of everything in the directory end with. */
  readonly nameSuffix?: string;
  /** The variable substitution after the build. */
  readonly postBuild?: object;
  /** Makes Flux decrypt what is in the directory, unless its author said how. */
  setDecryption(decryption: KustomizationDecryption): void;
}

/** How the clusters of a fleet share files. */
export interface Sharing {
  /** The folder for what they share, from the repository's root. */
  readonly folder: string;
  /** Whether they share: otherwise the folder only holds what they shared before. */
  readonly isOn: boolean;
  /** The groups that the cluster is in, the widest first. */
  readonly groups: readonly string[];
}

/** Says how a cluster shares files with others. */
export function defineSharing(cluster: Construct, sharing: Sharing): void {
  Object.assign(asDirectory(cluster) as Directory, { sharing });
}

/** Gives a construct a directory, and hides its dependencies from cdk8s' own ordering. */
export function defineDirectory(construct: Construct, directory: Directory): void {
  Object.defineProperty(construct, DIRECTORY, { value: directory });
  hideDependencies(construct);
}

/** Whether a directory is the entry path of a cluster. */
export function isEntryPath(directory: Directory): boolean {
  return directory.cluster === directory;
}

/** Leaves a directory out while nothing is in it. Whoever depends on it then waits for another construct. */
export function leaveOutWhenEmpty(construct: Construct, whenEmpty: Construct): void {
  Object.assign(asDirectory(construct) as Directory, { whenEmpty });
}

/** Whether a directory is left out because nothing is in it. */
export function isLeftOut({ construct, kustomization, whenEmpty }: Directory): boolean {
  return (
    whenEmpty !== undefined && construct.node.children.every((child) => child === (kustomization as unknown))
  );
}

/** The directory of a construct itself, if it is a `Cluster` or a `FluxApp`. */
export function asDirectory(construct: IConstruct): Directory | undefined {
  return (construct as IConstruct & { [DIRECTORY]?: Directory })[DIRECTORY];
}

/** The directory that a construct is in: its own if it has one, else that of the nearest scope which has one. */
export function enclosingDirectory(construct: IConstruct): Directory | undefined {
  let scope: IConstruct | undefined = construct;
  while (scope) {
    const directory = asDirectory(scope);
    if (directory) return directory;
    scope = scope.node.scope;
  }
  return undefined;
}

/** The directory that an object is written to: the Kustomization of a FluxApp is in its parent's. */
export function targetDirectory(object: IConstruct): Directory | undefined {
  const directory = enclosingDirectory(object);
  return directory?.kustomization === (object as unknown) ? directory?.parent : directory;
}

/** The FluxApp whose `kubeConfig` takes what is in a directory on to another cluster: its own or the nearest around it. */
export function remoteAround(directory: Directory | undefined): Directory | undefined {
  for (let outer = directory; outer; outer = outer.parent) if (outer.kubeConfig !== undefined) return outer;
  return undefined;
}

/**
 * The cluster that Flux applies a directory to: one of ours, or the one that is reached from there. Two directories with
 * the same cluster have the same text; `undefined` if it is not known.
 */
export function destinationOf(directory: Directory | undefined): string | undefined {
  const cluster = directory?.cluster?.construct.node.path;
  if (directory === undefined || cluster === undefined) return undefined;
  const parts = [cluster];
  for (let outer = remoteAround(directory); outer; outer = remoteAround(outer.parent))
    parts.push(referenceText(outer.kubeConfig ?? {}));
  return parts.join('\0');
}

/** A `kubeConfig` as text: what it refers to is a construct, or plain data. */
function referenceText(kubeConfig: object): string {
  return JSON.stringify(
    Object.entries(kubeConfig).map(([field, reference]) => [
      field,
      (reference as { readonly name?: string } | undefined)?.name,
      (reference as { readonly key?: string } | undefined)?.key,
    ]),
  );
}

/** What others refer to instead of the Kustomization of a directory that is left out. */
export function inPlaceOf(construct: IConstruct): IConstruct {
  const directory = construct.node.scope && asDirectory(construct.node.scope);
  if (directory?.kustomization !== (construct as unknown) || !directory?.whenEmpty || !isLeftOut(directory))
    return construct;
  return asDirectory(directory.whenEmpty)?.kustomization ?? construct;
}

/** The construct as its author knows it: a `FluxApp` for the Kustomization that we made for it. */
export function authorView(construct: IConstruct): IConstruct {
  const scope = construct.node.scope;
  return scope && asDirectory(scope)?.kustomization === (construct as unknown) ? scope : construct;
}
