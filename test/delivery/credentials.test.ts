import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import * as flux from '../../lib';
import { FluxApp, SecretValue, type Credentials } from '../../lib';
import { planApp } from '../../lib/plan/plan';
import { homeCluster } from './home-cluster';

const value = SecretValue.env('X');
const git = { url: 'https://example.com/r', interval: '1m' } as const;
const ssh = { ...git, url: 'ssh://git@example.com/r' };
const oci = { url: 'oci://example.com/r', interval: '1m' } as const;
const bucket = { endpoint: 'e', bucketName: 'b', interval: '1m' } as const;
const app = { appId: '1', privateKey: value };
const basic = { username: 'git', password: value };

type Make = (scope: Construct) => Credentials;
type Use = (scope: Construct, credentials: Credentials) => unknown;

/** Each kind of credentials: how they are created, their entries, and what uses them. */
const table: readonly (readonly [name: string, make: Make, entries: readonly string[], use: Use])[] = [
  [
    'a password for Git',
    (scope) => new flux.GitCredentials(scope, 'c', { basic, tls: { ca: 'PEM' } }),
    ['username', 'password', 'ca.crt'],
    (scope, secretRef) => new flux.GitRepository(scope, 'x', { ...git, secretRef }),
  ],
  [
    'a token for Git',
    (scope) => new flux.GitCredentials(scope, 'c', { bearerToken: value }),
    ['bearerToken'],
    (scope, secretRef) => new flux.GitRepository(scope, 'x', { ...git, secretRef }),
  ],
  [
    'a key pair for Git',
    (scope) =>
      new flux.GitCredentials(scope, 'c', {
        ssh: { identity: value, knownHosts: 'h', publicKey: 'p', passphrase: value },
      }),
    ['identity', 'identity.pub', 'known_hosts', 'password'],
    (scope, secretRef) => new flux.GitRepository(scope, 'x', { ...ssh, secretRef }),
  ],
  [
    'a GitHub App for Git',
    (scope) => new flux.GitCredentials(scope, 'c', { githubApp: { ...app, installationOwner: 'o' } }),
    ['githubAppID', 'githubAppInstallationOwner', 'githubAppPrivateKey'],
    (scope, secretRef) => new flux.GitRepository(scope, 'x', { ...git, provider: 'github', secretRef }),
  ],
  [
    'logins of registries',
    (scope) => new flux.RegistryCredentials(scope, 'c', { registries: { 'ghcr.io': basic } }),
    ['.dockerconfigjson'],
    (scope, secretRef) => new flux.OCIRepository(scope, 'x', { ...oci, secretRef }),
  ],
  [
    'a login of Helm',
    (scope) => new flux.HelmRepositoryCredentials(scope, 'c', basic),
    ['username', 'password'],
    (scope, secretRef) => new flux.HelmRepository(scope, 'x', { url: 'https://example.com', secretRef }),
  ],
  [
    'a key of S3',
    (scope) => new flux.BucketCredentials(scope, 'c', { s3: { accessKey: 'a', secretKey: value } }),
    ['accesskey', 'secretkey'],
    (scope, secretRef) => new flux.Bucket(scope, 'x', { ...bucket, secretRef }),
  ],
  [
    'a service account of Google',
    (scope) => new flux.BucketCredentials(scope, 'c', { serviceAccount: value }),
    ['serviceaccount'],
    (scope, secretRef) => new flux.Bucket(scope, 'x', { ...bucket, provider: 'gcp', secretRef }),
  ],
  [
    'an application of Azure',
    (scope) =>
      new flux.BucketCredentials(scope, 'c', {
        azure: { tenantId: 't', clientId: 'c', clientSecret: value },
      }),
    ['tenantId', 'clientId', 'clientSecret'],
    (scope, secretRef) =>
      new flux.Bucket(scope, 'x', { ...bucket, endpoint: 'https://e', provider: 'azure', secretRef }),
  ],
  [
    'certificates',
    (scope) => new flux.TlsCredentials(scope, 'c', { ca: 'PEM', certificate: 'PEM', key: value }),
    ['ca.crt', 'tls.crt', 'tls.key'],
    (scope, certSecretRef) => new flux.OCIRepository(scope, 'x', { ...oci, certSecretRef }),
  ],
  [
    'a proxy',
    (scope) => new flux.ProxyCredentials(scope, 'c', { address: 'http://proxy:3128', ...basic }),
    ['address', 'username', 'password'],
    (scope, proxySecretRef) => new flux.GitRepository(scope, 'x', { ...git, proxySecretRef }),
  ],
  [
    'a token of a webhook',
    (scope) => new flux.WebhookToken(scope, 'c'),
    ['token'],
    (scope, secretRef) =>
      new flux.Receiver(scope, 'x', {
        type: 'github',
        secretRef,
        resources: [flux.GitRepository.fromName('r')],
      }),
  ],
  [
    'an address of a chat',
    (scope) => new flux.ProviderCredentials(scope, 'c', { address: value, headers: value }),
    ['address', 'headers'],
    (scope, secretRef) => new flux.Provider(scope, 'x', { type: 'slack', secretRef }),
  ],
  [
    'a GitHub App for commits',
    (scope) => new flux.ProviderCredentials(scope, 'c', { githubApp: { ...app, installationId: '2' } }),
    ['githubAppID', 'githubAppInstallationID', 'githubAppPrivateKey'],
    (scope, secretRef) => new flux.Provider(scope, 'x', { type: 'github', address: 'https://a', secretRef }),
  ],
  [
    'public keys of Git’s authors',
    (scope) => new flux.VerificationKeys(scope, 'c', { pgp: { anna: 'K' }, ssh: { 'bob.sshpub': 'K' } }),
    ['anna.asc', 'bob.sshpub'],
    (scope, secretRef) => new flux.GitRepository(scope, 'x', { ...git, verify: { secretRef } }),
  ],
  [
    'public keys of artifacts',
    (scope) => new flux.VerificationKeys(scope, 'c', { cosign: { release: 'K' } }),
    ['release.pub'],
    (scope, secretRef) =>
      new flux.OCIRepository(scope, 'x', { ...oci, verify: { provider: 'cosign', secretRef } }),
  ],
  [
    'a key that signs commits',
    (scope) => new flux.SigningKey(scope, 'c', { gpg: { key: value, passphrase: value } }),
    ['git.asc', 'passphrase'],
    (scope, secretRef) => automation(scope, { secretRef }),
  ],
  [
    'a key of SSH that signs commits',
    (scope) => new flux.SigningKey(scope, 'c', { ssh: { key: value } }),
    ['identity'],
    (scope, secretRef) => automation(scope, { secretRef, type: 'ssh' }),
  ],
  [
    'another cluster',
    (scope) => new flux.KubeconfigCredentials(scope, 'c', { kubeconfig: value }),
    ['value'],
    (scope, secretRef) =>
      new flux.Kustomization(scope, 'x', {
        interval: '1m',
        prune: true,
        sourceRef: flux.GitRepository.fromName('r'),
        kubeConfig: { secretRef },
      }),
  ],
];

