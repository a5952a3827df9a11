import type { Construct } from 'constructs';
import type { KustomizationImages, KustomizationPatchesTarget } from './generated/kustomization';

/**
 * A directory that a `kustomization.yaml` lists: a `ManifestDirectory`, a `FluxApp`, or a path or URL as kustomize takes
 * it, relative to the directory.
 */
export type KustomizeResource = string | (Construct & { readonly directory: string });

/** A patch of a `kustomization.yaml`. */
export interface KustomizePatch {
  /**
   * A strategic-merge patch or a list of JSON patch operations, as data or as YAML text.
   *
   * @default - `path` names a file
   */
  readonly patch?: string | object;
  /**
   * A file with the patch, relative to the directory.
   *
   * @default - `patch` holds it
   */
  readonly path?: string;
  /**
   * The objects to patch.
   *
   * @default - the object that the patch itself names
   */
  readonly target?: KustomizationPatchesTarget;
}

/** Labels that a `kustomization.yaml` adds. */
export interface KustomizeLabels {
  /** The labels. */
  readonly pairs: Readonly<Record<string, string>>;
  /**
   * Whether they go into selectors too.
   *
   * @default false
   */
  readonly includeSelectors?: boolean;
  /**
   * Whether they go into the templates of Pods too.
   *
   * @default false
   */
  readonly includeTemplates?: boolean;
}

/** A ConfigMap or Secret that a `kustomization.yaml` makes. */
export interface KustomizeGenerator {
  /** The name, to which kustomize adds a hash. */
  readonly name: string;
  /**
   * The namespace.
   *
   * @default - that of the `kustomization.yaml`
   */
  readonly namespace?: string;
  /**
   * Whether it replaces or completes one of a base.
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
   * Files, relative to the directory, also as `key=file`.
   *
   * @default - none
   */
  readonly files?: readonly string[];
  /**
   * Files with lines `key=value`, relative to the directory.
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
   * Labels, annotations, and whether there is a hash.
   *
   * @default - those of `generatorOptions`
   */
  readonly options?: KustomizeGeneratorOptions;
}

/** What a `kustomization.yaml` says of the ConfigMaps and Secrets that it makes. */
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
   * Whether their names get no hash.
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
 * What a `kustomization.yaml` has beside the files of its directory.
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
   * The namespace that all objects get.
   *
   * @default - each object keeps its own
   */
  readonly namespace?: string;
  /**
   * What all names begin with.
   *
   * @default - nothing is added
   */
  readonly namePrefix?: string;
  /**
   * What all names end with.
   *
   * @default - nothing is added
   */
  readonly nameSuffix?: string;
  /**
   * Labels that objects get.
   *
   * @default - none
   */
  readonly labels?: readonly KustomizeLabels[];
  /**
   * Annotations that all objects get.
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
   * Numbers of replicas by the name of the object.
   *
   * @default - none
   */
  readonly replicas?: readonly { readonly name: string; readonly count: number }[];
  /**
   * ConfigMaps to make.
   *
   * @default - none
   */
  readonly configMapGenerator?: readonly Omit<KustomizeGenerator, 'type'>[];
  /**
   * Secrets to make.
   *
   * @default - none
   */
  readonly secretGenerator?: readonly KustomizeGenerator[];
  /**
   * What holds for all ConfigMaps and Secrets to make.
   *
   * @default - none
   */
  readonly generatorOptions?: KustomizeGeneratorOptions;
  /**
   * Any other field of a `kustomization.yaml`, as kustomize spells it.
   *
   * @default - none
   */
  readonly others?: Readonly<Record<string, unknown>>;
}
