import { pathToFileURL } from 'node:url';
import { MessageChannel, receiveMessageOnPort, Worker, type MessagePort } from 'node:worker_threads';
import { fail } from '../../findings/findings-error';
import type { KeyAnswer, KeyRequest } from './key-request';
import { KEY_WORKER_SOURCE } from './key-worker-source';
import type { PrivateKeys } from './private-keys';

/** How long a batch may take, in milliseconds; generating an RSA key takes seconds. */
const PATIENCE_MS = 120_000;

type Reply = { readonly answers: readonly KeyAnswer[] } | { readonly problem: string };

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
   * @throws FindingsError `sops-key-worker` when the thread does not answer
   */
  run(requests: readonly KeyRequest[], keys: PrivateKeys): readonly KeyAnswer[] {
    const flag = new Int32Array(this.signal);
    Atomics.store(flag, 0, 0);
    const worker = (this.worker ??= this.start());
    worker.postMessage({ requests, keys: { age: keys.age, pgp: keys.pgp } });
    const waited = Atomics.wait(flag, 0, 0, PATIENCE_MS);
    const reply = this.port && (receiveMessageOnPort(this.port)?.message as Reply | undefined);
    if (reply && 'answers' in reply) return reply.answers;
    this.close();
    return fail({
      code: 'sops-key-worker',
      message: `the thread that wraps data keys ${waited === 'timed-out' ? `gave no answer within ${PATIENCE_MS / 1000} s` : `failed: ${reply?.problem ?? 'it sent nothing'}`}`,
      hint: 'check that age-encryption and openpgp are installed: npm ls age-encryption openpgp',
    });
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
    const urls = { age: urlOf('age-encryption'), openpgp: urlOf('openpgp') };
    // No loaders (ts-node, tsx) and no environment: they would slow the start down, and the thread needs no secrets.
    const worker = new Worker(KEY_WORKER_SOURCE, {
      eval: true,
      execArgv: [],
      env: {},
      workerData: { port: port2, signal: this.signal, urls },
      transferList: [port2],
    });
    worker.unref();
    port1.unref();
    this.port = port1;
    return worker;
  }
}

function urlOf(module: string): string {
  return pathToFileURL(require.resolve(module)).href;
}
