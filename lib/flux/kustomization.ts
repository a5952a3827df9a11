import type { Construct } from 'constructs';
import type { KustomizationSpec } from '../../imports/kustomize.toolkit.fluxcd.io';
import type { Fields } from './fields';
import { splitProps, type FluxObjectProps } from './flux-object';
import { OrderedObject, type DependencyReference } from './ordered-object';
import type { NamedReference, ObjectReference } from './reference';

/** The kinds of source that a Kustomization can apply from. */
export type KustomizationSourceKind = 'GitRepository' | 'OCIRepository' | 'Bucket' | 'ExternalArtifact';

/** A construct that has a Kustomization of its own, as a `FluxApp` does. */
export interface HasKustomization extends Construct {
  /** The Kustomization. */
  readonly kustomization?: Kustomization;
}

/** What a Kustomization can wait for: another one, a `FluxApp`, or one that lives elsewhere. */
export type KustomizationDependency = Kustomization | HasKustomization | DependencyReference;

/** The fields of a Kustomization's spec, with references as constructs. */
export interface KustomizationFields extends Omit<
  Fields<KustomizationSpec>,
  'dependsOn' | 'sourceRef' | 'serviceAccountName'
> {
  /** The source that is applied: a construct, or `GitRepository.fromName(...)`. */
  readonly sourceRef: ObjectReference<KustomizationSourceKind>;
  /**
   * The Kustomizations that must be ready before this one is reconciled. Those among them that are constructs get
   * `wait: true`, unless their author says otherwise.
   *
   * @default - it waits for nothing
   * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#dependencies
   */
  readonly dependsOn?: readonly KustomizationDependency[];
  /**
   * The service account that the controller acts as: a construct, or its name.
   *
   * @default - the controller's own
   */
  readonly serviceAccountName?: string | NamedReference;
}

/**
 * What a `Kustomization` is made of: every field of its spec, under Flux's own names.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/
 */
export interface KustomizationProps extends FluxObjectProps, KustomizationFields {}

/**
 * Applies a path of a source to the cluster.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/
 */
export class Kustomization extends OrderedObject {
  /**
   * Refers to a Kustomization that lives elsewhere.
   *
   * @param name - its name
   * @param namespace - its namespace; by default that of the object which refers to it
   */
  static fromName(name: string, namespace?: string): DependencyReference {
    return { name, ...(namespace !== undefined && { namespace }) };
  }

  declare readonly kind: 'Kustomization';
  /** Whether the author said that it is ready as soon as it is applied. */
  readonly readyEarly: boolean;

  private readonly healthChecked: boolean;

  constructor(scope: Construct, id: string, props: KustomizationProps) {
    const [metadata, { dependsOn, ...spec }] = splitProps(props);
    const type = { apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization' };
    super(scope, id, type, metadata, spec, dependsOn as readonly (Construct | DependencyReference)[]);
    this.healthChecked = (props.healthChecks?.length ?? 0) > 0;
    this.readyEarly = props.wait === false && !this.healthChecked;
  }

  protected override specification(): object {
    const { dependsOn, awaited } = this.order();
    const spec = { ...super.specification() } as { wait?: boolean; dependsOn?: unknown };
    if (dependsOn.length > 0) spec.dependsOn = dependsOn;
    // With `wait`, Flux ignores health checks: where the author gave some, they say when it is ready.
    if (awaited && spec.wait === undefined && !this.healthChecked) spec.wait = true;
    return spec;
  }
}
