import type { DurationText } from '../../flux/duration';
import type { FluxObjectProps } from '../../flux/flux-object';
import type { KustomizationPatchesTarget } from '../../flux/generated/kustomization';
import type { FluxComponent } from '../../kinds/components';

/** Which Flux the operator installs. */
export interface FluxInstanceDistribution {
  /**
   * The version, or a range of versions within which the operator upgrades Flux: `2.9.x`, `2.x`.
   *
   * @default - `bootstrap.version` of the Cluster, otherwise `2.x`
   */
  readonly version?: string;
  /**
   * The registry and path of the images.
   *
   * @default 'ghcr.io/fluxcd'
   */
  readonly registry?: string;
  /**
   * The variant of the images.
   *
   * @default - what the registry stands for
   */
  readonly variant?:
    'upstream-alpine' | 'enterprise-alpine' | 'enterprise-distroless' | 'enterprise-distroless-fips';
  /**
   * The Secret in the namespace of the operator for pulling the images.
   *
   * @default - none
   */
  readonly imagePullSecret?: string;
  /**
   * The artifact with the newest manifests of Flux: `oci://ghcr.io/controlplaneio-fluxcd/flux-operator-manifests:latest`.
   *
   * @default - the manifests that the operator has itself
   */
  readonly artifact?: string;
  /**
   * The Secret in the namespace of the operator for pulling `artifact`.
   *
   * @default - none
   */
  readonly artifactPullSecret?: string;
}

/** The cluster that Flux is installed in. */
export interface FluxInstanceCluster {
  /**
   * The distribution of Kubernetes.
   *
   * @default 'kubernetes'
   */
  readonly type?: 'kubernetes' | 'openshift' | 'aws' | 'azure' | 'gcp';
  /**
   * How much the controllers do at a time, and how much CPU and memory they may use.
   *
   * @default - as Flux has them
   */
  readonly size?: 'small' | 'medium' | 'large';
  /**
   * The DNS domain of the cluster.
   *
   * @default 'cluster.local'
   */
  readonly domain?: string;
  /**
   * Whether only the namespace of Flux can reach its controllers.
   *
   * @default true
   */
  readonly networkPolicy?: boolean;
  /**
   * Whether Flux is locked down for tenants.
   *
   * @default - `lockDown` of the Cluster
   */
  readonly multitenant?: boolean;
  /**
   * The account that locked-down controllers act as where an object names none.
   *
   * @default 'default'
   */
  readonly tenantDefaultServiceAccount?: string;
  /**
   * Whether objects may have cloud identities of their own. Needs Flux 2.6 or newer.
   *
   * @default false
   */
  readonly objectLevelWorkloadIdentity?: boolean;
  /**
   * Whether the lock-down is for cloud identities too. Needs `objectLevelWorkloadIdentity`.
   *
   * @default false
   */
  readonly multitenantWorkloadIdentity?: boolean;
  /**
   * The account for decryption with a locked-down cloud identity where an object names none.
   *
   * @default 'default'
   */
  readonly tenantDefaultDecryptionServiceAccount?: string;
  /**
   * The account for remote clusters with a locked-down cloud identity where an object names none.
   *
   * @default 'default'
   */
  readonly tenantDefaultKubeConfigServiceAccount?: string;
}

/** Controllers for parts of the objects. */
export interface FluxInstanceSharding {
  /**
   * The label by which objects choose their shard.
   *
   * @default 'sharding.fluxcd.io/key'
   */
  readonly key?: string;
  /** The names of the shards; at least one. */
  readonly shards: readonly string[];
  /**
   * Where the source-controllers of the shards keep artifacts. `persistent` needs `storage`.
   *
   * @default 'ephemeral'
   */
  readonly storage?: 'ephemeral' | 'persistent';
}

/** The volume of the source-controller. */
export interface FluxInstanceStorage {
  /** The storage class. */
  readonly class: string;
  /** The size, for example `10Gi`. */
  readonly size: string;
}

/** A patch of what the operator makes. */
export interface FluxInstancePatch {
  /** A strategic-merge patch or a list of JSON patch operations, as data or as YAML text. */
  readonly patch: string | object;
  /**
   * The objects to patch, without a namespace: all of them are in that of the FluxInstance.
   *
   * @default - the object that the patch itself names
   */
  readonly target?: Omit<KustomizationPatchesTarget, 'namespace'>;
}

