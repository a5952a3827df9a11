import { fail } from '../../findings/findings-error';
import { printable } from '../../findings/printable';

/** How often a request is sent before its answer counts. */
const MAX_TRIES = 5;
/** The longest that a request waits for a limit to pass, over all its attempts, in milliseconds. */
const MAX_WAIT = 5 * 60_000;
/** How long one attempt may take, in milliseconds. */
const TRY_TIMEOUT = 30_000;
/** How long GitHub asks clients to wait if an answer does not say, in milliseconds. */
const DEFAULT_WAIT = 60_000;
/** How long the first wait after a server error is, in milliseconds; each later one doubles. */
const FIRST_PAUSE = 1000;
/** The maximum number of pages to read of one list. */
const MAX_PAGES = 100;
const MAX_REDIRECTS = 3;

/** Time, as a client sees it. Tests have a clock of their own. */
export interface Clock {
  /** The time, in milliseconds since 1970. */
  now(): number;
  /** Waits, in milliseconds. */
  sleep(milliseconds: number): Promise<void>;
  /** A number from 0 up to 1, by which jobs that began together drift apart. */
  random(): number;
}

/** The clock of this machine. */
export const systemClock: Clock = {
  now: Date.now,
  sleep: (milliseconds) => new Promise((done) => setTimeout(done, milliseconds)),
  random: Math.random,
};

/** A forge's REST API, and how it is asked. */
export interface ApiOptions {
  /** Its name in messages, for example `GitHub`. */
  readonly name: string;
  /** The address that paths are appended to, for example `https://api.github.com`. */
  readonly url: string;
  /** What every request carries, the token among it. */
  readonly headers: Readonly<Record<string, string>>;
  /** The token, which is never shown. */
  readonly token: string;
  /** What to do where an answer says that the token may not do something. */
  readonly permissionHint: string;
  /** The time. */
  readonly clock: Clock;
}

/** A request of the API. */
export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** The path below the API's address, or a whole address of the same server. */
  readonly path: string;
  /** What is sent as JSON. */
  readonly body?: unknown;
}

/** An answer of the API. */
export interface ApiAnswer {
  readonly status: number;
  /** The body, read as JSON; undefined where it is none. */
  readonly data: unknown;
  readonly headers: Headers;
}

/** The answer to a request that may not have been processed: none came, or the server failed. */
export const UNAVAILABLE = 'unavailable';

/**
 * Asks the REST API of a forge. A request that a rate limit refuses is sent again when the limit allows it. One that the
 * server failed on is sent again where sending it twice does no harm. The token goes to the API's own server alone.
 */
export class ForgeApi {
  private readonly origin: string;

  constructor(private readonly options: ApiOptions) {
    this.origin = new URL(options.url).origin;
  }

  /**
   * All entries of a list, over all its pages.
   *
   * @throws FindingsError `forge-request-failed`
   */
  async list(path: string): Promise<unknown[]> {
    const entries: unknown[] = [];
    let next: string | undefined = path;
    for (let page = 0; next !== undefined && page < MAX_PAGES; page += 1) {
      const request: ApiRequest = { method: 'GET', path: next };
      const answer: ApiAnswer = this.accepted(request, await this.ask(request));
      if (!Array.isArray(answer.data)) this.refuse(request, answer, 'the answer is not a list');
      entries.push(...(answer.data as unknown[]));
      next = nextPage(answer.headers);
    }
    return entries;
  }

  /**
   * The answer to a request that must succeed.
   *
   * @throws FindingsError `forge-request-failed`
   */
  async send(request: ApiRequest): Promise<unknown> {
    return this.accepted(request, await this.ask(request)).data;
  }

  /**
   * Creates something.
   *
   * @returns the data; `UNAVAILABLE` where it may or may not have been created
   * @throws FindingsError `forge-request-failed`
   */
  async create(path: string, body: unknown): Promise<unknown> {
    const request: ApiRequest = { method: 'POST', path, body };
    const answer = await this.ask(request);
    return isUnavailable(answer) ? UNAVAILABLE : this.accepted(request, answer).data;
  }

  /**
   * Changes or removes something, which may be gone.
   *
   * @returns the data; `undefined` where it is gone
   * @throws FindingsError `forge-request-failed`
   */
  async change(request: ApiRequest): Promise<unknown> {
    const answer = await this.ask(request);
    const isGone = answer !== UNAVAILABLE && (answer.status === 404 || answer.status === 410);
    return isGone ? undefined : (this.accepted(request, answer).data ?? {});
  }

  /** The answer to a request that may be refused; undefined then. */
  async peek(request: ApiRequest): Promise<unknown> {
    const answer = await this.ask(request);
    return answer !== UNAVAILABLE && answer.status < 300 ? answer.data : undefined;
  }

  private accepted(request: ApiRequest, answer: ApiAnswer | typeof UNAVAILABLE): ApiAnswer {
    if (answer === UNAVAILABLE) return this.refuse(request, undefined, 'the server did not answer');
    return answer.status < 300 ? answer : this.refuse(request, answer, messageOf(answer.data));
  }

