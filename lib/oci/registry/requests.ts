/** How often a request is sent before its failure counts. */
const MAX_TRIES = 4;
/** How long the first wait is, in milliseconds; each later one doubles. */
const FIRST_PAUSE = 500;
/** The longest that a registry can make a request wait, in milliseconds. */
const MAX_PAUSE = 30_000;
const MAX_REDIRECTS = 5;
/** The maximum size of an answer, in bytes: manifests have at most 4 MiB. */
const MAX_ANSWER_BYTES = 4 * 1024 * 1024;

/** Time, as a client sees it. Tests have a clock of their own. */
export interface Clock {
  /** Waits, in milliseconds. */
  sleep(milliseconds: number): Promise<void>;
}

/** The clock of this machine. */
export const systemClock: Clock = {
  sleep: (milliseconds) => new Promise((done) => setTimeout(done, milliseconds)),
};

/** A request of a registry, or of the server that gives tokens for it. */
export interface RegistryRequest {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT';
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | string;
  /**
   * The value of the header `Authorization`. It goes to the origin of `url` alone.
   *
   * @default - none
   */
  readonly authorization?: string;
  /** How long one try may take, in milliseconds. */
  readonly timeout: number;
}

/** An answer. */
export interface RegistryAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
  /** The address that gave it, after redirects. */
  readonly url: URL;
}

/** Why no answer came. */
export class NoAnswer extends Error {}

/**
 * Sends a request until it is answered: again after a fault of the network or the server. All requests of the protocol can
 * be sent twice: what is stored is named by its digest.
 *
 * @throws NoAnswer
 */
export async function send(request: RegistryRequest, clock: Clock): Promise<RegistryAnswer> {
  for (let tries = 1; ; tries += 1) {
    const answer = await follow(request).catch((error: unknown) => failure(error));
    const isLast = tries === MAX_TRIES;
    if (answer instanceof NoAnswer) {
      if (isLast || answer.cause === 'refused') throw answer;
    } else if (isLast || (answer.status < 500 && answer.status !== 429)) return answer;
    await clock.sleep(pauseBefore(answer, tries));
  }
}

/** Follows redirects, without the authorization once they lead to another origin. */
async function follow(request: RegistryRequest): Promise<RegistryAnswer> {
  let { url, authorization } = request;
  for (let redirects = 0; ; redirects += 1) {
    const answer = await once({ ...request, url, authorization });
    const to = answer.status >= 300 && answer.status < 400 ? answer.headers.get('location') : null;
    if (to === null) return answer;
    if (redirects === MAX_REDIRECTS) throw new NoAnswer('too many redirects', { cause: 'refused' });
    const next = reachable(to, url);
    if (next.origin !== url.origin) authorization = undefined;
    url = next;
  }
}

/**
 * An address that an answer names. What began encrypted goes on so.
 *
 * @throws NoAnswer
 */
export function reachable(location: string, from: URL): URL {
  const next = parsedUrl(location, from);
  const isPlain = next?.protocol === 'http:' && from.protocol === 'http:';
  if (next && (next.protocol === 'https:' || isPlain) && next.username === '' && next.password === '')
    return next;
  throw new NoAnswer('it redirects to an address that is not allowed', { cause: 'refused' });
}

function parsedUrl(location: string, from: URL): URL | undefined {
  try {
    return new URL(location, from);
  } catch {
    return undefined;
  }
}

async function once({
  method,
  url,
  headers,
  body,
  authorization,
  timeout,
}: RegistryRequest): Promise<RegistryAnswer> {
  const response = await fetch(url, {
    method,
    headers: { ...headers, ...(authorization !== undefined && { authorization }) },
    ...(body !== undefined && { body }),
    redirect: 'manual',
    signal: AbortSignal.timeout(timeout),
  });
  return { status: response.status, headers: response.headers, body: await bounded(response), url };
}

/** The body of an answer of any length. */
async function bounded(response: Response): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let length = 0;
  if (!response.body) return Buffer.alloc(0);
  for await (const part of response.body as unknown as AsyncIterable<Uint8Array>) {
    length += part.length;
    if (length > MAX_ANSWER_BYTES)
      throw new NoAnswer(`its response has more than ${MAX_ANSWER_BYTES} bytes`, { cause: 'refused' });
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function failure(error: unknown): NoAnswer {
  if (error instanceof NoAnswer) return error;
  const { name, cause } = error as Error & {
    readonly cause?: { readonly code?: unknown; readonly message?: unknown };
  };
  const reason = [cause?.code, cause?.message, name].find((one) => typeof one === 'string' && one !== '');
  return new NoAnswer(name === 'TimeoutError' ? 'timeout' : `no connection (${String(reason)})`);
}

function pauseBefore(answer: RegistryAnswer | NoAnswer, tries: number): number {
  const usual = FIRST_PAUSE * 2 ** (tries - 1);
  const after = answer instanceof NoAnswer ? null : answer.headers.get('retry-after');
  if (after === null) return usual;
  const wanted = /^\d{1,6}$/.test(after) ? Number(after) * 1000 : usual;
  return Math.min(Math.max(wanted, usual), MAX_PAUSE);
}
