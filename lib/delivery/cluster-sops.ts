/** A PGP recipient. */
export interface PgpRecipientProps {
  /** The fingerprint: 40 hexadecimal digits. */
  readonly fingerprint: string;
  /**
   * The file with the armored public key, relative to the root of the repository.
   *
   * @default - the key is in the gpg keyring
   */
  readonly publicKeyFile?: string;
}

/** The recipients that secrets are encrypted for. */
export interface SopsRecipients {
  /**
   * Age recipients (`age1...`).
   *
   * @default - none
   */
  readonly age?: string | readonly string[];
  /**
   * PGP recipients.
   *
   * @default - none
   */
  readonly pgp?: readonly PgpRecipientProps[];
}

/** How a cluster decrypts secrets. */
export interface ClusterSops extends SopsRecipients {
  /**
   * The Secret in the cluster with the private key, in the namespace of the Kustomizations.
   *
   * @default - `sops-gpg` if there are only PGP recipients, otherwise `sops-age`
   * @see https://fluxcd.io/flux/guides/mozilla-sops/
   */
  readonly secretName?: string;
}

/** The Secret that holds the private key. */
export function keySecretName(sops: ClusterSops = {}): string {
  const onlyPgp = (sops.pgp?.length ?? 0) > 0 && ageList(sops).length === 0;
  return sops.secretName ?? (onlyPgp ? 'sops-gpg' : 'sops-age');
}

/** The age recipients as a list. */
export function ageList({ age = [] }: SopsRecipients): readonly string[] {
  return typeof age === 'string' ? [age] : age;
}
