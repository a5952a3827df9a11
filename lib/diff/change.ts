import type { Finding, FindingLocation, ObjectIdentity } from '../findings/finding';
import type { VersionStep } from '../plain/version-step';

/** What Flux will do because of a change, from the worst on: reports keep this order. */
export const CHANGE_CLASSES = [
  'cluster-removed',
  'deleted',
  'recreated',
  'reinstalled',
  'refused',
  'moved',
  'orphaned',
  'policy-changed',
  'widened',
  'decryption-off',
  'prune-off',
  'suspended',
  'upgraded',
  'restarted',
  'source-changed',
  'order-changed',
  'wait-changed',
  'secret-changed',
  'recipients-changed',
  'resumed',
  'cluster-added',
  'created',
  'changed',
] as const;

/** What Flux will do because of a change. */
export type ChangeClass = (typeof CHANGE_CLASSES)[number];

/** A field whose value differs between the two sides. */
export interface FieldChange {
  /** The path within the object, for example `spec.template.spec.containers[app].image`. */
  readonly path: string;
  /**
   * The value in the base. Values of Secrets are never kept.
   *
   * @default - the base does not have the field, or its value is secret
   */
  readonly before?: unknown;
  /**
   * The value in the head.
   *
   * @default - the head does not have the field, or its value is secret
   */
  readonly after?: unknown;
}

/** A chart or an image whose version changes. */
export interface VersionChange {
  /** What has the version. */
  readonly of: 'chart' | 'image';
  /** The chart's or the image's name, without its version. */
  readonly name: string;
  /** The version in the base. */
  readonly before: string;
  /** The version in the head. */
  readonly after: string;
  /** How far it moves. */
  readonly step: VersionStep;
}

/** One thing that Flux will do in one cluster. */
export interface Change {
  /** What Flux will do. */
  readonly class: ChangeClass;
  /**
   * The object that it does it to.
   *
   * @default - the change concerns a whole cluster, or the policy of the repository
   */
  readonly object?: ObjectIdentity;
  /**
   * The Kustomization that applies the object, `namespace/name`: the head's, or the base's where the head has none.
   *
   * @default - no Kustomization does
   */
  readonly owner?: string;
  /**
   * The Kustomization that applied the object in the base, where another does now.
   *
   * @default - the same as `owner`, or none
   */
  readonly formerOwner?: string;
  /**
   * Whether Flux deletes a moved object before its new owner creates it, or may do so.
   *
   * @default false
   */
  readonly deletesFirst?: boolean;
  /**
   * Whether only the path changes that a Kustomization applies, and both are known: what it applies differently is among
   * the changes by itself.
   *
   * @default false
   */
  readonly isPathOnly?: boolean;
  /** The fields that the change explains, in the order of their paths; empty where the whole object appears or goes. */
  readonly fields: readonly FieldChange[];
  /** What will happen, in one sentence without a full stop. */
  readonly message: string;
  /**
   * What to do about it.
   *
   * @default - nothing needs to be done
   */
  readonly hint?: string;
  /**
   * The file and line of the object: the head's, or the base's where the head has none.
   *
   * @default - no file has it
   */
  readonly location?: FindingLocation;
  /**
   * The versions that change.
   *
   * @default - none
   */
  readonly versions?: readonly VersionChange[];
  /**
   * The wave in which Flux reconciles the Kustomization that applies the object, from 0, as the command `order` counts:
   * the head's, or the base's where the head has none.
   *
   * @default - the change has no owner, or the owner never starts
   */
  readonly wave?: number;
  /**
   * Further objects to which the same happens because of it: what a Namespace holds, what a pruned Kustomization applied.
   *
   * @default - none
   */
  readonly alongWith?: readonly ObjectIdentity[];
}

/** What the change of a cluster sets in motion. */
export interface Impact {
  /** The Kustomizations that apply something that changed, `namespace/name`, in code-unit order. */
  readonly changed: readonly string[];
  /**
   * In which order these apply their changes: chains of Kustomizations, each of which applies the change only after the one
   * before. Those that no chain has apply it at any time.
   */
  readonly order: readonly (readonly string[])[];
  /** The Kustomizations and HelmReleases that wait for one of these, directly or not, `Kind/namespace/name`. */
  readonly waiting: readonly string[];
}

/** What happens in one cluster. */
export interface ClusterDiff {
  /** The cluster's name: the head's, or the base's where the head has no such cluster. */
  readonly name: string;
  /** What Flux will do: the worst class first, then by the waves in which Flux reconciles, then by identity. */
  readonly changes: readonly Change[];
  /** What waits for what changed. */
  readonly impact: Impact;
}

/** Something that files do not show, so that it could not be compared. */
export interface Uncompared {
  /** The cluster. */
  readonly cluster: string;
  /** The object concerned: the Kustomization with a remote base, the HelmRelease whose chart is not rendered. */
  readonly object: ObjectIdentity;
  /** Why it could not be compared. */
  readonly reason: 'remote' | 'chart' | 'variables' | 'build' | 'generated' | 'secret';
  /** What exactly: the remote's address, the chart, the names of the variables. */
  readonly detail: string;
}

/** Which state one side of a diff is. */
export interface DiffSide {
  /** As the user named it, for example `main`, `./before`, `working tree`. */
  readonly name: string;
  /**
   * The commit.
   *
   * @default - the side is a folder or the working tree
   */
  readonly commit?: string;
}

/** What a change of a repository does in its clusters. */
export interface Diff {
  /** The earlier state. */
  readonly base: DiffSide;
  /** The later state. */
  readonly head: DiffSide;
  /** The clusters in which something changes, in code-unit order of their names. */
  readonly clusters: readonly ClusterDiff[];
  /** What changes in the policy of the repository, whatever the cluster. */
  readonly policy: readonly Change[];
  /** How many clusters the base and the head have together, changed or not. */
  readonly clusterCount: number;
  /** What `check` finds in the head but not in the base, and the other way round. */
  readonly findings: { readonly new: readonly Finding[]; readonly gone: readonly Finding[] };
  /** What could not be compared, in the order of clusters and identities. */
  readonly uncompared: readonly Uncompared[];
}
