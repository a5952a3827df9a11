import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { MessageChannel, receiveMessageOnPort, Worker, type MessagePort } from 'node:worker_threads';
import { fail } from '../../findings/findings-error';
import type { KeyAnswer, KeyRequest } from './key-request';
import type { PrivateKeys } from './private-keys';
import type { KeyReply, KeyThreadData } from './worker/key-thread';

/** How long a batch may take, in milliseconds; generating an RSA key takes seconds. */
const PATIENCE_MS = 120_000;

/**
 * Calls the asynchronous libraries of keys from synchronous code: a worker thread does the work while this thread
 * waits for it. The thread is started by the first batch, and ended by `close`.
 */
export class KeyBridge {
  private worker?: Worker;
  private port?: MessagePort;
  private readonly signal = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);

  /**
   * Carries out requests, in order, and waits for all of them.
   *
   * @throws FindingsError `sops-key-worker` when the thread does not answer, `sops-library-missing` when a key is a
   * PGP key and `openpgp` is not installed
   */
  run(requests: readonly KeyRequest[], keys: PrivateKeys): readonly KeyAnswer[] {
    const flag = new Int32Array(this.signal);
    Atomics.store(flag, 0, 0);
    const worker = (this.worker ??= this.start());
    worker.postMessage({ requests, keys: { age: keys.age, pgp: keys.pgp } });
    const waited = Atomics.wait(flag, 0, 0, PATIENCE_MS);
    const reply = this.port && (receiveMessageOnPort(this.port)?.message as KeyReply | undefined);
    if (reply && 'answers' in reply) return reply.answers;
    this.close();
    return noAnswer(reply, waited === 'timed-out');
  }

  /** Ends the thread, if one was started. */
  close(): void {
    this.port?.close();
    void this.worker?.terminate();
    this.worker = undefined;
    this.port = undefined;
  }

  private start(): Worker {
    const { port1, port2 } = new MessageChannel();
    const data: KeyThreadData = {
      signal: this.signal,
      urls: { age: urlOf('age-encryption') as string, openpgp: urlOf('openpgp') },
    };
    // No loaders (ts-node, tsx) and no environment: they would slow the start down, and the thread needs no secrets.
    const worker = new Worker(workerFile(), {
      execArgv: [],
      env: {},
      workerData: { ...data, port: port2 },
      transferList: [port2],
    });
    worker.unref();
    port1.unref();
    this.port = port1;
    return worker;
  }
}

function noAnswer(reply: Exclude<KeyReply, { answers: unknown }> | undefined, timedOut: boolean): never {
  if (reply && 'missing' in reply) {
    return fail({
      code: 'sops-library-missing',
      message: `PGP keys need the package ${JSON.stringify(reply.missing)}, which is not installed`,
      hint: `run npm install ${reply.missing}, or use age recipients, which do not need it`,
    });
  }
  const problem = timedOut
    ? `did not answer within ${PATIENCE_MS / 1000} s`
    : `failed: ${reply?.problem ?? 'no reason given'}`;
  return fail({
    code: 'sops-key-worker',
    message: `the thread that encrypts data keys ${problem}`,
    hint: 'check that age-encryption is installed, and openpgp if you use PGP keys: npm ls age-encryption openpgp',
  });
}

/** The compiled program of the thread. It is found by the package's own name, even when we run from the sources. */
function workerFile(): string {
  const root = dirname(require.resolve('cdk8s-flux/package.json'));
  return join(root, 'dist', 'lib', 'sops', 'keys', 'worker', 'key-worker.js');
}

/** The path of a package; `undefined` if it is not installed. */
function urlOf(module: string): string | undefined {
  try {
    return pathToFileURL(require.resolve(module)).href;
  } catch {
    return undefined;
  }
}
