import type { Construct } from 'constructs';
import type { AlertSpec } from '../../imports/notification.toolkit.fluxcd.io';
import type { Fields } from './fields';
import { FluxObject, splitProps, type FluxObjectProps } from './flux-object';

/**
 * What an `Alert` is made of: every field of its spec, under Flux's own names.
 *
 * @see https://fluxcd.io/flux/components/notification/alerts/
 */
export interface AlertProps extends FluxObjectProps, Fields<AlertSpec> {}

/**
 * Sends the events of Flux objects to a provider.
 *
 * @see https://fluxcd.io/flux/components/notification/alerts/
 */
export class Alert extends FluxObject {
  declare readonly kind: 'Alert';

  constructor(scope: Construct, id: string, props: AlertProps) {
    const [metadata, spec] = splitProps(props);
    super(scope, id, { apiVersion: 'notification.toolkit.fluxcd.io/v1beta3', kind: 'Alert' }, metadata, spec);
  }
}
