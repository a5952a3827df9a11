import { fail } from '../../findings/findings-error';
import { printable } from '../../findings/printable';
import { listOf, mapOf, textOf } from '../../plain/plain-data';
import { isLoopback, type ArtifactAddress } from '../address';
import { MANIFEST_TYPE, digestOf, type Blob } from '../artifact';
import { basicOf, secretsOf, type RegistryCredentials } from './credentials';
import {
  NoAnswer,
  reachable,
  send,
  systemClock,
  type Clock,
  type RegistryAnswer,
  type RegistryRequest,
} from './requests';

/** How long a request with an archive may take, in milliseconds. */
const UPLOAD_TIMEOUT = 10 * 60_000;
const TIMEOUT = 30_000;
const INDEX_TYPE = 'application/vnd.oci.image.index.v1+json';

/** How a registry is reached. */
export interface RegistryOptions {
  /**
   * How it is logged in to.
   *
   * @default - without an account
   */
  readonly credentials?: RegistryCredentials;
  /**
   * Whether it is asked without encryption. A registry on this machine always is.
   *
   * @default false
   */
  readonly insecure?: boolean;
  /**
   * The time.
   *
   * @default - that of this machine
   */
  readonly clock?: Clock;
}

/** A manifest that a registry has. */
export interface StoredManifest {
  readonly digest: string;
  readonly mediaType: string;
  readonly bytes: Buffer;
}

interface Ask extends Pick<RegistryRequest, 'method' | 'headers' | 'body'> {
  readonly url: URL;
  readonly timeout?: number;
}

/**
 * One repository of a registry, over the HTTP API that all registries have. Credentials go to the registry and to the server
 * that it names for tokens; no answer leads them elsewhere, and no message shows them.
 *
 * @see https://github.com/opencontainers/distribution-spec/blob/main/spec.md
 */
export class RegistryClient {
  private readonly base: URL;
  private readonly clock: Clock;
  private readonly secrets: string[];
  private authorization?: string;

  constructor(
    private readonly address: ArtifactAddress,
    private readonly options: RegistryOptions = {},
  ) {
    const { registry, repository } = address;
    const isPlain = options.insecure === true || isLoopback(registry);
    const host = /^(?:index\.)?docker\.io$/.test(registry) ? 'registry-1.docker.io' : registry;
    this.base = new URL(`${isPlain ? 'http' : 'https'}://${host}/v2/${repository}/`);
    this.clock = options.clock ?? systemClock;
    this.secrets = secretsOf(options.credentials);
  }

  /**
   * Stores bytes, unless they are there.
   *
   * @returns whether they were sent
   * @throws FindingsError `registry-request-failed`
   */
  async putBlob({ digest, bytes }: Blob): Promise<boolean> {
    const known = await this.ask({ method: 'HEAD', url: this.at(`blobs/${digest}`) });
    if (known.status === 200) return false;
    if (known.status !== 404) this.refuse('HEAD', `blobs/${digest}`, known);
    const begun = await this.ask({ method: 'POST', url: this.at('blobs/uploads/') });
    const location = begun.headers.get('location');
    if (begun.status !== 202 || location === null) this.refuse('POST', 'blobs/uploads/', begun);
    const url = this.uploadUrl(location, begun.url);
    url.searchParams.set('digest', digest);
    const headers = { 'content-type': 'application/octet-stream' };
    const stored = await this.ask({ method: 'PUT', url, headers, body: bytes, timeout: UPLOAD_TIMEOUT });
    if (stored.status !== 201) this.refuse('PUT', 'blobs/uploads/', stored);
    return true;
  }

  /**
   * Stores a manifest under a tag or its digest.
   *
   * @throws FindingsError `registry-request-failed`, `artifact-digest-differs`
   */
  async putManifest({ mediaType, digest, bytes }: Blob, reference: string): Promise<void> {
    const path = `manifests/${reference}`;
    const headers = { 'content-type': mediaType };
    const answer = await this.ask({ method: 'PUT', url: this.at(path), headers, body: bytes });
    if (answer.status !== 201) this.refuse('PUT', path, answer);
    const stored = answer.headers.get('docker-content-digest') ?? digest;
    if (stored !== digest) this.refuseDigest(stored, digest);
  }

  /**
   * The manifest of a tag or a digest.
   *
   * @throws FindingsError `registry-request-failed`, `artifact-digest-differs`
   */
  async getManifest(reference: string): Promise<StoredManifest> {
    const path = `manifests/${reference}`;
    const headers = { accept: `${MANIFEST_TYPE}, ${INDEX_TYPE}` };
    const answer = await this.ask({ method: 'GET', url: this.at(path), headers });
    if (answer.status !== 200) this.refuse('GET', path, answer);
    const digest = digestOf(answer.body);
    if (reference.includes(':') && digest !== reference) this.refuseDigest(digest, reference);
    const mediaType = (answer.headers.get('content-type') ?? MANIFEST_TYPE).split(';')[0] as string;
    return { digest, mediaType, bytes: answer.body };
  }

  private at(path: string): URL {
    return new URL(path, this.base);
  }

