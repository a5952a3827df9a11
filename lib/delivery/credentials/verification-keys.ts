import type { Construct } from 'constructs';
import { checkArguments, reportProblems } from '../../flux/arguments/check-arguments';
import { Credentials, asValue, type CredentialText, type CredentialsProps } from './credentials';

/** The name of each technology's public keys. */
const ENDINGS = {
  pgp: '.asc',
  ssh: '.sshpub',
  cosign: '.pub',
  notation: '.crt',
} as const satisfies Readonly<Record<string, string>>;

/** The technology for signing commits and artifacts. */
export type SigningTechnology = 'pgp' | 'ssh' | 'cosign' | 'notation';

/** The public keys of everyone who may sign, by any names, for one or several technologies. */
export type PublicKeys = {
  readonly [Technology in SigningTechnology]?: Readonly<Record<string, CredentialText>>;
};

/** The props of `VerificationKeys`. */
export interface VerificationKeysProps extends CredentialsProps, PublicKeys {
  /**
   * The trust policy of notation, as JSON. Required for `notation`.
   *
   * @default - none
   */
  readonly trustPolicy?: CredentialText;
}

/**
 * The Secret with public keys, for `verify.secretRef`: for Git commits (`pgp`, `ssh`), and for artifacts and charts
 * (`cosign`, `notation`).
 *
 * @see https://fluxcd.io/flux/components/source/ocirepositories/#verification
 */
export class VerificationKeys extends Credentials {
  constructor(scope: Construct, id: string, props: VerificationKeysProps) {
    const checked = checkArguments('VerificationKeys', scope, id, props);
    const keys = Object.entries(ENDINGS).flatMap(([technology, ending]) =>
      Object.entries(checked.props[technology as keyof PublicKeys] ?? {}).map(
        ([name, key]) => [name.endsWith(ending) ? name : `${name}${ending}`, asValue(key)] as const,
      ),
    );
    const { trustPolicy } = checked.props;
    super(scope, id, checked.props, {
      ...Object.fromEntries(keys),
      ...(trustPolicy !== undefined && { 'trustpolicy.json': asValue(trustPolicy) }),
    });
    reportProblems(this, checked);
  }
}
