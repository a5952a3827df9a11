import { Construct } from 'constructs';
import { FluxObject, type FluxObjectProps } from '../flux-object';
import { ORDERED, isOrdered, type CompiledOrder, type DependencyReference, type Ordered } from './orderable';
import { orderObjects } from './compile-dependencies';

/**
 * An object of a kind that Flux reconciles in order: a Kustomization or a HelmRelease. What it waits for follows from
 * its own `dependsOn` and from every `addDependency` of the app that Flux can only express here.
 */
export abstract class OrderedObject extends FluxObject implements Ordered {
  /** Whether a value is an `OrderedObject`, including one from another copy of this package. */
  static isOrderedObject(value: unknown): value is OrderedObject {
    return isOrdered(value);
  }

  private compiled?: CompiledOrder;
  private readonly awaitedConstructs: Construct[] = [];
  private readonly awaitedReferences: DependencyReference[] = [];

  protected constructor(
    scope: Construct,
    id: string,
    props: FluxObjectProps,
    {
      dependsOn = [],
      ...content
    }: {
      readonly apiVersion: string;
      readonly kind: string;
      readonly spec: object;
      readonly dependsOn?: readonly (Construct | DependencyReference)[];
    },
  ) {
    // Without types, the value may be anything: if it is not a list, it is printed, and the schema refuses it.
    const isList = Array.isArray(dependsOn);
    super(scope, id, props, isList ? content : { ...content, spec: { ...content.spec, dependsOn } });
    Object.defineProperty(this, ORDERED, { value: true });
    if (isList) this.waitFor(...dependsOn);
    this.node.addValidation({ validate: () => this.forgetOrder() });
  }

  /**
   * The constructs that the author made it wait for by `dependsOn`.
   *
   * @internal
   */
  get explicitDependencies(): readonly Construct[] {
    return this.awaitedConstructs;
  }

  /**
   * Makes the object wait for others, as `dependsOn` in its props does.
   *
   * @internal
   */
  waitFor(...dependencies: readonly (Construct | DependencyReference)[]): void {
    for (const dependency of dependencies) {
      // Without types, the value may be anything: if it is not a construct, it is printed, and the schema refuses it.
      if (Construct.isConstruct(dependency)) this.awaitedConstructs.push(dependency);
      else this.awaitedReferences.push(dependency);
    }
  }

  /**
   * Takes what the order of the whole app means for this object.
   *
   * @internal
   */
  setOrder(order: CompiledOrder | undefined): void {
    this.compiled = order;
  }

  /**
   * Its spec before tokens, durations and references are resolved.
   *
   * @internal
   */
  unresolvedSpec(): object {
    return this.specification();
  }

  /** cdk8s validates everything before it renders anything: results of an earlier synth are outdated. */
  private forgetOrder(): string[] {
    this.compiled = undefined;
    return [];
  }

  /**
   * What the object waits for, and whether others wait for it.
   *
   * @internal
   */
  protected order(): CompiledOrder {
    if (!this.compiled) orderObjects(this.node.root);
    const { dependsOn = [], awaited = false } = this.compiled ?? {};
    return { dependsOn: [...this.awaitedReferences, ...dependsOn], awaited };
  }
}
