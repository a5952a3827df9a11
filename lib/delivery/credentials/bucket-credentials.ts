import type { Construct } from 'constructs';
import { checkArguments, reportProblems } from '../../flux/arguments/check-arguments';
import type { SecretValue } from '../../sops/values/secret-value';
import { BASIC_ENTRIES, type BasicLogin } from './basic-login';
import { Credentials, entriesOf, type CredentialText, type CredentialsProps } from './credentials';

/** An access key for S3, or for a storage with the same API. */
export interface S3Key {
  /** The name of the key. */
  readonly accessKey: CredentialText;
  /** The key. */
  readonly secretKey: SecretValue;
}

/** An Azure application that authenticates with a secret. */
export interface AzureClient {
  /** The ID of the tenant of the application. */
  readonly tenantId: CredentialText;
  /** The application. */
  readonly clientId: CredentialText;
  /** Its secret. */
  readonly clientSecret: SecretValue;
}

/** The login for a bucket: exactly one of these. */
export type BucketLogin =
  | { /** A key of S3; the provider is `generic` or `aws`. */ readonly s3: S3Key }
  | {
      /** The JSON key of a Google service account; the provider is `gcp`. */ readonly serviceAccount: SecretValue;
    }
  | { /** An application of Azure; the provider is `azure`. */ readonly azure: AzureClient }
  | { /** The key of an Azure storage account. */ readonly azureAccountKey: SecretValue }
  | { /** A shared access signature of Azure. */ readonly azureSasKey: SecretValue }
  | { /** A user of LDAP, for `sts.secretRef`. */ readonly ldap: BasicLogin };

/** The props of `BucketCredentials`. */
export type BucketCredentialsProps = CredentialsProps & BucketLogin;

/**
 * The Secret with the credentials for a Bucket: `secretRef: credentials`.
 *
 * @see https://fluxcd.io/flux/components/source/buckets/#secret-reference
 */
export class BucketCredentials extends Credentials {
  constructor(scope: Construct, id: string, props: BucketCredentialsProps) {
    const checked = checkArguments('BucketCredentials', scope, id, props);
    super(scope, id, checked.props, loginEntries(checked.props));
    reportProblems(this, checked);
  }
}

function loginEntries(login: BucketLogin): Record<string, SecretValue> {
  if ('s3' in login) return entriesOf<S3Key>({ accessKey: 'accesskey', secretKey: 'secretkey' }, login.s3);
  if ('ldap' in login) return entriesOf<BasicLogin>(BASIC_ENTRIES, login.ldap);
  if ('azure' in login) {
    const table = { tenantId: 'tenantId', clientId: 'clientId', clientSecret: 'clientSecret' };
    return entriesOf<AzureClient>(table, login.azure);
  }
  if ('serviceAccount' in login) return { serviceaccount: login.serviceAccount };
  return 'azureAccountKey' in login ? { accountKey: login.azureAccountKey } : { sasKey: login.azureSasKey };
}