  private uploadUrl(location: string, from: URL): URL {
    try {
      return reachable(location, from);
    } catch (error) {
      return this.refuseSilence('POST', 'blobs/uploads/', error);
    }
  }

  /** The answer to a request, with authorization once the registry asks for it. */
  private async ask(ask: Ask): Promise<RegistryAnswer> {
    const answer = await this.once(ask);
    const challenge = answer.headers.get('www-authenticate');
    if (answer.status !== 401 || challenge === null || ask.url.origin !== this.base.origin) return answer;
    const authorization = await this.answerChallenge(challenge);
    if (authorization === undefined) return answer;
    this.authorization = authorization;
    return this.once(ask);
  }

  private async once({ timeout = TIMEOUT, ...request }: Ask): Promise<RegistryAnswer> {
    const authorization = request.url.origin === this.base.origin ? this.authorization : undefined;
    try {
      return await send({ ...request, authorization, timeout }, this.clock);
    } catch (error) {
      return this.refuseSilence(request.method, request.url.pathname, error);
    }
  }

  /** @see https://distribution.github.io/distribution/spec/auth/token/ */
  private async answerChallenge(challenge: string): Promise<string | undefined> {
    const { credentials } = this.options;
    if (/^basic\b/i.test(challenge))
      return credentials && credentials.password !== '' ? `Basic ${basicOf(credentials)}` : undefined;
    if (!/^bearer\b/i.test(challenge)) return undefined;
    const said = parametersOf(challenge);
    const scope = said.get('scope') ?? `repository:${this.address.repository}:pull,push`;
    const token = await this.fetchToken(said.get('realm') ?? '', said.get('service'), scope);
    return `Bearer ${token}`;
  }

  private async fetchToken(realm: string, service: string | undefined, scope: string): Promise<string> {
    const { credentials } = this.options;
    try {
      const url = reachable(realm, this.base);
      const answer = await send(tokenRequest(url, service, scope, credentials), this.clock);
      const { token, access_token: access } = mapOf(parsed(answer.body));
      const found = textOf(token) ?? textOf(access);
      if (answer.status !== 200 || found === undefined) return this.refuse('GET', 'token', answer);
      this.secrets.push(found);
      return found;
    } catch (error) {
      return this.refuseSilence('GET', 'token', error);
    }
  }

  private refuseDigest(got: string, wanted: string): never {
    return fail({
      code: 'artifact-digest-differs',
      message: `${this.address.registry} stored ${JSON.stringify(printable(got))}, but ${wanted} was pushed`,
      hint: 'push again; if it happens again, the registry or a proxy before it changes the data',
    });
  }

  private refuseSilence(method: string, path: string, error: unknown): never {
    if (!(error instanceof NoAnswer)) throw error;
    return this.report(`${this.address.registry} did not answer ${method} ${path}: ${error.message}`, 0);
  }

  private refuse(method: string, path: string, { status, body }: RegistryAnswer): never {
    const { registry } = this.address;
    return this.report(`${registry} answered ${status} to ${method} ${path}: ${reasonOf(body)}`, status);
  }

  private report(text: string, status: number): never {
    const message = this.secrets.reduce((shown, secret) => shown.replaceAll(secret, '***'), text);
    return fail({ code: 'registry-request-failed', message: printable(message), hint: hintFor(status) });
  }
}

function tokenRequest(
  realm: URL,
  service: string | undefined,
  scope: string,
  credentials: RegistryCredentials | undefined,
): RegistryRequest {
  const identity = credentials?.identityToken;
  const fields = { ...(service !== undefined && { service }), scope };
  if (identity !== undefined) {
    const form = { ...fields, grant_type: 'refresh_token', refresh_token: identity, client_id: 'cdk8s-flux' };
    const body = new URLSearchParams(form).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    return { method: 'POST', url: realm, headers, body, timeout: TIMEOUT };
  }
  const url = new URL(realm);
  for (const [name, value] of Object.entries(fields)) url.searchParams.append(name, value);
  const authorization =
    credentials && credentials.password !== '' ? `Basic ${basicOf(credentials)}` : undefined;
  return { method: 'GET', url, authorization, timeout: TIMEOUT };
}

/** The parameters of a challenge: `Bearer realm="https://...",service="..."`. */
function parametersOf(challenge: string): Map<string, string> {
  const found = challenge.matchAll(/([a-z_]+)="([^"]*)"/gi);
  return new Map([...found].map(([, name = '', value = '']) => [name.toLowerCase(), value]));
}

/** The text of a refusal. */
function reasonOf(body: Buffer): string {
  const { errors } = mapOf(parsed(body));
  const words = listOf(errors).flatMap((error) => {
    const { code, message } = mapOf(error);
    return [textOf(code), textOf(message)].filter((text) => text !== undefined && text !== '').join(': ');
  });
  return words.length > 0 ? words.join('; ').slice(0, 300) : 'no reason given';
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

function hintFor(status: number): string {
  if (status === 401 || status === 403)
    return 'log in with docker login, or use --username and --password-stdin; the account needs permission to push';
  if (status === 404) return 'check the repository name and the tag';
  if (status === 0) return 'check the host; for a registry without TLS, use --insecure';
  return 'run the command again; if it fails again, check the status page of the registry';
}
