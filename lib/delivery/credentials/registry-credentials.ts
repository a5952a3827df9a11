import type { Construct } from 'constructs';
import { checkArguments, reportProblems } from '../../flux/arguments/check-arguments';
import { SecretValue } from '../../sops/values/secret-value';
import type { BasicLogin } from './basic-login';
import { Credentials, asValue, type CredentialsProps } from './credentials';

/** The login for a registry: exactly one of these. */
export type RegistryLogin =
  | {
      /** A user and a password for each registry, by its host: `ghcr.io`. */
      readonly registries: Readonly<Record<string, BasicLogin>>;
    }
  | {
      /** A whole configuration of Docker, as `docker login` writes it. */
      readonly dockerConfigJson: SecretValue;
    };

/** The props of `RegistryCredentials`. */
export type RegistryCredentialsProps = CredentialsProps & RegistryLogin;

/**
 * The Secret with the credentials for a container registry, for an OCIRepository, an ImageRepository, a HelmRepository
 * of type `oci`, and the pods that pull images: `secretRef: credentials`.
 *
 * @see https://fluxcd.io/flux/components/source/ocirepositories/#secret-reference
 */
export class RegistryCredentials extends Credentials {
  constructor(scope: Construct, id: string, props: RegistryCredentialsProps) {
    const checked = checkArguments('RegistryCredentials', scope, id, props);
    const given = checked.props;
    const config =
      'dockerConfigJson' in given ? given.dockerConfigJson : dockerConfig(given.registries ?? {});
    super(scope, id, { ...given, type: 'kubernetes.io/dockerconfigjson' }, { '.dockerconfigjson': config });
    reportProblems(this, checked);
  }
}

/** The file in which Docker stores logins. */
function dockerConfig(registries: Readonly<Record<string, BasicLogin>>): SecretValue {
  const parts = Object.entries(registries).flatMap(([host, { username, password }]) => [
    [`username of ${host}`, asValue(username)] as const,
    [`password of ${host}`, password] as const,
  ]);
  return SecretValue.combine(Object.fromEntries(parts), (texts) => {
    const auths = Object.keys(registries).map((host) => {
      const [username, password] = [texts[`username of ${host}`], texts[`password of ${host}`]];
      const auth = Buffer.from(`${username}:${password}`).toString('base64');
      return [host, { username, password, auth }];
    });
    return JSON.stringify({ auths: Object.fromEntries(auths) });
  });
}
