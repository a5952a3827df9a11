import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { load, loadAll } from 'js-yaml';
import { Cluster } from './cluster.mjs';
import { StandIns, anyCrd } from './stand-ins.mjs';

const KUSTOMIZATIONS = '/apis/kustomize.toolkit.fluxcd.io/v1';
const CRDS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const schemas = join(import.meta.dirname, '../../crds/flux-2.9');
/** How long an example may take, in milliseconds; one that does not become ready takes all of it. */
const LONGEST = 30_000;

/**
 * Applies the files of a repository that was bootstrapped at `clusters/prod`.
 *
 * @param isEnough - whether these messages are enough, so that the rest need not be awaited
 * @returns for each Kustomization that is not ready, what the controller says
 */
export async function runExample(programs, files, isEnough = () => false) {
  const cluster = new Cluster(programs);
  const archive = archiveOf(files);
  const server = createServer((_, answer) => answer.end(archive));
  try {
    await cluster.start();
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { api } = cluster;
    await prepare(api);
    await cluster.startController();
    const standIns = new StandIns(api, artifactOf(archive, server.address().port), crdsOf(files));
    return await settled(api, standIns, isEnough);
  } finally {
    server.close();
    cluster.stop();
  }
}

async function prepare(api) {
  for (const file of readdirSync(schemas).filter((name) => name.endsWith('.yaml'))) {
    const crd = load(readFileSync(join(schemas, file), 'utf8'));
    await api.apply(`${CRDS}/${crd.metadata.name}`, crd);
  }
  for (const name of ['flux-system', 'default', 'kube-system'])
    await api.apply(`/api/v1/namespaces/${name}`, {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name },
    });
  const metadata = { name: 'flux-system', namespace: 'flux-system' };
  const objects = {
    '/apis/source.toolkit.fluxcd.io/v1/namespaces/flux-system/gitrepositories/flux-system': {
      apiVersion: 'source.toolkit.fluxcd.io/v1',
      kind: 'GitRepository',
      metadata,
      spec: { interval: '1m', url: 'https://example.com/fleet' },
    },
    [`${KUSTOMIZATIONS}/namespaces/flux-system/kustomizations/flux-system`]: {
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
      kind: 'Kustomization',
      metadata,
      spec: {
        interval: '10m',
        path: './clusters/prod',
        prune: true,
        sourceRef: { kind: 'GitRepository', name: 'flux-system' },
      },
    },
  };
  for (const [path, object] of Object.entries(objects)) await established(() => api.apply(path, object));
}

/** Tries again while the server does not serve a new CRD yet. */
async function established(attempt) {
  for (let tries = 0; ; tries++) {
    try {
      return await attempt();
    } catch (error) {
      if (tries === 40) throw error;
      await sleep(250);
    }
  }
}

/** Waits until all Kustomizations have been ready for a while, enough has been said, or the time is over. */
async function settled(api, standIns, isEnough) {
  const until = Date.now() + LONGEST;
  for (let calm = 0; calm < 6 && Date.now() < until;) {
    await standIns.step();
    await sleep(500);
    const messages = await unready(api);
    if (isEnough(messages)) return messages;
    calm = messages.length === 0 ? calm + 1 : 0;
  }
  return unready(api);
}

async function unready(api) {
  const all = await api.list(`${KUSTOMIZATIONS}/kustomizations`);
  return all.flatMap(({ metadata: { name }, spec, status }) => {
    const found = status?.conditions?.find(({ type }) => type === 'Ready');
    if (spec.suspend || found?.status === 'True') return [];
    return [`${name}: ${found?.message ?? 'nothing yet'}`];
  });
}

/** The repository as a tar archive in gzip form, as source-controller would serve it. */
function archiveOf(files) {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-flux-live-files-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      const file = join(folder, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    return execFileSync('tar', ['-C', folder, '-czf', '-', '.'], { maxBuffer: 2 ** 26 });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function artifactOf(archive, port) {
  const digest = createHash('sha256').update(archive).digest('hex');
  return {
    url: `http://127.0.0.1:${port}/repository.tar.gz`,
    digest: `sha256:${digest}`,
    revision: `main@sha1:${digest.slice(0, 40)}`,
  };
}

/** The CRDs of the custom resources in the files, which charts bring. */
function crdsOf(files) {
  const objects = Object.entries(files)
    .filter(([path]) => path.endsWith('.yaml'))
    .flatMap(([, text]) => loadAll(text));
  const custom = objects.filter(
    (object) =>
      /^[^/]+\.[^/]+\//.test(object?.apiVersion ?? '') && !/(?:k8s|fluxcd)\.io\//.test(object.apiVersion),
  );
  const crds = custom.map(({ apiVersion, kind }) => anyCrd(...apiVersion.split('/'), kind));
  return [...new Map(crds.map((crd) => [crd.metadata.name, crd])).values()];
}
