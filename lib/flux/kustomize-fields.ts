import type { Construct } from 'constructs';
import type { KustomizationImages, KustomizationPatchesTarget } from './generated/kustomization';

/**
 * A directory that a `kustomization.yaml` lists: a `ManifestDirectory`, a `FluxApp`, or a path or URL for kustomize,
 * relative to the directory.
 */
export type KustomizeResource = string | (Construct & { readonly directory: string });

/** A patch of a `kustomization.yaml`. */
export interface KustomizePatch {
  /**
   * A strategic-merge patch or a list of JSON patch operations, as data or as YAML text.
   *
   * @default - the file in `path`
   */
  readonly patch?: string | object;
  /**
   * A file with the patch, relative to the directory.
   *
   * @default - the patch in `patch`
   */
  readonly path?: string;
  /**
   * The objects to patch.
   *
   * @default - the object that the patch names
   */
  readonly target?: KustomizationPatchesTarget;
}

/** Labels that a `kustomization.yaml` adds. */
export interface KustomizeLabels {
  /** The labels. */
  readonly pairs: Readonly<Record<string, string>>;
  /**
   * Whether to add the labels to selectors too.
   *
   * @default false
   */
  readonly includeSelectors?: boolean;
  /**
   * Whether to add the labels to pod templates too.
   *
   * @default false
   */
  readonly includeTemplates?: boolean;
}

/** A ConfigMap or Secret that a `kustomization.yaml` generates. */
export interface KustomizeGenerator {
  /** The name, to which kustomize adds a hash. */
  readonly name: string;
  /**
   * The namespace.
   *
   * @default - the namespace of the `kustomization.yaml`
   */
  readonly namespace?: string;
  /**
   * Whether to create the object, or to replace or extend one from a base.
   *
   * @default 'create'
   */
  readonly behavior?: 'create' | 'replace' | 'merge';
  /**
   * Entries as `key=value`.
   *
   * @default - none
   */
  readonly literals?: readonly string[];
  /**
   * Files, relative to the directory; `key=file` sets the key.
   *
   * @default - none
   */
  readonly files?: readonly string[];
  /**
   * Files with lines of the form `key=value`, relative to the directory.
   *
   * @default - none
   */
  readonly envs?: readonly string[];
  /**
   * The type of a Secret.
   *
   * @default 'Opaque'
   */
  readonly type?: string;
  /**
   * Labels, annotations, and whether the name gets a hash.
   *
   * @default - those of `generatorOptions`
   */
  readonly options?: KustomizeGeneratorOptions;
}

/** Options for the ConfigMaps and Secrets that a `kustomization.yaml` generates. */
export interface KustomizeGeneratorOptions {
  /**
   * Their labels.
   *
   * @default - none
   */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * Their annotations.
   *
   * @default - none
   */
  readonly annotations?: Readonly<Record<string, string>>;
  /**
   * Whether to leave out the hash in their names.
   *
   * @default false
   */
  readonly disableNameSuffixHash?: boolean;
  /**
   * Whether they are immutable.
   *
   * @default false
   */
  readonly immutable?: boolean;
}

/**
 * Fields of a `kustomization.yaml`, in addition to the list of files in its directory.
 *
 * @see https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/
 */
export interface KustomizeFields {
  /**
   * Bases, listed before the files of the directory.
   *
   * @default - none
   */
  readonly resources?: readonly KustomizeResource[];
  /**
   * Components.
   *
   * @default - none
   */
  readonly components?: readonly KustomizeResource[];
  /**
   * The namespace of all objects.
   *
   * @default - each object keeps its namespace
   */
  readonly namespace?: string;
  /**
   * A prefix for all names.
   *
   * @default - none
   */
  readonly namePrefix?: string;
  /**
   * A suffix for all names.
   *
   * @default - none
   */
  readonly nameSuffix?: string;
  /**
   * Labels for objects.
   *
   * @default - none
   */
  readonly labels?: readonly KustomizeLabels[];
  /**
   * Annotations for all objects.
   *
   * @default - none
   */
  readonly commonAnnotations?: Readonly<Record<string, string>>;
  /**
   * Patches.
   *
   * @default - none
   */
  readonly patches?: readonly KustomizePatch[];
  /**
   * Names, tags and digests of images.
   *
   * @default - none
   */
  readonly images?: readonly KustomizationImages[];
  /**
   * The number of replicas for objects by name.
   *
   * @default - none
   */
  readonly replicas?: readonly { readonly name: string; readonly count: number }[];
  /**
   * ConfigMaps to generate.
   *
   * @default - none
   */
  readonly configMapGenerator?: readonly Omit<KustomizeGenerator, 'type'>[];
  /**
   * Secrets to generate.
   *
   * @default - none
   */
  readonly secretGenerator?: readonly KustomizeGenerator[];
  /**
   * Options for all generated ConfigMaps and Secrets.
   *
   * @default - none
   */
  readonly generatorOptions?: KustomizeGeneratorOptions;
  /**
   * Any other field of a `kustomization.yaml`, under the name that kustomize uses.
   *
   * @default - none
   */
  readonly others?: Readonly<Record<string, unknown>>;
}
