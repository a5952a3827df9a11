import type { IConstruct } from 'constructs';
import type { FluxComponent } from '../../kinds/components';

/** The object from which the Flux Operator installs Flux. */
export interface OperatedFlux extends IConstruct {
  /**
   * The controllers.
   *
   * @default - those of a default installation
   */
  readonly components: readonly FluxComponent[] | undefined;
}
