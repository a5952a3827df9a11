import { Agent, request } from 'node:https';

/** The token of the administrator, who applies everything here. */
export const TOKEN = 'live-admin';

/** What we ask of the API server. */
export class ApiClient {
  #agent = new Agent({ keepAlive: true, rejectUnauthorized: false });
  #port;

  constructor(port) {
    this.#port = port;
  }

  async isReady() {
    try {
      return (await this.#send('GET', '/readyz')).status === 200;
    } catch {
      return false;
    }
  }

  /** Applies an object on the server. */
  async apply(path, object) {
    const answer = await this.#send(
      'PATCH',
      `${path}?fieldManager=live&force=true`,
      object,
      'apply-patch+yaml',
    );
    if (answer.status >= 300) throw new Error(`${path}: ${answer.body.message}`);
  }

  /** The objects at a path, or none if the server does not know their kind. */
  async list(path) {
    const { status, body } = await this.#send('GET', path);
    return status === 200 ? body.items : [];
  }

  async setStatus(path, status) {
    const answer = await this.#send('PATCH', `${path}/status`, { status }, 'merge-patch+json');
    if (answer.status >= 300) throw new Error(`${path}: ${answer.body.message}`);
  }

  close() {
    this.#agent.destroy();
  }

  #send(method, path, body, type = 'json') {
    const data = body === undefined ? undefined : JSON.stringify(body);
    const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': `application/${type}` };
    const target = { host: '127.0.0.1', port: this.#port, path, method, headers, agent: this.#agent };
    return new Promise((resolve, reject) => {
      const sent = request(target, (answer) => {
        const parts = [];
        answer.on('data', (part) => parts.push(part));
        answer.on('end', () => {
          const text = Buffer.concat(parts).toString('utf8');
          const isJson = answer.headers['content-type']?.includes('json');
          resolve({ status: answer.statusCode, body: isJson ? JSON.parse(text) : text });
        });
      });
      sent.on('error', reject);
      sent.end(data);
    });
  }
}
