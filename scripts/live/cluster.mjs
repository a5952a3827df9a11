import { execFileSync, spawn } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiClient, TOKEN } from './api-client.mjs';

/** How long the API server may take to start, in milliseconds. */
const START = 120_000;

/** A Kubernetes API server with kustomize-controller, without nodes and without the other controllers. */
export class Cluster {
  #programs;
  #children = [];
  #folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'cdk8s-flux-live-'));

  constructor(programs) {
    this.#programs = programs;
  }

  /** Starts the store and the API server. */
  async start() {
    const [store, peers, server] = [await freePort(), await freePort(), await freePort()];
    const storeUrl = `http://127.0.0.1:${store}`;
    const peerUrl = `http://127.0.0.1:${peers}`;
    this.#run('etcd', [
      `--data-dir=${join(this.#folder, 'etcd')}`,
      `--listen-client-urls=${storeUrl}`,
      `--advertise-client-urls=${storeUrl}`,
      `--listen-peer-urls=${peerUrl}`,
      '--unsafe-no-fsync',
    ]);
    const key = join(this.#folder, 'accounts.key');
    execFileSync('openssl', ['genrsa', '-out', key, '2048'], { stdio: 'ignore' });
    const tokens = join(this.#folder, 'tokens.csv');
    writeFileSync(tokens, `${TOKEN},admin,admin,system:masters\n`);
    this.#run('kube-apiserver', [
      `--etcd-servers=${storeUrl}`,
      '--bind-address=127.0.0.1',
      `--secure-port=${server}`,
      `--cert-dir=${join(this.#folder, 'certificates')}`,
      `--token-auth-file=${tokens}`,
      '--authorization-mode=RBAC',
      '--service-cluster-ip-range=10.0.0.0/16',
      `--service-account-key-file=${key}`,
      `--service-account-signing-key-file=${key}`,
      '--service-account-issuer=https://live.example.com',
      '--disable-admission-plugins=ServiceAccount',
      '--endpoint-reconciler-type=none',
    ]);
    this.api = new ApiClient(server);
    this.#server = `https://127.0.0.1:${server}`;
    const until = Date.now() + START;
    while (!(await this.api.isReady())) {
      if (Date.now() > until)
        throw new Error(`the API server did not start:\n${this.#log('kube-apiserver')}`);
      await sleep(200);
    }
  }

  #server = '';

  /** Starts kustomize-controller, which trusts the certificate of the API server. */
  async startController() {
    const kubeconfig = join(this.#folder, 'kubeconfig');
    writeFileSync(
      kubeconfig,
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'Config',
        clusters: [{ name: 'live', cluster: { server: this.#server, 'insecure-skip-tls-verify': true } }],
        users: [{ name: 'admin', user: { token: TOKEN } }],
        contexts: [{ name: 'live', context: { cluster: 'live', user: 'admin' } }],
        'current-context': 'live',
      }),
    );
    const [metrics, health] = [await freePort(), await freePort()];
    this.#run(
      'kustomize-controller',
      [
        `--metrics-addr=127.0.0.1:${metrics}`,
        `--health-addr=127.0.0.1:${health}`,
        '--requeue-dependency=2s',
        '--enable-leader-election=false',
      ],
      { KUBECONFIG: kubeconfig, RUNTIME_NAMESPACE: 'flux-system', TMPDIR: this.#folder },
    );
  }

  stop() {
    this.api?.close();
    for (const child of this.#children) child.kill('SIGKILL');
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }

  #run(name, args, env = {}) {
    const log = openSync(this.#logFile(name), 'w');
    const options = { stdio: ['ignore', log, log], env: { ...process.env, ...env } };
    this.#children.push(spawn(this.#programs[name], args, options));
    closeSync(log);
  }

  #logFile(name) {
    return join(this.#folder, `${name}.log`);
  }

  #log(name) {
    return readFileSync(this.#logFile(name), 'utf8').slice(-2000);
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
