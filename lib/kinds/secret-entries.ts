import { mapOf, valueAt } from '../plain/plain-data';

/** Entries of a Secret that are needed together; `*.pub` is any entry of such a name. */
export type EntrySet = readonly string[];

/** The fields of a spec. */
export type Fields = Readonly<Record<string, unknown>>;

/** What a field needs of the Secret that it names: all entries of one of the sets. None where any entries may do. */
export type SecretNeeds = (spec: Fields) => readonly EntrySet[];

const BASIC: EntrySet = ['username', 'password'];
const REGISTRY: EntrySet = ['.dockerconfigjson'];
const TLS: readonly EntrySet[] = [['ca.crt'], ['tls.crt', 'tls.key'], ['caFile'], ['certFile', 'keyFile']];
const GITHUB_APP: readonly EntrySet[] = [
  ['githubAppID', 'githubAppPrivateKey', 'githubAppInstallationID'],
  ['githubAppID', 'githubAppPrivateKey', 'githubAppInstallationOwner'],
];
const AZURE: readonly EntrySet[] = [['accountKey'], ['sasKey'], ['clientId']];
const VERIFY: ReadonlyMap<unknown, readonly EntrySet[]> = new Map([
  ['cosign', [['*.pub']]],
  [
    'notation',
    [
      ['trustpolicy.json', '*.crt'],
      ['trustpolicy.json', '*.pem'],
    ],
  ],
]);

/** A field whose needs are always the same. */
const always =
  (...sets: readonly EntrySet[]): SecretNeeds =>
  () =>
    sets;

/** Credentials of a container registry. */
export const registryNeeds = always(REGISTRY);
/** A name and a password. */
export const basicNeeds = always(BASIC);
/** Certificates, their key, or both. */
export const tlsNeeds = always(...TLS);
/** The address of a proxy. */
export const proxyNeeds = always(['address']);
/** The public keys that commits or tags are signed with. */
export const commitKeyNeeds = always(['*.asc'], ['*.sshpub']);
/** The trusted root of Sigstore. */
export const trustedRootNeeds = always(['trusted_root.json']);

/** Credentials of a Git repository. */
export const gitNeeds: SecretNeeds = ({ provider, url }) => {
  if (provider === 'github') return GITHUB_APP;
  if (typeof url === 'string' && url.startsWith('ssh:')) return [['identity', 'known_hosts']];
  return [BASIC, ['bearerToken'], ...TLS];
};

/** Credentials of a Helm repository. */
export const helmRepositoryNeeds: SecretNeeds = ({ type }) =>
  type === 'oci' ? [REGISTRY, BASIC] : [BASIC, ...TLS];

/** Credentials of a bucket. */
export const bucketNeeds: SecretNeeds = ({ provider }) => {
  if (provider === 'gcp') return [['serviceaccount']];
  return provider === 'azure' ? AZURE : [['accesskey', 'secretkey']];
};

/** The keys by which an artifact is verified, by the provider that `verify` below a path names. */
export const verifyNeedsAt =
  (...above: readonly string[]): SecretNeeds =>
  (spec) => {
    const { provider = 'cosign' } = mapOf(valueAt(spec, ...above, 'verify'));
    return VERIFY.get(provider) ?? [];
  };

/** A kubeconfig under the key that the field names. */
export const kubeConfigNeeds: SecretNeeds = ({ kubeConfig }) => {
  const key = valueAt(kubeConfig, 'secretRef', 'key');
  return typeof key === 'string' && key !== '' ? [[key]] : [['value'], ['value.yaml']];
};

/** The key that commits are signed with. */
export const signingKeyNeeds: SecretNeeds = ({ git }) =>
  valueAt(git, 'commit', 'signingKey', 'type') === 'ssh' ? [['identity']] : [['git.asc']];

/** The token of a webhook. */
export const receiverNeeds: SecretNeeds = ({ type }) => [
  type === 'gcr' ? ['token', 'email', 'audience'] : ['token'],
];
