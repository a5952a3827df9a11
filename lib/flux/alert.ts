import type { Construct } from 'constructs';
import { fluxType } from '../kinds/flux-kinds';
import { FluxObject, splitProps, type FluxObjectProps } from './flux-object';
import type { AlertEventSources, AlertFields } from './generated/alert';

/**
 * An object whose events are sent: a construct, or its kind and name. The name `*` stands for all objects of the kind
 * in a namespace.
 */
export type AlertSource = AlertEventSources | OperatorEventSource;

/** An object of the Flux Operator. Allow its kind with `check.extraAlertKinds` in `cdk8s-flux.yaml`. */
export interface OperatorEventSource extends Omit<AlertEventSources, 'kind'> {
  /** The kind of the object. */
  readonly kind: 'FluxInstance' | 'FluxReport' | 'ResourceSet' | 'ResourceSetInputProvider';
}

/**
 * The props of an `Alert`: every field of its spec, with the same names as in Flux.
 *
 * @see https://fluxcd.io/flux/components/notification/alerts/
 */
export interface AlertProps extends FluxObjectProps, Omit<AlertFields, 'eventSources'> {
  /** The objects whose events are sent. */
  readonly eventSources: readonly AlertSource[];
}

/**
 * Sends the events of Flux objects to a provider.
 *
 * @see https://fluxcd.io/flux/components/notification/alerts/
 */
export class Alert extends FluxObject {
  declare readonly kind: 'Alert';

  constructor(scope: Construct, id: string, props: AlertProps) {
    const [metadata, spec] = splitProps(props);
    super(scope, id, metadata, { ...fluxType('Alert'), spec });
  }
}
