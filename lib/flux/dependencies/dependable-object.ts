import type { ApiObject } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import { hideDependencies } from './author-dependencies';

const STAND_IN = Symbol.for('cdk8s-flux.StandIn');

/**
 * Says which of its objects a construct means where it depends on others or others on it: not the source beside a
 * HelmRelease, but the HelmRelease. Its dependencies are hidden from cdk8s' own ordering.
 */
export function setStandIn(construct: Construct, object: ApiObject): void {
  Object.defineProperty(construct, STAND_IN, { value: object });
  hideDependencies(construct);
}

/** The object that a construct means in dependencies, if it has one. */
export function standInOf(construct: IConstruct): ApiObject | undefined {
  return (construct as IConstruct & { [STAND_IN]?: ApiObject })[STAND_IN];
}
