import type { Construct } from 'constructs';
import { checkArguments, reportProblems } from '../../flux/arguments/check-arguments';
import { SecretValue } from '../../sops/values/secret-value';
import { Credentials, entriesOf, type CredentialText, type CredentialsProps } from './credentials';

/** The token that callers of a Receiver send. */
export interface CallerToken {
  /**
   * The token.
   *
   * @default - random text, which synth generates when it encrypts the Secret for the first time, and then keeps
   */
  readonly token?: SecretValue;
  /**
   * The service account of Google's push subscription; Receivers of type `gcr` need it.
   *
   * @default - none
   */
  readonly email?: CredentialText;
  /**
   * The audience of Google's tokens; Receivers of type `gcr` need it.
   *
   * @default - none
   */
  readonly audience?: CredentialText;
}

/** The props of a `WebhookToken`. */
export interface WebhookTokenProps extends CredentialsProps, CallerToken {}

/**
 * The Secret with the token that a Receiver shares with its callers: `secretRef: token`.
 *
 * @see https://fluxcd.io/flux/components/notification/receivers/#secret-reference
 */
export class WebhookToken extends Credentials {
  constructor(scope: Construct, id: string, props?: WebhookTokenProps) {
    const checked = checkArguments('WebhookToken', scope, id, props);
    const { token = SecretValue.generate(), email, audience } = checked.props;
    const table = { token: 'token', email: 'email', audience: 'audience' };
    super(scope, id, checked.props, entriesOf<CallerToken>(table, { token, email, audience }));
    reportProblems(this, checked);
  }
}
