import type { Construct } from 'constructs';
import { checkArguments, reportProblems } from '../../flux/arguments/check-arguments';
import type { SecretValue } from '../../sops/values/secret-value';
import { Credentials, type CredentialsProps } from './credentials';

/** The props of `KubeconfigCredentials`. */
export interface KubeconfigCredentialsProps extends CredentialsProps {
  /** The kubeconfig. It must not need other files or programs. */
  readonly kubeconfig: SecretValue;
}

/**
 * The Secret with the kubeconfig for a Kustomization or HelmRelease that applies to another cluster:
 * `kubeConfig: { secretRef: credentials }`.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#kubeconfig-remote-clusters
 */
export class KubeconfigCredentials extends Credentials {
  constructor(scope: Construct, id: string, props: KubeconfigCredentialsProps) {
    const checked = checkArguments('KubeconfigCredentials', scope, id, props);
    super(scope, id, checked.props, { value: checked.props.kubeconfig });
    reportProblems(this, checked);
  }
}
