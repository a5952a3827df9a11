import type { Construct } from 'constructs';
import { checkArguments, reportProblems } from '../../flux/arguments/check-arguments';
import { BASIC_ENTRIES, type BasicLogin } from './basic-login';
import { Credentials, entriesOf, type CredentialsProps } from './credentials';

/** The props of `HelmRepositoryCredentials`. */
export interface HelmRepositoryCredentialsProps extends CredentialsProps, BasicLogin {}

/**
 * The Secret with the credentials for a HelmRepository over HTTPS: `secretRef: credentials`. For charts in a registry,
 * use `RegistryCredentials`; for certificates, use `TlsCredentials`.
 *
 * @see https://fluxcd.io/flux/components/source/helmrepositories/#secret-reference
 */
export class HelmRepositoryCredentials extends Credentials {
  constructor(scope: Construct, id: string, props: HelmRepositoryCredentialsProps) {
    const checked = checkArguments('HelmRepositoryCredentials', scope, id, props);
    super(scope, id, checked.props, entriesOf<BasicLogin>(BASIC_ENTRIES, checked.props));
    reportProblems(this, checked);
  }
}
