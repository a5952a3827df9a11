import type { SecretValue } from '../../sops/values/secret-value';
import type { CredentialText, EntryTable } from './credentials';

/** A GitHub App and one of its installations. */
export type GitHubApp = GitHubAppKey &
  (
    | {
        /** The number of the installation. */
        readonly installationId: CredentialText;
        readonly installationOwner?: never;
      }
    | {
        /** The organisation or user that installed it. */
        readonly installationOwner: CredentialText;
        readonly installationId?: never;
      }
  );

/** The credentials of a GitHub App. */
export interface GitHubAppKey {
  /** The ID of the app. */
  readonly appId: CredentialText;
  /** The private key of the app, in PEM. */
  readonly privateKey: SecretValue;
  /**
   * The address of the API, for GitHub Enterprise.
   *
   * @default - github.com
   */
  readonly baseUrl?: CredentialText;
}

/** The entries of a GitHub App. */
export const GITHUB_APP_ENTRIES: EntryTable<Required<GitHubApp>> = {
  appId: 'githubAppID',
  installationId: 'githubAppInstallationID',
  installationOwner: 'githubAppInstallationOwner',
  privateKey: 'githubAppPrivateKey',
  baseUrl: 'githubAppBaseURL',
};