  private async ask(request: ApiRequest): Promise<ApiAnswer | typeof UNAVAILABLE> {
    const { clock } = this.options;
    let waited = 0;
    for (let tries = 1; ; tries += 1) {
      const answer = await this.follow(request);
      const pause = pauseBefore(request, answer, tries, clock.now());
      if (pause === undefined || tries === MAX_TRIES) return answer;
      waited += pause;
      if (waited > MAX_WAIT) {
        const why = `the rate limit ends in ${Math.ceil(pause / 1000)} s, longer than this run waits`;
        this.refuse(request, answer === UNAVAILABLE ? undefined : answer, why);
      }
      await clock.sleep(pause);
    }
  }

  /** Sends a request, and follows redirects of read requests on the same server. */
  private async follow(request: ApiRequest): Promise<ApiAnswer | typeof UNAVAILABLE> {
    let url = this.urlOf(request);
    for (let redirects = 0; ; redirects += 1) {
      const answer = await this.once(request, url);
      if (answer === UNAVAILABLE || answer.status < 300 || answer.status >= 400) return answer;
      const to = answer.headers.get('location');
      if (request.method !== 'GET' || to === null || redirects === MAX_REDIRECTS)
        return this.refuse(request, answer, 'the answer redirects to another address');
      url = this.urlOf({ ...request, path: new URL(to, url).href });
    }
  }

  private async once(request: ApiRequest, url: URL): Promise<ApiAnswer | typeof UNAVAILABLE> {
    const { headers } = this.options;
    try {
      const response = await fetch(url, {
        method: request.method,
        headers: request.body === undefined ? headers : { ...headers, 'content-type': 'application/json' },
        body: request.body === undefined ? undefined : JSON.stringify(request.body),
        redirect: 'manual',
        signal: AbortSignal.timeout(TRY_TIMEOUT),
      });
      return { status: response.status, headers: response.headers, data: parsed(await response.text()) };
    } catch {
      return UNAVAILABLE;
    }
  }

  private urlOf(request: ApiRequest): URL {
    const { url } = this.options;
    const target = /^https?:/.test(request.path) ? request.path : `${url.replace(/\/$/, '')}${request.path}`;
    const full = new URL(target);
    if (full.origin === this.origin) return full;
    return this.refuse(request, undefined, `${JSON.stringify(full.origin)} is not the server of the API`);
  }

  private refuse({ method, path }: ApiRequest, answer: ApiAnswer | undefined, why: string): never {
    const { name, token, permissionHint } = this.options;
    const status = answer === undefined ? 'did not answer' : `answered ${answer.status} to`;
    const where = `${method} ${path.replace(/^https?:\/\/[^/]*/, '').replace(/\?.*/, '')}`;
    const text = `${name} ${status} ${where}: ${printable(why)}`;
    const isRefused = answer !== undefined && [401, 403, 404].includes(answer.status) && !isLimited(answer);
    return fail({
      code: 'forge-request-failed',
      message: token === '' ? text : text.replaceAll(token, '***'),
      hint: isRefused
        ? permissionHint
        : 'run the job again; if it fails again, check the status page of the server',
    });
  }
}

function isUnavailable(answer: ApiAnswer | typeof UNAVAILABLE): boolean {
  return answer === UNAVAILABLE || answer.status >= 500;
}

function parsed(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The text of an error: GitHub has `message`, GitLab has `message` or `error`. */
function messageOf(data: unknown): string {
  const { message, error } = (data ?? {}) as { message?: unknown; error?: unknown };
  const words = message ?? error ?? 'no reason given';
  return (typeof words === 'string' ? words : JSON.stringify(words)).slice(0, 300);
}

/** The address in `Link: <...>; rel="next"`. */
function nextPage(headers: Headers): string | undefined {
  for (const link of (headers.get('link') ?? '').split(',')) {
    const [, url] = /^\s*<([^>]*)>\s*;.*\brel="?next"?/.exec(link) ?? [];
    if (url !== undefined) return url;
  }
  return undefined;
}

/** How long to wait before sending a request again, in milliseconds; undefined if its answer counts. */
function pauseBefore(
  { method }: ApiRequest,
  answer: ApiAnswer | typeof UNAVAILABLE,
  tries: number,
  now: number,
): number | undefined {
  if (isUnavailable(answer)) {
    // A comment may have been created even if its answer was lost.
    return method === 'POST' ? undefined : FIRST_PAUSE * 2 ** (tries - 1);
  }
  return answer !== UNAVAILABLE && isLimited(answer) ? waitOf(answer.headers, now) : undefined;
}

/** @see https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api */
function isLimited({ status, headers, data }: ApiAnswer): boolean {
  if (status === 429) return true;
  if (status !== 403) return false;
  return (
    headers.has('retry-after') ||
    headers.get('x-ratelimit-remaining') === '0' ||
    /\b(?:secondary )?rate limit\b/i.test(messageOf(data))
  );
}

function waitOf(headers: Headers, now: number): number {
  const after = headers.get('retry-after');
  if (after !== null) {
    const until = /^\d+$/.test(after) ? Number(after) * 1000 : Date.parse(after) - now;
    return Number.isNaN(until) ? DEFAULT_WAIT : Math.max(until, FIRST_PAUSE);
  }
  const reset = headers.get('x-ratelimit-reset') ?? headers.get('ratelimit-reset') ?? '';
  const isSpent = (headers.get('x-ratelimit-remaining') ?? headers.get('ratelimit-remaining')) === '0';
  return isSpent && /^\d+$/.test(reset) ? Math.max(Number(reset) * 1000 - now, FIRST_PAUSE) : DEFAULT_WAIT;
}