/** What every sync has. */
export interface FluxInstanceSyncFields {
  /** The address: `https://` or `ssh://` of a Git repository, `oci://` of an artifact, the endpoint of a bucket. */
  readonly url: string;
  /** A ref of Git such as `refs/heads/main`, the tag of an artifact, or the name of a bucket. */
  readonly ref: string;
  /**
   * The folder that is applied, from the root of the source.
   *
   * @default - the entry path of the Cluster
   */
  readonly path?: string;
  /**
   * The Secret with the credentials for the source, in the namespace of the FluxInstance.
   *
   * @default - none
   */
  readonly pullSecret?: string;
  /**
   * How often Flux looks for something new.
   *
   * @default '1m'
   */
  readonly interval?: DurationText;
  /**
   * The name of the source and of the Kustomization. It cannot be changed later.
   *
   * @default - the namespace of the FluxInstance
   */
  readonly name?: string;
}

/** What the cluster is synced from. */
export type FluxInstanceSync = FluxInstanceSyncFields &
  (
    | {
        /** The kind of the source. */
        readonly kind: 'GitRepository';
        /**
         * The identity for the source. `aws` needs Flux 2.9 or newer.
         *
         * @default 'generic'
         */
        readonly provider?: 'generic' | 'aws' | 'azure' | 'github';
      }
    | {
        /** The kind of the source. */
        readonly kind: 'OCIRepository' | 'Bucket';
        /**
         * The identity for the source.
         *
         * @default 'generic'
         */
        readonly provider?: 'generic' | 'aws' | 'azure' | 'gcp';
      }
  );

/**
 * The props of a `FluxInstance`: the fields of its spec under the operator's own names.
 *
 * @see https://fluxoperator.dev/docs/crd/fluxinstance/
 */
export interface FluxInstanceProps extends Omit<FluxObjectProps, 'name'> {
  /**
   * Which Flux is installed.
   *
   * @default - the version of `bootstrap` of the Cluster, from `ghcr.io/fluxcd`
   */
  readonly distribution?: FluxInstanceDistribution;
  /**
   * The controllers.
   *
   * @default - those of `bootstrap` of the Cluster, otherwise source, kustomize, helm and notification-controller
   */
  readonly components?: readonly FluxComponent[];
  /**
   * The cluster that Flux is installed in.
   *
   * @default - locked down if the Cluster is
   */
  readonly cluster?: FluxInstanceCluster;
  /**
   * What the cluster is synced from. Its kind and name must be those of `sourceRef` of the Cluster.
   *
   * @default - `sync` of the Cluster; without that, the operator syncs nothing
   */
  readonly sync?: FluxInstanceSync;
  /**
   * Controllers for parts of the objects.
   *
   * @default - those of `sharding` of the Cluster; without that, one of each kind for all
   */
  readonly sharding?: FluxInstanceSharding;
  /**
   * The volume of the source-controller.
   *
   * @default - artifacts are lost when the controller restarts, and fetched again
   */
  readonly storage?: FluxInstanceStorage;
  /**
   * Patches of all that the operator makes: the controllers, the source and the Kustomization of the sync.
   *
   * @default - none; what `sync` of the Cluster has beyond the sync of a FluxInstance is added as patches
   */
  readonly kustomize?: { readonly patches: readonly FluxInstancePatch[] };
  /**
   * Labels and annotations of all that the operator makes.
   *
   * @default - none
   */
  readonly commonMetadata?: {
    /**
     * Labels.
     *
     * @default - none
     */
    readonly labels?: Readonly<Record<string, string>>;
    /**
     * Annotations.
     *
     * @default - none
     */
    readonly annotations?: Readonly<Record<string, string>>;
  };
  /**
   * Whether the operator stores Flux's objects anew in the newest API version after an upgrade.
   *
   * @default true
   */
  readonly migrateResources?: boolean;
  /**
   * Whether the FluxInstance is ready only when all that it makes is.
   *
   * @default true
   */
  readonly wait?: boolean;
}
