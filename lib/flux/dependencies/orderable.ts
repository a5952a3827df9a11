import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';

/** Marks the objects that Flux reconciles in order, also those of another copy of this package. */
export const ORDERED = Symbol.for('cdk8s-flux.OrderedObject');

/** An object to wait for that your code does not define, by name. */
export interface DependencyReference {
  /** The name of the object. It has the same kind as the object that waits. */
  readonly name: string;
  /**
   * Its namespace.
   *
   * @default - the namespace of the object that waits
   */
  readonly namespace?: string;
  /**
   * A CEL expression that must be true as well, in addition to the Ready condition of the object.
   *
   * @default - only its Ready condition
   * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#dependency-ready-expression
   */
  readonly readyExpr?: string;
}

/** What the order of the whole app means for one object. */
export interface CompiledOrder {
  /** The objects of the same kind that it waits for. */
  readonly dependsOn: readonly DependencyReference[];
  /** Whether another object waits for it. */
  readonly awaited: boolean;
}

/** What the ordering needs to know of an object that Flux reconciles in order, and tells it. */
export interface Ordered extends ApiObject {
  /**
   * The constructs that the author made it wait for by `dependsOn`.
   *
   * @internal
   */
  readonly explicitDependencies: readonly Construct[];
  /**
   * Takes what the order of the whole app means for this object.
   *
   * @internal
   */
  setOrder(order: CompiledOrder | undefined): void;
  /**
   * Its spec before tokens, durations and references are resolved.
   *
   * @internal
   */
  unresolvedSpec(): object;
}

/** Whether a value is an object that Flux reconciles in order. */
export function isOrdered(value: unknown): value is Ordered {
  return typeof value === 'object' && value !== null && ORDERED in value;
}
