import type { FluxComponent } from './components';
import type { SecretNeeds } from './secret-entries';

/** An API version of a kind. */
export interface ServedVersion {
  /** Its name, for example `v1beta3`. */
  readonly name: string;
  /**
   * The minor version of Flux that serves it first.
   *
   * @default - all that we know
   */
  readonly since?: string;
  /**
   * The minor version of Flux that no longer serves it.
   *
   * @default - none
   */
  readonly until?: string;
}

/** What a reference means in the graph: the kind of its arrow. */
export type ReferenceEdge =
  /** `spec.dependsOn`: waits for it. */
  | 'depends-on'
  /** A source: `spec.sourceRef`, of a chart too, and `spec.include`. */
  | 'source'
  /** `spec.chartRef`. */
  | 'chart'
  /** `spec.postBuild.substituteFrom`. */
  | 'substitute-from'
  /** `spec.valuesFrom`. */
  | 'values-from'
  /** A Secret: decryption, credentials, kubeConfig, verification. */
  | 'secret'
  /** A ConfigMap other than for values and variables. */
  | 'config-map'
  /** `spec.serviceAccountName`. */
  | 'service-account'
  /** `spec.healthChecks`. */
  | 'health-check'
  /** An ImagePolicy's repository, an automation's policies. */
  | 'image'
  /** An Alert's provider. */
  | 'provider'
  /** An Alert's event source. */
  | 'event-source'
  /** What a Receiver wakes. */
  | 'receiver';

/** A field of a Flux kind that refers to other objects. */
export interface KindReference {
  /** The field, with `[]` behind a list: `spec.include[].repository`. */
  readonly path: string;
  /** The kinds that it may refer to. */
  readonly kinds: readonly [string, ...string[]] | 'any';
  /**
   * How the field names an object: it is the name itself (`text`), or a map with the name (`name`), with the kind too
   * (`kind`), or with kind and API version (`apiVersion`).
   */
  readonly by: 'text' | 'name' | 'kind' | 'apiVersion';
  /** Whether it reaches other namespaces than the object's own. */
  readonly reach: 'own-namespace' | 'any-namespace';
  /**
   * The arrow that it makes in the graph.
   *
   * @default - none: what it refers to may be of any system
   */
  readonly edge?: ReferenceEdge;
  /**
   * Whether the namespace is printed even where it is the object's own.
   *
   * @default false
   */
  readonly alwaysQualified?: boolean;
  /**
   * What the field needs of a Secret.
   *
   * @default - it refers to no Secret, or any entries may do
   */
  readonly entries?: SecretNeeds;
  /**
   * The minor version of Flux that has the field first.
   *
   * @default - all that we know
   */
  readonly since?: string;
}

/** What an object of a kind is for. */
export type KindRole = 'kustomization' | 'helm-release' | 'source' | 'image' | 'notification' | 'operator';

/** All that we know of one of Flux's kinds beside the schema of its fields. */
export interface FluxKind {
  /** The API group. */
  readonly group: string;
  /** The kind. */
  readonly kind: string;
  /** The API versions that Flux serves, the preferred one first. */
  readonly versions: readonly [ServedVersion, ...ServedVersion[]];
  /**
   * The controller that acts on it.
   *
   * @default - the Flux operator
   */
  readonly controller?: FluxComponent;
  /** What it is for. */
  readonly role: KindRole;
  /**
   * Where it stands in its wave: `maker` makes sources, `source` is what others watch, read or send to.
   *
   * @default - it uses what others are
   */
  readonly step?: 'maker' | 'source';
  /**
   * Its fields that refer to other objects.
   *
   * @default - none
   */
  readonly references?: readonly KindReference[];
}
