import { providerType } from './provider-types';

/** Entries of a Secret that are needed together; `*.pub` is any entry of such a name. */
type EntrySet = readonly string[];
type Fields = Readonly<Record<string, unknown>>;

const BASIC: EntrySet = ['username', 'password'];
const REGISTRY: EntrySet = ['.dockerconfigjson'];
const TLS: readonly EntrySet[] = [['ca.crt'], ['tls.crt', 'tls.key'], ['caFile'], ['certFile', 'keyFile']];
const GITHUB_APP: readonly EntrySet[] = [
  ['githubAppID', 'githubAppPrivateKey', 'githubAppInstallationID'],
  ['githubAppID', 'githubAppPrivateKey', 'githubAppInstallationOwner'],
];
const AZURE: readonly EntrySet[] = [['accountKey'], ['sasKey'], ['clientId']];
const VERIFY: Readonly<Record<string, readonly EntrySet[]>> = {
  cosign: [['*.pub']],
  notation: [
    ['trustpolicy.json', '*.crt'],
    ['trustpolicy.json', '*.pem'],
  ],
};

/** What each field that names a Secret needs of it, by the kind and the path of the field. */
const NEEDS: Readonly<Record<string, (spec: Fields) => readonly EntrySet[]>> = {
  'GitRepository.secretRef': gitNeeds,
  'GitRepository.verify.secretRef': () => [['*.asc'], ['*.sshpub']],
  'OCIRepository.secretRef': () => [REGISTRY],
  'OCIRepository.verify.secretRef': verifyNeeds,
  'OCIRepository.verify.trustedRootSecretRef': () => [['trusted_root.json']],
  'ImageRepository.secretRef': () => [REGISTRY],
  'HelmRepository.secretRef': ({ type }) => (type === 'oci' ? [REGISTRY, BASIC] : [BASIC, ...TLS]),
  'HelmChart.verify.secretRef': verifyNeeds,
  'HelmRelease.chart.spec.verify.secretRef': ({ chart }) => verifyNeeds(below(chart, 'spec')),
  'Bucket.secretRef': bucketNeeds,
  'Bucket.sts.secretRef': () => [BASIC],
  'ImageUpdateAutomation.git.commit.signingKey.secretRef': ({ git }) =>
    below(below(git, 'commit'), 'signingKey').type === 'ssh' ? [['identity']] : [['git.asc']],
  'Receiver.secretRef': ({ type }) => [type === 'gcr' ? ['token', 'email', 'audience'] : ['token']],
  'Provider.secretRef': providerNeeds,
};

/**
 * What a field that names a Secret needs of it: all entries of one of the sets. Nothing where any entries may do.
 *
 * @param kind - the kind of the object that refers
 * @param path - the field below its spec, without places in lists
 * @param spec - the spec of the object
 */
export function secretNeeds(kind: string, path: string, spec: Fields): readonly EntrySet[] | undefined {
  const needs = NEEDS[`${kind}.${path}`];
  if (needs) return needs(spec);
  if (path === 'kubeConfig.secretRef') return kubeConfigNeeds(spec);
  if (path.endsWith('certSecretRef')) return TLS;
  return path === 'proxySecretRef' ? [['address']] : undefined;
}

/** Whether a Secret has what is needed. */
export function hasEntries(names: readonly string[], needs: readonly EntrySet[]): boolean {
  return needs.some((set) => set.every((entry) => names.some((name) => fits(name, entry))));
}

function fits(name: string, entry: string): boolean {
  return entry.startsWith('*') ? name.endsWith(entry.slice(1)) : name === entry;
}

function gitNeeds({ provider, url }: Fields): readonly EntrySet[] {
  if (provider === 'github') return GITHUB_APP;
  if (typeof url === 'string' && url.startsWith('ssh:')) return [['identity', 'known_hosts']];
  return [BASIC, ['bearerToken'], ...TLS];
}

function bucketNeeds({ provider }: Fields): readonly EntrySet[] {
  if (provider === 'gcp') return [['serviceaccount']];
  return provider === 'azure' ? AZURE : [['accesskey', 'secretkey']];
}

function verifyNeeds({ verify }: Fields): readonly EntrySet[] {
  const { provider = 'cosign' } = below({ verify }, 'verify');
  return VERIFY[String(provider)] ?? [];
}

function kubeConfigNeeds({ kubeConfig }: Fields): readonly EntrySet[] {
  const { key } = below(kubeConfig, 'secretRef');
  return typeof key === 'string' && key !== '' ? [[key]] : [['value'], ['value.yaml']];
}

/** A Provider's address may stand in its Secret, beside what the type needs. */
function providerNeeds({ type, address }: Fields): readonly EntrySet[] {
  const known = providerType(type);
  const sets = known?.entries ?? [[]];
  const isAddressed = !known || (typeof address === 'string' && address !== '');
  return isAddressed ? sets : sets.map((set) => [...set, 'address']);
}

function below(value: unknown, field: string): Fields {
  const fields = typeof value === 'object' && value !== null ? (value as Fields)[field] : undefined;
  return typeof fields === 'object' && fields !== null ? (fields as Fields) : {};
}
