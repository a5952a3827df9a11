import type { Construct } from 'constructs';
import { checkArguments, reportProblems } from '../../flux/arguments/check-arguments';
import type { SecretValue } from '../../sops/values/secret-value';
import { Credentials, entriesOf, type CredentialText, type CredentialsProps } from './credentials';

/** A proxy and its credentials. */
export interface ProxyLogin {
  /** The address of the proxy, with its scheme and port. */
  readonly address: CredentialText;
  /**
   * The name of the user.
   *
   * @default - the proxy needs no login
   */
  readonly username?: CredentialText;
  /**
   * The password of the user.
   *
   * @default - the proxy needs no login
   */
  readonly password?: SecretValue;
}

/** The props of `ProxyCredentials`. */
export interface ProxyCredentialsProps extends CredentialsProps, ProxyLogin {}

/**
 * The Secret with a proxy, for `proxySecretRef` of sources and Providers.
 *
 * @see https://fluxcd.io/flux/components/source/gitrepositories/#proxy-secret-reference
 */
export class ProxyCredentials extends Credentials {
  constructor(scope: Construct, id: string, props: ProxyCredentialsProps) {
    const checked = checkArguments('ProxyCredentials', scope, id, props);
    const table = { address: 'address', username: 'username', password: 'password' };
    super(scope, id, checked.props, entriesOf<ProxyLogin>(table, checked.props));
    reportProblems(this, checked);
  }
}
