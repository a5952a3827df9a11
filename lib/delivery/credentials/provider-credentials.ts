import type { Construct } from 'constructs';
import { checkArguments, reportProblems } from '../../flux/arguments/check-arguments';
import type { SecretValue } from '../../sops/values/secret-value';
import { Credentials, entriesOf, type CredentialText, type CredentialsProps } from './credentials';
import { GITHUB_APP_ENTRIES, type GitHubApp } from './github-app';

/** What a Provider may need to know; which of it depends on its type. */
export interface ProviderLogin {
  /**
   * The address that events are sent to, where it is a secret as the webhooks of chats are.
   *
   * @default - the `address` of the Provider
   */
  readonly address?: SecretValue;
  /**
   * A token, a key of the API, or the key that a webhook is signed with.
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
   * Headers of the request, as YAML of texts by name.
   *
   * @default - none
   */
  readonly headers?: SecretValue;
}

/** What `ProviderCredentials` are made of. */
export interface ProviderCredentialsProps extends CredentialsProps, ProviderLogin {
  /**
   * A GitHub App in place of a token, for the types of GitHub.
   *
   * @default - none
   */
  readonly githubApp?: GitHubApp;
}

/**
 * The Secret with which a Provider sends: `secretRef: credentials`.
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
