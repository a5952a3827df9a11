import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request that a registry received. */
export interface AskedOfRegistry {
  readonly method: string;
  readonly path: string;
  readonly authorization?: string;
  readonly body: Buffer;
}

/** An answer instead of the usual one; `undefined` for the usual one. */
export type Answering = (asked: AskedOfRegistry, response: ServerResponse) => boolean | undefined;

/** A registry in this process, which stores blobs and manifests, and can misbehave on request. */
export class FakeRegistry {
  readonly asked: AskedOfRegistry[] = [];
  readonly blobs = new Map<string, Buffer>();
  readonly manifests = new Map<string, { readonly type: string; readonly bytes: Buffer }>();
  /** Called before each answer. */
  answering: Answering = () => undefined;
  private readonly server: Server;

  constructor() {
    this.server = createServer((request, response) => void this.serve(request, response));
  }

  /** Starts it, on a free port of this machine. */
  async start(): Promise<this> {
    await new Promise<void>((done) => this.server.listen(0, '127.0.0.1', done));
    return this;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  /** Its host and port. */
  get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The requests, as `METHOD path`. */
  get lines(): string[] {
    return this.asked.map(
      ({ method, path }) => `${method} ${path.replace(/sha256:(.{4})\w+/g, 'sha256:$1')}`,
    );
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const { method = '', url = '', headers } = request;
    const asked = { method, path: url, authorization: headers.authorization, body: Buffer.concat(parts) };
    this.asked.push(asked);
    if (this.answering(asked, response)) return;
    this.answer(asked, headers['content-type'] ?? '', response);
  }

  private answer({ method, path, body }: AskedOfRegistry, type: string, response: ServerResponse): void {
    const [place = '', query = ''] = path.split('?');
    const blob = /\/blobs\/(sha256:\w+)$/.exec(place)?.[1];
    const manifest = /\/manifests\/([^/]+)$/.exec(place)?.[1];
    if (method === 'HEAD' && blob) response.writeHead(this.blobs.has(blob) ? 200 : 404).end();
    else if (method === 'POST') response.writeHead(202, { location: `${place}session-1?state=x` }).end();
    else if (method === 'PUT' && place.includes('/blobs/uploads/')) {
      this.blobs.set(new URLSearchParams(query).get('digest') ?? '', body);
      response.writeHead(201).end();
    } else if (method === 'PUT' && manifest) {
      const digest = `sha256:${createHash('sha256').update(body).digest('hex')}`;
      for (const name of [manifest, digest]) this.manifests.set(name, { type, bytes: body });
      response.writeHead(201, { 'docker-content-digest': digest }).end();
    } else if (method === 'GET' && manifest) {
      const found = this.manifests.get(manifest);
      if (found) response.writeHead(200, { 'content-type': found.type }).end(found.bytes);
      else response.writeHead(404).end('{"errors":[{"code":"MANIFEST_UNKNOWN","message":"no such tag"}]}');
    } else response.writeHead(404).end();
  }
}
