import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

const CONTROLLER = 'github.com/fluxcd/kustomize-controller';
/** The kustomize-controller of Flux 2.9. */
const CONTROLLER_VERSION = 'v1.9.6';
const cache = join(import.meta.dirname, '../../node_modules/.cache/cdk8s-flux-live');

/**
 * Builds etcd, the API server and kustomize-controller from their Go modules, which takes minutes the first time.
 *
 * @returns the path of each program, by name
 */
export function buildPrograms() {
  mkdirSync(cache, { recursive: true });
  return {
    etcd: built('etcd', () => copyOf(join(import.meta.dirname, 'programs/etcd'), 'etcd')),
    'kube-apiserver': built('kube-apiserver', () =>
      copyOf(join(import.meta.dirname, 'programs/kube-apiserver'), 'kube-apiserver'),
    ),
    'kustomize-controller': built(`kustomize-controller-${CONTROLLER_VERSION}`, controllerSources),
  };
}

function built(name, sourcesOf) {
  const program = join(cache, `${name}.exe`);
  if (existsSync(program)) return program;
  console.log(`building ${name}`);
  const folder = sourcesOf();
  go(['build', '-buildvcs=false', '-o', program, '.'], folder);
  rmSync(folder, { recursive: true });
  return program;
}

/** The sources of the controller, with the API that is published instead of the one in its repository. */
function controllerSources() {
  const { Dir } = JSON.parse(go(['mod', 'download', '-json', `${CONTROLLER}@${CONTROLLER_VERSION}`], cache));
  const folder = copyOf(Dir, 'kustomize-controller');
  const file = join(folder, 'go.mod');
  const lines = readFileSync(file, 'utf8').split('\n');
  writeFileSync(file, lines.filter((line) => !line.startsWith(`replace ${CONTROLLER}/api `)).join('\n'));
  go(['mod', 'tidy'], folder);
  return folder;
}

function copyOf(folder, name) {
  const copy = join(cache, `${name}-sources`);
  rmSync(copy, { recursive: true, force: true });
  cpSync(folder, copy, { recursive: true });
  makeWritable(copy);
  return copy;
}

/** Files of the module cache are read-only. */
function makeWritable(folder) {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) makeWritable(path);
    else chmodSync(path, 0o644);
  }
}

function go(args, cwd) {
  return execFileSync('go', args, { cwd, stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 2 ** 26 }).toString(
    'utf8',
  );
}
