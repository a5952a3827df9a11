import type { Construct } from 'constructs';
import { checkArguments, reportProblems } from '../../flux/arguments/check-arguments';
import type { SecretValue } from '../../sops/values/secret-value';
import { Credentials, entriesOf, type CredentialText, type CredentialsProps } from './credentials';
import { GITHUB_APP_ENTRIES, type GitHubApp } from './github-app';

/** The credentials that a Provider may need, depending on its type. */
export interface ProviderLogin {
  /**
   * The address to send events to, if it is secret, for example a webhook of a chat.
   *
   * @default - the `address` of the Provider
   */
  readonly address?: SecretValue;
  /**
   * A token, an API key, or the key for signing the requests of a webhook.
   *
   * @default - none
   */
  readonly token?: SecretValue;
  /**
   * The name of the user.
   *
   * @default - none
   */
  readonly username?: CredentialText;
  /**
   * The password of the user.
   *
   * @default - none
   */
  readonly password?: SecretValue;
  /**
   * The headers of the request, as YAML: a map from names to strings.
   *
   * @default - none
   */
  readonly headers?: SecretValue;
}

/** The props of `ProviderCredentials`. */
export interface ProviderCredentialsProps extends CredentialsProps, ProviderLogin {
  /**
   * A GitHub App instead of a token, for the types of GitHub.
   *
   * @default - none
   */
  readonly githubApp?: GitHubApp;
}

/**
 * The Secret with the credentials of a Provider: `secretRef: credentials`.
 *
 * @see https://fluxcd.io/flux/components/notification/providers/#secret-reference
 */
export class ProviderCredentials extends Credentials {
  constructor(scope: Construct, id: string, props: ProviderCredentialsProps) {
    const checked = checkArguments('ProviderCredentials', scope, id, props);
    const table = {
      address: 'address',
      token: 'token',
      username: 'username',
      password: 'password',
      headers: 'headers',
    };
    super(scope, id, checked.props, {
      ...entriesOf<ProviderLogin>(table, checked.props),
      ...(checked.props.githubApp && entriesOf(GITHUB_APP_ENTRIES, checked.props.githubApp)),
    });
    reportProblems(this, checked);
  }
}
