import type { Construct } from 'constructs';
import { checkArguments, reportProblems } from '../../flux/arguments/check-arguments';
import { Credentials, entriesOf, type CredentialsProps } from './credentials';
import { TLS_ENTRIES, type TlsFiles } from './tls-files';

/** The props of `TlsCredentials`. */
export type TlsCredentialsProps = CredentialsProps & TlsFiles;

/**
 * The Secret with certificates, for `certSecretRef` of sources and Providers.
 *
 * @see https://fluxcd.io/flux/components/source/helmrepositories/#cert-secret-reference
 */
export class TlsCredentials extends Credentials {
  constructor(scope: Construct, id: string, props: TlsCredentialsProps) {
    const checked = checkArguments('TlsCredentials', scope, id, props);
    // Kubernetes requires both files of the client in a Secret of the type for certificates.
    const type = checked.props.certificate === undefined ? undefined : 'kubernetes.io/tls';
    super(scope, id, { ...checked.props, type }, entriesOf<TlsFiles>(TLS_ENTRIES, checked.props));
    reportProblems(this, checked);
  }
}
