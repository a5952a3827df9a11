import type { Construct } from 'constructs';
import { FluxObject, type FluxObjectProps } from './flux-object';
import { orderObjects } from './ordering';

const ORDERED_OBJECT = Symbol.for('cdk8s-flux.OrderedObject');

/** An object to wait for that lives elsewhere, as `dependsOn` names it. */
export interface DependencyReference {
  /** The name of the object; it is of the same kind as the one that waits. */
  readonly name: string;
  /**
   * Its namespace.
   *
   * @default - the namespace of the object that waits
   */
  readonly namespace?: string;
  /**
   * A CEL expression that says when it is ready, beside its own Ready condition.
   *
   * @default - its Ready condition alone
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

/**
 * An object of a kind that Flux reconciles in order: a Kustomization or a HelmRelease. What it waits for follows from
 * its own `dependsOn` and from every `addDependency` of the app that Flux can only express here.
 */
export abstract class OrderedObject extends FluxObject {
  /** Whether a value is an `OrderedObject`, also one of another copy of this package. */
  static isOrderedObject(value: unknown): value is OrderedObject {
    return typeof value === 'object' && value !== null && ORDERED_OBJECT in value;
  }

  private compiled?: CompiledOrder;
  private readonly awaitedConstructs: Construct[] = [];
  private readonly awaitedReferences: DependencyReference[] = [];

  protected constructor(
    scope: Construct,
    id: string,
    type: { readonly apiVersion: string; readonly kind: string },
    props: FluxObjectProps,
    spec: object,
    dependsOn: readonly (Construct | DependencyReference)[] = [],
  ) {
    super(scope, id, type, props, spec);
    Object.defineProperty(this, ORDERED_OBJECT, { value: true });
    this.waitFor(...dependsOn);
    this.node.addValidation({ validate: () => this.forgetOrder() });
  }

  /** Whether the author said that the object becomes ready without waiting for what it applies. */
  abstract readonly readyEarly: boolean;

  /** The constructs that the author made it wait for by `dependsOn`. */
  get explicitDependencies(): readonly Construct[] {
    return this.awaitedConstructs;
  }

  /** Makes the object wait for others, as `dependsOn` in its props does. */
  waitFor(...dependencies: readonly (Construct | DependencyReference)[]): void {
    for (const dependency of dependencies) {
      if ('node' in dependency) this.awaitedConstructs.push(dependency);
      else this.awaitedReferences.push(dependency);
    }
  }

  /** Takes what the order of the whole app means for this object. */
  setOrder(order: CompiledOrder | undefined): void {
    this.compiled = order;
  }

  /** cdk8s validates everything before it renders anything: what was compiled for an earlier synth is out of date. */
  private forgetOrder(): string[] {
    this.compiled = undefined;
    return [];
  }

  /** What the object waits for, and whether others wait for it. */
  protected order(): CompiledOrder {
    if (!this.compiled) orderObjects(this.node.root);
    const { dependsOn = [], awaited = false } = this.compiled ?? {};
    return { dependsOn: [...this.awaitedReferences, ...dependsOn], awaited };
  }
}
