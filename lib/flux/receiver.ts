import type { Construct } from 'constructs';
import { fluxType } from '../kinds/flux-kinds';
import type { Spelled, TextOf } from './choice';
import { FluxObject, splitProps, type FluxObjectProps } from './flux-object';
import type { ReceiverFields } from './generated/receiver';
import type { SecretReference } from './references/reference';

/** How a caller authenticates: with a shared token, or with a token that an OIDC provider signed. */
export type ReceiverAuthentication =
  | {
      readonly type: Spelled<ReceiverFields['type'], 'generic-oidc'>;
      /** The providers whose tokens are accepted. */
      readonly oidcProviders: NonNullable<ReceiverFields['oidcProviders']>;
      readonly secretRef?: never;
    }
  | {
      readonly type: Spelled<ReceiverFields['type'], Exclude<TextOf<ReceiverFields['type']>, 'generic-oidc'>>;
      /** The Secret with the entry `token`. */
      readonly secretRef: SecretReference;
      readonly oidcProviders?: never;
    };

/**
 * The props of a `Receiver`: every field of its spec, with the same names as in Flux.
 *
 * @see https://fluxcd.io/flux/components/notification/receivers/
 */
export type ReceiverProps = FluxObjectProps & ReceiverFields & ReceiverAuthentication;

/**
 * A webhook that makes Flux reconcile when something happens in another system.
 *
 * @see https://fluxcd.io/flux/components/notification/receivers/
 */
export class Receiver extends FluxObject {
  declare readonly kind: 'Receiver';

  constructor(scope: Construct, id: string, props: ReceiverProps) {
    const [metadata, spec] = splitProps(props);
    super(scope, id, metadata, { ...fluxType('Receiver'), spec });
  }
}
