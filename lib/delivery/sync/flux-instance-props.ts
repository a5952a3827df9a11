import type { DurationText } from '../../flux/duration';
import type { FluxObjectProps } from '../../flux/flux-object';
import type { KustomizationPatchesTarget } from '../../flux/generated/kustomization';
import type { FluxComponent } from '../../kinds/components';

/** The version and the images of Flux. */
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
   * @default - the variant that the registry provides
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
   * The artifact with the newest manifests of Flux:
   * `oci://ghcr.io/controlplaneio-fluxcd/flux-operator-manifests:latest`.
   *
   * @default - the manifests in the image of the operator
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
   * How many objects the controllers reconcile at the same time, and how much CPU and memory they may use.
   *
   * @default - the defaults of Flux
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
   * The account that locked-down controllers use for objects that do not name one.
   *
   * @default 'default'
   */
  readonly tenantDefaultServiceAccount?: string;
  /**
   * Whether each object may use its own cloud identity. Needs Flux 2.6 or newer.
   *
   * @default false
   */
  readonly objectLevelWorkloadIdentity?: boolean;
  /**
   * Whether the lock-down also covers cloud identities. Needs `objectLevelWorkloadIdentity`.
   *
   * @default false
   */
  readonly multitenantWorkloadIdentity?: boolean;
  /**
   * The account for decryption with a locked-down cloud identity, for objects that do not name one.
   *
   * @default 'default'
   */
  readonly tenantDefaultDecryptionServiceAccount?: string;
  /**
   * The account for remote clusters with a locked-down cloud identity, for objects that do not name one.
   *
   * @default 'default'
   */
  readonly tenantDefaultKubeConfigServiceAccount?: string;
}

/** Additional instances of the controllers, each for a part of the objects. */
export interface FluxInstanceSharding {
  /**
   * The label that assigns an object to a shard.
   *
   * @default 'sharding.fluxcd.io/key'
   */
  readonly key?: string;
  /** The names of the shards: at least one. */
  readonly shards: readonly string[];
  /**
   * Where the source-controllers of the shards store artifacts. `persistent` needs `storage`.
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

/** A patch for objects that the operator creates. */
export interface FluxInstancePatch {
  /** A strategic-merge patch or a list of JSON patch operations, as data or as YAML text. */
  readonly patch: string | object;
  /**
   * The objects to patch, without a namespace: all of them are in the namespace of the FluxInstance.
   *
   * @default - the object that the patch names
   */
  readonly target?: Omit<KustomizationPatchesTarget, 'namespace'>;
}

/** The fields that every sync has. */
export interface FluxInstanceSyncFields {
  /** The address: `https://` or `ssh://` of a Git repository, `oci://` of an artifact, the endpoint of a bucket. */
  readonly url: string;
  /** A Git ref such as `refs/heads/main`, the tag of an artifact, or the name of a bucket. */
  readonly ref: string;
  /**
   * The folder that Flux applies, relative to the root of the source.
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
   * How often Flux checks the source for changes.
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

/** The source that a cluster syncs from. */
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
 * The props of a `FluxInstance`: the fields of its spec, with the same names as in the operator.
 *
 * @see https://fluxoperator.dev/docs/crd/fluxinstance/
 */
export interface FluxInstanceProps extends Omit<FluxObjectProps, 'name'> {
  /**
   * The namespace of Flux: the operator installs the controllers and creates the source there.
   *
   * @default - the `namespace` of the `FluxApp`, otherwise `flux-system`
   */
  readonly namespace?: string;
  /**
   * The version and the images of Flux.
   *
   * @default - the version of `bootstrap` of the Cluster, from `ghcr.io/fluxcd`
   */
  readonly distribution?: FluxInstanceDistribution;
  /**
   * The controllers.
   *
   * @default - the controllers in `bootstrap` of the Cluster, otherwise source, kustomize, helm and
   *   notification-controller
   */
  readonly components?: readonly FluxComponent[];
  /**
   * The cluster that Flux is installed in.
   *
   * @default - locked down if the Cluster is
   */
  readonly cluster?: FluxInstanceCluster;
  /**
   * The source that the cluster syncs from. Its kind and name must be the same as in `sourceRef` of the Cluster.
   *
   * @default - `sync` of the Cluster, otherwise the operator syncs nothing
   */
  readonly sync?: FluxInstanceSync;
  /**
   * Additional instances of the controllers, each for a part of the objects.
   *
   * @default - the shards in `sharding` of the Cluster, otherwise one controller of each kind for all objects
   */
  readonly sharding?: FluxInstanceSharding;
  /**
   * The volume of the source-controller.
   *
   * @default - no volume: the controller fetches artifacts again after a restart
   */
  readonly storage?: FluxInstanceStorage;
  /**
   * Patches for everything that the operator creates: the controllers, the source and the Kustomization of the sync.
   *
   * @default - none; synth adds patches for fields in `sync` of the Cluster that a FluxInstance does not have
   */
  readonly kustomize?: { readonly patches: readonly FluxInstancePatch[] };
  /**
   * Labels and annotations for everything that the operator creates.
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
   * Whether the operator migrates Flux objects to the newest API version after an upgrade.
   *
   * @default true
   */
  readonly migrateResources?: boolean;
  /**
   * Whether the FluxInstance becomes ready only when everything that it creates is ready.
   *
   * @default true
   */
  readonly wait?: boolean;
}
