import type { SecretValue } from '../../sops/values/secret-value';
import type { CredentialText, EntryTable } from './credentials';

/** A user and a password. */
export interface BasicLogin {
  /** The name of the user. */
  readonly username: CredentialText;
  /** The password, or a token instead of it. */
  readonly password: SecretValue;
}

/** The entries of a user and a password. */
export const BASIC_ENTRIES: EntryTable<BasicLogin> = { username: 'username', password: 'password' };
