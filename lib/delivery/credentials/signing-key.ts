import type { Construct } from 'constructs';
import { checkArguments, reportProblems } from '../../flux/arguments/check-arguments';
import type { SecretValue } from '../../sops/values/secret-value';
import { Credentials, entriesOf, type CredentialsProps } from './credentials';

/** A private key and its passphrase. */
export interface PrivateKey {
  /** The private key: armored for OpenPGP, or in the format of `ssh-keygen` for SSH. */
  readonly key: SecretValue;
  /**
   * The passphrase of the key.
   *
   * @default - the key has no passphrase
   */
  readonly passphrase?: SecretValue;
}

/** The key for signing commits: exactly one of these. */
export type SigningKeyChoice =
  | { /** A key of OpenPGP. */ readonly gpg: PrivateKey }
  | { /** A key of SSH; `signingKey.type` is then `ssh`. */ readonly ssh: PrivateKey };

/** The props of a `SigningKey`. */
export type SigningKeyProps = CredentialsProps & SigningKeyChoice;

/**
 * The Secret with the key that an ImageUpdateAutomation signs its commits with: `signingKey: { secretRef: key }`.
 *
 * @see https://fluxcd.io/flux/components/image/imageupdateautomations/#signing-key
 */
export class SigningKey extends Credentials {
  constructor(scope: Construct, id: string, props: SigningKeyProps) {
    const checked = checkArguments('SigningKey', scope, id, props);
    const given = checked.props;
    const entries =
      'gpg' in given
        ? entriesOf<PrivateKey>({ key: 'git.asc', passphrase: 'passphrase' }, given.gpg)
        : entriesOf<PrivateKey>({ key: 'identity', passphrase: 'password' }, given.ssh);
    super(scope, id, given, entries);
    reportProblems(this, checked);
  }
}
