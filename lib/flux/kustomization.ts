import type { Construct } from 'constructs';
import { fluxType } from '../kinds/flux-kinds';
import { isMap } from '../plain/plain-data';
import type { FluxObjectProps } from './flux-object';
import type {
  KustomizationFields as GeneratedFields,
  KustomizationPostBuild,
  KustomizationPostBuildSubstituteFrom,
} from './generated/kustomization';
import { reconciledIn, timeoutFor } from './dependencies/awaited-time';
import type { CompiledOrder, DependencyReference } from './dependencies/orderable';
import type { DurationText } from './duration';
import { OrderedObject } from './dependencies/ordered-object';
import { platformAccount } from './platform-account';
import { referenceTo, type ObjectReference, type ReferableConstruct } from './references/reference';

/** The kinds of source that a Kustomization can apply from. */
export type KustomizationSourceKind = 'GitRepository' | 'OCIRepository' | 'Bucket' | 'ExternalArtifact';

/** A construct that has its own Kustomization, such as a `FluxApp`. */
export interface HasKustomization extends Construct {
  /** The Kustomization. */
  readonly kustomization?: Kustomization;
}

/**
 * What a Kustomization can wait for: another Kustomization, a `FluxApp`, or a Kustomization that your code does not
 * define, by name.
 */
export type KustomizationDependency =
  Kustomization | HasKustomization | (DependencyReference & { readonly kind?: 'Kustomization' });

/** A source of the values of variables: a ConfigMap or a Secret, as a construct or by kind and name. */
export type SubstituteReference = KustomizationPostBuildSubstituteFrom | ReferableConstruct;

/**
 * The variable substitution that Flux does after the build.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution
 */
export interface PostBuildFields extends Omit<KustomizationPostBuild, 'substituteFrom'> {
  /**
   * The ConfigMaps and Secrets with the values of variables; later ones override earlier ones.
   *
   * @default - none
   */
  readonly substituteFrom?: readonly SubstituteReference[];
}

/** The fields of the spec of a Kustomization, with constructs as references. */
export interface KustomizationFields extends Omit<GeneratedFields, 'dependsOn' | 'postBuild'> {
  /**
   * The Kustomizations that must be ready before this one is reconciled. Constructs in this list get `wait: true`,
   * unless you set `wait`.
   *
   * @default - none
   * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#dependencies
   */
  readonly dependsOn?: readonly KustomizationDependency[];
  /**
   * The variable substitution that Flux does after the build.
   *
   * @default - nothing
   */
  readonly postBuild?: PostBuildFields;
}

/**
 * The props of a `Kustomization`: every field of its spec, with the same names as in Flux.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/
 */
export interface KustomizationProps extends FluxObjectProps, KustomizationFields {}

/** The fields that may follow from other constructs. */
interface ImpliedFields {
  dependsOn?: unknown;
  timeout?: unknown;
  wait?: boolean;
  prune?: boolean;
  decryption?: unknown;
  serviceAccountName?: unknown;
}

/**
 * Applies a path of a source to the cluster.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/
 */
export class Kustomization extends OrderedObject {
  /**
   * Refers to a Kustomization that your code does not define.
   *
   * @param name - its name
   * @param namespace - its namespace; by default, the namespace of the object that refers to it
   */
  static fromName(name: string, namespace?: string): ObjectReference<'Kustomization'> {
    return referenceTo('Kustomization', name, namespace);
  }

  declare readonly kind: 'Kustomization';
  /** The variable substitution after the build. */
  readonly postBuild?: PostBuildFields;
  /**
   * The namespace that everything in the path gets.
   *
   * @internal
   */
  readonly targetNamespace?: string;
  /**
   * What the names of everything in the path begin with.
   *
   * @internal
   */
  readonly namePrefix?: string;
  /**
   * What the names of everything in the path end with.
   *
   * @internal
   */
  readonly nameSuffix?: string;

  private readonly healthChecked: boolean;
  private pruneOff = false;
  private impliedDecryption: KustomizationFields['decryption'];
  private least?: DurationText;
  private fitted?: DurationText;

  constructor(scope: Construct, id: string, props: KustomizationProps) {
    const given = isMap(props) ? (props as KustomizationProps) : ({} as KustomizationProps);
    const { name, namespace, labels, annotations, file, dependsOn, ...spec } = given;
    // A value that is not a map is passed on, to be refused.
    const metadata = given === props ? { name, namespace, labels, annotations, file } : props;
    super(scope, id, metadata, {
      ...fluxType('Kustomization'),
      spec,
      dependsOn: dependsOn as readonly (Construct | DependencyReference)[],
    });
    this.postBuild = spec.postBuild;
    this.targetNamespace = spec.targetNamespace;
    this.namePrefix = spec.namePrefix;
    this.nameSuffix = spec.nameSuffix;
    this.healthChecked = (spec.healthChecks?.length ?? 0) > 0;
  }

  /**
   * Keeps objects that are removed from the source: for CRDs, because everything of their kind is deleted with them.
   *
   * @internal
   */
  keepOnRemoval(): void {
    this.pruneOff = true;
  }

  /**
   * Makes Flux decrypt what the Kustomization applies, unless its author said how.
   *
   * @internal
   */
  setDecryption(decryption: KustomizationFields['decryption']): void {
    this.impliedDecryption = decryption;
  }

  /**
   * Makes the timeout longer than what the Kustomization waits for in the directory of its scope.
   *
   * @param least - how long it is at least
   *
   * @internal
   */
  fitTimeout(least: DurationText): void {
    this.least = least;
  }

  /** @internal */
  override setOrder(order: CompiledOrder | undefined): void {
    super.setOrder(order);
    this.fitted = undefined;
  }

  protected override specification(): object {
    const { dependsOn, awaited } = this.order();
    const spec: ImpliedFields = { ...super.specification() };
    if (this.pruneOff) spec.prune = false;
    const account = platformAccount(this, spec);
    if (account) spec.serviceAccountName = account;
    if (this.impliedDecryption) spec.decryption ??= this.impliedDecryption;
    if (dependsOn.length > 0) spec.dependsOn = dependsOn;
    // With `wait`, Flux ignores health checks. If the author set some, they decide when it is ready.
    if (awaited && spec.wait === undefined && !this.healthChecked) spec.wait = true;
    if (this.least && (spec.wait || this.healthChecked)) {
      this.fitted ??= timeoutFor(reconciledIn(this.node.scope as Construct), this.least);
      spec.timeout = this.fitted;
    }
    return spec;
  }
}
