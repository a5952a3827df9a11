import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../../lib/ci/forge/api';

/** A comment on the fake server. */
export interface FakeComment {
  readonly id: number;
  body: string;
  readonly user: string;
}

/** An answer that the server gives instead of its own. */
export interface Fault {
  /** For which requests: by method and the end of the path. */
  readonly on: RegExp;
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Carries out the request, but answers with the error. */
  readonly afterwards?: boolean;
}

export const TOKEN = 'token-0123456789abcdef';
const PAGE = 2;

/** The parts of GitHub's and GitLab's REST APIs that reports need, on loopback. */
export class FakeForge {
  comments: FakeComment[] = [];
  /** The head of each pull request, by its number. */
  heads: Record<number, string> = {};
  /** The tip of the base branch for all of them. */
  base = 'b'.repeat(40);
  /** The owner of the token. */
  account = 'github-actions[bot]';
  /** Each is used once. */
  faults: Fault[] = [];
  /** `METHOD path` of every request. */
  readonly requests: string[] = [];
  /** What happens between a request and its answer. */
  onRequest?: (request: string) => void;
  private server?: Server;
  private next = 100;

  async start(): Promise<this> {
    this.server = createServer((request, response) => void this.answer(request, response));
    await new Promise<void>((done) => this.server?.listen(0, '127.0.0.1', done));
    return this;
  }

  async stop(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((done) => this.server?.close(done));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server?.address() as AddressInfo).port}`;
  }

  /** Someone writes a comment. */
  write(user: string, body: string): FakeComment {
    const comment = { id: (this.next += 1), body, user };
    this.comments.push(comment);
    return comment;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const name = `${request.method} ${request.url}`;
    this.requests.push(name);
    this.onRequest?.(name);
    let text = '';
    for await (const chunk of request) text += String(chunk);
    const fault = this.faults.find(({ on }) => on.test(name));
    if (fault) this.faults.splice(this.faults.indexOf(fault), 1);
    const isKnown =
      request.headers.authorization === `Bearer ${TOKEN}` || request.headers['private-token'] === TOKEN;
    let own: { status: number; body?: unknown; headers?: Record<string, string> };
    if (!isKnown) own = { status: 401, body: { message: 'Bad credentials' } };
    else if (fault && !fault.afterwards) own = { status: 404 };
    else own = this.route(request.method ?? '', new URL(request.url ?? '', this.url), text);
    const { status, body, headers } = fault ?? own;
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(body === undefined ? '' : JSON.stringify(body));
  }

  private route(
    method: string,
    url: URL,
    text: string,
  ): { status: number; body?: unknown; headers?: Record<string, string> } {
    const body = text === '' ? undefined : (JSON.parse(text) as { body?: string });
    const path = url.pathname;
    if (path === '/graphql') return { status: 200, body: { data: { viewer: { login: this.account } } } };
    if (path === '/user') return { status: 200, body: { id: this.numberOf(this.account) } };
    const pull = /\/(?:pulls|merge_requests)\/(\d+)$/.exec(path)?.[1];
    if (pull !== undefined) {
      const head = this.heads[Number(pull)];
      return head === undefined
        ? { status: 404 }
        : { status: 200, body: { ...this.pull(Number(pull)), sha: head } };
    }
    if (path.endsWith('/pulls'))
      return this.page(
        Object.keys(this.heads).map((key) => this.pull(Number(key))),
        url,
      );
    if (/\/(?:issues|merge_requests)\/\d+\/(?:comments|notes)$/.test(path)) {
      if (method === 'GET')
        return this.page(
          this.comments.map((comment) => this.json(comment)),
          url,
        );
      return { status: 201, body: this.json(this.write(this.account, body?.body ?? '')) };
    }
    return this.changed(method, Number(/\/(?:comments|notes)\/(\d+)$/.exec(path)?.[1]), body?.body);
  }

  private changed(method: string, id: number, text = ''): { status: number; body?: unknown } {
    const comment = this.comments.find((one) => one.id === id);
    if (!comment) return { status: 404, body: { message: 'Not Found' } };
    if (comment.user !== this.account) return { status: 403, body: { message: 'Forbidden' } };
    if (method === 'DELETE') {
      this.comments = this.comments.filter((one) => one !== comment);
      return { status: 204 };
    }
    comment.body = text;
    return { status: 200, body: this.json(comment) };
  }

  private page(
    all: readonly unknown[],
    url: URL,
  ): { status: number; body: unknown; headers?: Record<string, string> } {
    const page = Number(url.searchParams.get('page') ?? '1');
    const body = all.slice((page - 1) * PAGE, page * PAGE);
    if (page * PAGE >= all.length) return { status: 200, body };
    const next = new URL(url);
    next.searchParams.set('page', String(page + 1));
    return { status: 200, body, headers: { link: `<${next.href}>; rel="next", <${url.href}>; rel="first"` } };
  }

  private pull(number: number): object {
    const repo = { full_name: 'owner/fleet' };
    return {
      number,
      base: { sha: this.base, repo },
      head: { sha: this.heads[number], repo: { full_name: 'stranger/fleet' } },
    };
  }

  private json({ id, body, user }: FakeComment): object {
    return { id, body, user: { login: user }, author: { id: this.numberOf(user) }, system: false };
  }

  /** GitLab has numbers for accounts. */
  private numberOf(user: string): number {
    return [...user].reduce((sum, sign) => sum * 31 + sign.charCodeAt(0), 7) % 1_000_003;
  }
}

/** A clock that never waits, and records how long it would have. */
export class FakeClock implements Clock {
  readonly waits: number[] = [];
  private time = 1_700_000_000_000;

  now(): number {
    return this.time;
  }

  async sleep(milliseconds: number): Promise<void> {
    this.waits.push(milliseconds);
    this.time += milliseconds;
    await new Promise((done) => setImmediate(done));
  }

  random(): number {
    return 0;
  }
}
