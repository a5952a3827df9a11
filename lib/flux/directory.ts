import type { Construct, IConstruct } from 'constructs';
import { hideDependencies } from './dependencies/author-dependencies';
import type { Kustomization, SubstituteReference } from './kustomization';

const PLACE = Symbol.for('cdk8s-flux.Place');

/** A directory of the repository that constructs are written to: that of a `Cluster` or of a `FluxApp`. */
export interface Place {
  /** The `Cluster` or `FluxApp`. */
  readonly construct: Construct;
  /**
   * The place that this one is in.
   *
   * @default - none: it is a cluster's
   */
  readonly parent?: Place;
  /** The place of the cluster. */
  readonly cluster: Place;
  /** The directory, from the repository's root. */
  readonly directory: string;
  /**
   * The Flux Kustomization that applies the directory.
   *
   * @default - none of ours: the cluster's entry path, or a directory that Flux does not apply
   */
  readonly kustomization?: Kustomization;
  /**
   * What others wait for in its place while nothing is in it: it is then left out.
   *
   * @default - none: an empty directory is an error
   */
  readonly whenEmpty?: Construct;
  /**
   * The post-build variables of a cluster: their values, and the objects that hold the values of others.
   *
   * @default - none: it is no cluster's, or the cluster has no variables
   */
  readonly variables?: {
    readonly values: Readonly<Record<string, string | number | boolean>>;
    readonly from: readonly SubstituteReference[];
  };
}

/** Makes a construct a place, and hides its dependencies from cdk8s' own ordering. */
export function definePlace(construct: Construct, place: Place): void {
  Object.defineProperty(construct, PLACE, { value: place });
  hideDependencies(construct);
}

/** Leaves a place out while nothing is in it. Whoever depends on it then waits for another construct. */
export function leaveOutWhenEmpty(construct: Construct, whenEmpty: Construct): void {
  Object.assign(asPlace(construct) as Place, { whenEmpty });
}

/** Whether a place is left out because nothing is in it. */
export function isLeftOut({ construct, kustomization, whenEmpty }: Place): boolean {
  return (
    whenEmpty !== undefined && construct.node.children.every((child) => child === (kustomization as unknown))
  );
}

/** The place that a construct itself is, if it is a `Cluster` or a `FluxApp`. */
export function asPlace(construct: IConstruct): Place | undefined {
  return (construct as IConstruct & { [PLACE]?: Place })[PLACE];
}

/** The place that a construct is in: its own if it is one, else that of the nearest scope which is one. */
export function placeOf(construct: IConstruct): Place | undefined {
  let scope: IConstruct | undefined = construct;
  while (scope) {
    const place = asPlace(scope);
    if (place) return place;
    scope = scope.node.scope;
  }
  return undefined;
}

/** The place in whose directory an object is written: the Kustomization of a FluxApp is in its parent's. */
export function homeOf(object: IConstruct): Place | undefined {
  const place = placeOf(object);
  return place?.kustomization === (object as unknown) ? place?.parent : place;
}

/** The construct as its author knows it: a `FluxApp` for the Kustomization that we made for it. */
export function authorView(construct: IConstruct): IConstruct {
  const scope = construct.node.scope;
  return scope && asPlace(scope)?.kustomization === (construct as unknown) ? scope : construct;
}
