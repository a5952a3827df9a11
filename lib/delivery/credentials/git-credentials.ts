import type { Construct } from 'constructs';
import { checkArguments, reportProblems } from '../../flux/arguments/check-arguments';
import type { SecretValue } from '../../sops/values/secret-value';
import { BASIC_ENTRIES, type BasicLogin } from './basic-login';
import { Credentials, entriesOf, type CredentialText, type CredentialsProps } from './credentials';
import { GITHUB_APP_ENTRIES, type GitHubApp } from './github-app';
import { TLS_ENTRIES, type TlsFiles } from './tls-files';

/** A key pair for Git over SSH. */
export interface SshKey {
  /** The private key. */
  readonly identity: SecretValue;
  /** The host keys of the server, as `ssh-keyscan` prints them. */
  readonly knownHosts: CredentialText;
  /**
   * The public key. Flux does not need it; it is for people who read the Secret.
   *
   * @default - not in the Secret
   */
  readonly publicKey?: CredentialText;
  /**
   * The passphrase of the private key.
   *
   * @default - the key has no passphrase
   */
  readonly passphrase?: SecretValue;
}

/** The login for a Git repository: exactly one of these. */
export type GitLogin =
  | { /** A user and a password, over https. */ readonly basic: BasicLogin }
  | { /** A token that is sent as it is, over https. */ readonly bearerToken: SecretValue }
  | { /** A key pair, over ssh. */ readonly ssh: SshKey }
  | { /** A GitHub App; the GitRepository needs `provider: 'github'`. */ readonly githubApp: GitHubApp };

/** The props of `GitCredentials`. */
export type GitCredentialsProps = CredentialsProps &
  GitLogin & {
    /**
     * Certificates, for a server that is not known to everyone or wants one of the client.
     *
     * @default - none
     */
    readonly tls?: TlsFiles;
  };

/**
 * The Secret with the credentials for a GitRepository: `secretRef: credentials`.
 *
 * @see https://fluxcd.io/flux/components/source/gitrepositories/#secret-reference
 */
export class GitCredentials extends Credentials {
  constructor(scope: Construct, id: string, props: GitCredentialsProps) {
    const checked = checkArguments('GitCredentials', scope, id, props);
    super(scope, id, checked.props, {
      ...loginEntries(checked.props),
      ...(checked.props.tls && entriesOf(TLS_ENTRIES, checked.props.tls)),
    });
    reportProblems(this, checked);
  }
}

function loginEntries(login: GitLogin): Record<string, SecretValue> {
  if ('basic' in login) return entriesOf(BASIC_ENTRIES, login.basic);
  if ('ssh' in login) {
    const table = {
      identity: 'identity',
      publicKey: 'identity.pub',
      knownHosts: 'known_hosts',
      passphrase: 'password',
    };
    return entriesOf<SshKey>(table, login.ssh);
  }
  if ('githubApp' in login) return entriesOf(GITHUB_APP_ENTRIES, login.githubApp);
  return { bearerToken: login.bearerToken };
}