function automation(
  scope: Construct,
  signingKey: NonNullable<flux.ImageUpdateAutomationFields['git']>['commit']['signingKey'],
): flux.ImageUpdateAutomation {
  return new flux.ImageUpdateAutomation(scope, 'x', {
    interval: '1m',
    sourceRef: flux.GitRepository.fromName('r'),
    git: { commit: { author: { email: 'a@example.com' }, signingKey } },
  });
}

function fluxApp(): FluxApp {
  return new FluxApp(homeCluster(), 'app', { namespace: 'apps' });
}

function codesOf(scope: FluxApp): string[] {
  return planApp(scope.node.root).findings.map(({ code }) => code);
}

describe('credentials', () => {
  it.each(table)('have the entries that Flux expects, and are a reference: %s', (_, make, entries, use) => {
    const scope = fluxApp();
    const credentials = make(scope);
    expect(Object.keys(credentials.props.values)).toEqual(entries);
    use(scope, credentials);
    expect(codesOf(scope)).toEqual([]);
  });

  it.each(table)('fail if the Secret has other entries: %s', (_name, _make, _entries, use) => {
    const scope = fluxApp();
    const wrong = new flux.SopsSecret(scope, 'c', { values: { wrong: value } });
    use(scope, wrong as Credentials);
    expect(codesOf(scope)).toEqual(['secret-entry-missing']);
  });

  it('are never in plain text, and are printed as a Secret of their type', () => {
    const made = table.map(([, make]) => make(fluxApp()));
    expect(JSON.stringify(made.map((credentials) => credentials.props.values))).not.toContain('PEM');
    expect(new Set(made.map(({ props }) => props.type))).toEqual(
      new Set([undefined, 'kubernetes.io/dockerconfigjson', 'kubernetes.io/tls']),
    );
  });

  it('are in the namespace of the Flux objects beside them', () => {
    const make = (props?: object): Credentials =>
      new flux.WebhookToken(new FluxApp(homeCluster(), 'app', props), 'token');
    expect(make().metadata).toEqual({ name: 'token', namespace: 'flux-system' });
    expect(make({ namespace: 'apps' }).metadata).toEqual({ name: 'token', namespace: 'apps' });
    const own = new flux.WebhookToken(fluxApp(), 'token', { namespace: 'own' });
    expect(own.metadata).toEqual({ name: 'token', namespace: 'own' });
  });

  it('put registry logins into one file, as Docker does', () => {
    const { props } = new flux.RegistryCredentials(fluxApp(), 'c', {
      registries: { 'ghcr.io': basic, 'docker.io': { username: 'u', password: SecretValue.env('Y') } },
    });
    const config = props.values['.dockerconfigjson']?.lookUp({ root: '/', env: { X: 'p', Y: 'q' } }, 'c');
    expect(JSON.parse(Buffer.from((config as { bytes: Uint8Array }).bytes).toString())).toEqual({
      auths: {
        'ghcr.io': { username: 'git', password: 'p', auth: Buffer.from('git:p').toString('base64') },
        'docker.io': { username: 'u', password: 'q', auth: Buffer.from('u:q').toString('base64') },
      },
    });
    const missing = props.values['.dockerconfigjson']?.description;
    expect(missing).toBe('combination of no secret, env X, no secret, env Y');
  });

  it('fail without any', () => {
    const scope = fluxApp();
    new flux.GitCredentials(scope, 'c', {} as flux.GitCredentialsProps);
    expect(codesOf(scope)).toEqual(['credentials-missing']);
  });

  it('fail for a Secret of cdk8s-plus with other entries, but not for one that others fill', () => {
    const scope = fluxApp();
    const filled = new kplus.Secret(scope, 'filled');
    new flux.GitRepository(scope, 'a', { ...git, secretRef: filled });
    expect(codesOf(scope)).toEqual([]);
    const wrong = new kplus.Secret(scope, 'wrong', { stringData: { user: 'a' } });
    new flux.GitRepository(scope, 'b', { ...git, secretRef: wrong });
    expect(codesOf(scope)).toContain('secret-entry-missing');
  });

  it('require more of a Secret that contains a Provider’s address', () => {
    const scope = fluxApp();
    const secretRef = new flux.ProviderCredentials(scope, 'c', { token: value });
    new flux.Provider(scope, 'a', { type: 'slack', secretRef });
    expect(planApp(scope.node.root).findings).toMatchObject([
      { code: 'secret-entry-missing', message: expect.stringContaining('needs "address"') as string },
    ]);
  });
});
