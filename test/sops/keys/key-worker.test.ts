import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { MessageChannel, Worker } from 'node:worker_threads';
import type { KeyRequest } from '../../../lib/sops/keys/key-request';
import type { KeyReply } from '../../../lib/sops/keys/worker/key-thread';

const PROGRAM = join(__dirname, '../../../dist/lib/sops/keys/worker/key-worker.js');

/** Asks a thread that does not find `openpgp`. */
async function askWithoutPgp(
  requests: readonly KeyRequest[],
  pgp: readonly string[] = [],
): Promise<KeyReply> {
  const { port1, port2 } = new MessageChannel();
  const signal = new SharedArrayBuffer(4);
  const urls = { age: pathToFileURL(require.resolve('age-encryption')).href };
  const worker = new Worker(PROGRAM, { workerData: { port: port2, signal, urls }, transferList: [port2] });
  try {
    worker.postMessage({ requests, keys: { age: [], pgp } });
    const [reply] = (await once(port1, 'message')) as [KeyReply];
    return reply;
  } finally {
    port1.close();
    await worker.terminate();
  }
}

describe('a thread without openpgp', () => {
  const wrapped = { kind: 'pgp', id: 'A'.repeat(40), enc: '' } as const;

  it('creates age keys', async () => {
    const reply = await askWithoutPgp([{ op: 'make', kind: 'age', name: '' }]);
    expect(reply).toMatchObject({ answers: [{ ok: true, made: { id: expect.stringMatching(/^age1/) } }] });
  });

  it('fails to create PGP keys, and names the library', async () => {
    expect(await askWithoutPgp([{ op: 'make', kind: 'pgp-rsa', name: 'a' }])).toEqual({ missing: 'openpgp' });
  });

  it('has no PGP key if there is no private key, and fails if there is one', async () => {
    const request: KeyRequest = { op: 'unwrap', keys: [wrapped] };
    expect(await askWithoutPgp([request])).toMatchObject({ answers: [{ ok: false, reason: 'no-key' }] });
    expect(await askWithoutPgp([request], ['key'])).toEqual({ missing: 'openpgp' });
  });
});
