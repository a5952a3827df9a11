import type { Construct } from 'constructs';
import type { ReceiverSpec } from '../../imports/notification.toolkit.fluxcd.io';
import type { Fields } from './fields';
import { FluxObject, splitProps, type FluxObjectProps } from './flux-object';

/**
 * What a `Receiver` is made of: every field of its spec, under Flux's own names.
 *
 * @see https://fluxcd.io/flux/components/notification/receivers/
 */
export interface ReceiverProps extends FluxObjectProps, Fields<ReceiverSpec> {}

/**
 * A webhook that makes Flux reconcile when something happened elsewhere.
 *
 * @see https://fluxcd.io/flux/components/notification/receivers/
 */
export class Receiver extends FluxObject {
  declare readonly kind: 'Receiver';

  constructor(scope: Construct, id: string, props: ReceiverProps) {
    const [metadata, spec] = splitProps(props);
    super(scope, id, { apiVersion: 'notification.toolkit.fluxcd.io/v1', kind: 'Receiver' }, metadata, spec);
  }
}
