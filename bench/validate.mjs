// Measures the checks of objects: what one costs once the program is warm, what the first ones cost a program that has
// just started, and what a large HelmRelease costs.
//   node bench/validate.mjs
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const ROUNDS = 5;

/** An object of every kind, as repositories have them. */
function fluxObjects() {
  const { fluxKinds } = require('../dist/lib/schema/flux-kinds.js');
  const specs = {
    GitRepository: { interval: '5m', url: 'https://github.com/example/shop', ref: { branch: 'main' } },
    OCIRepository: { interval: '5m', url: 'oci://ghcr.io/example/shop', ref: { semver: '>=1.0.0' } },
    Bucket: { interval: '5m', provider: 'aws', endpoint: 's3.amazonaws.com', bucketName: 'shop' },
    HelmRepository: { interval: '1h', url: 'https://charts.example.com' },
    HelmChart: {
      interval: '1h',
      chart: 'shop',
      version: '1.x',
      sourceRef: { kind: 'HelmRepository', name: 'charts' },
    },
    ExternalArtifact: { sourceRef: { apiVersion: 'example.com/v1', kind: 'Thing', name: 'shop' } },
    ArtifactGenerator: {
      sources: [{ alias: 'shop', kind: 'GitRepository', name: 'shop' }],
      artifacts: [{ name: 'shop', copy: [{ from: '@shop/deploy/**', to: '@artifact/' }] }],
    },
    Kustomization: {
      interval: '60m',
      retryInterval: '2m',
      timeout: '3m',
      prune: true,
      wait: true,
      path: './apps/shop',
      sourceRef: { kind: 'GitRepository', name: 'flux-system' },
      dependsOn: [{ name: 'infrastructure' }, { name: 'database', namespace: 'data' }],
      postBuild: { substitute: { region: 'eu' }, substituteFrom: [{ kind: 'ConfigMap', name: 'settings' }] },
      decryption: { provider: 'sops', secretRef: { name: 'sops-age' } },
    },
    HelmRelease: {
      interval: '60m',
      chartRef: { kind: 'OCIRepository', name: 'shop' },
      install: { strategy: { name: 'RetryOnFailure', retryInterval: '2m' } },
      upgrade: { crds: 'CreateReplace', remediation: { retries: 3 } },
      driftDetection: { mode: 'enabled' },
      values: { replicaCount: 2, image: { tag: '1.2.3' } },
    },
    ImageRepository: { interval: '5m', image: 'ghcr.io/example/shop' },
    ImagePolicy: { imageRepositoryRef: { name: 'shop' }, policy: { semver: { range: '1.x' } } },
    ImageUpdateAutomation: {
      interval: '5m',
      sourceRef: { kind: 'GitRepository', name: 'flux-system' },
      git: {
        commit: { author: { email: 'flux@example.com' }, messageTemplate: 'Update {{ .AutomationObject }}' },
      },
      update: { path: './apps', strategy: 'Setters' },
    },
    Alert: { providerRef: { name: 'slack' }, eventSources: [{ kind: 'Kustomization', name: '*' }] },
    Provider: {
      type: 'slack',
      address: 'https://slack.com/api/chat.postMessage',
      secretRef: { name: 'slack' },
    },
    Receiver: {
      type: 'github',
      secretRef: { name: 'hook' },
      resources: [{ kind: 'GitRepository', name: 'shop' }],
    },
  };
  return fluxKinds().map((key) => {
    const kind = key.slice(key.lastIndexOf('/') + 1);
    const metadata = { name: 'shop', namespace: 'flux-system', labels: { team: 'shop' } };
    return { apiVersion: key.slice(0, -kind.length - 1), kind, metadata, spec: specs[kind] };
  });
}

/** One of Kubernetes' own kinds, whose schemas are loaded separately. */
const DEPLOYMENT = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'shop', namespace: 'shop' },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: 'shop' } },
    template: {
      metadata: { labels: { app: 'shop' } },
      spec: { containers: [{ name: 'shop', image: 'shop:1' }] },
    },
  },
};

function cpu(run) {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

function best(run) {
  run();
  return Math.min(...Array.from({ length: ROUNDS }, () => cpu(run)));
}

function validateAll(objects) {
  const { validateObject } = require('../dist/lib/schema/validate-object.js');
  for (const object of objects) {
    const [violation] = validateObject(object, { nulls: 'refuse' });
    if (violation) throw new Error(`${object.kind}: ${violation.field}: ${violation.message}`);
  }
}

/** Microseconds an object, once warm. */
function warm() {
  const objects = Array.from({ length: 1000 }, fluxObjects).flat();
  return best(() => validateAll(objects)) / objects.length;
}

/** Milliseconds for a HelmRelease with about a million bytes of values. */
function large() {
  const values = Object.fromEntries(
    Array.from({ length: 11_200 }, (_, index) => [
      `component${index}`,
      { enabled: true, image: { tag: '1.2.3' }, args: ['--verbose', `--id=${index}`] },
    ]),
  );
  const release = fluxObjects().find(({ kind }) => kind === 'HelmRelease');
  const object = { ...release, spec: { ...release.spec, values } };
  return { bytes: JSON.stringify(values).length, milliseconds: best(() => validateAll([object])) / 1000 };
}

/** Milliseconds for loading and first use in a program that has just started: the difference between two programs. */
function startUp() {
  const run = (mode) =>
    Number(execFileSync(process.execPath, [fileURLToPath(import.meta.url), mode], { encoding: 'utf8' }));
  const least = (mode) => Math.min(...Array.from({ length: ROUNDS }, () => run(mode)));
  return (least('--with') - least('--without')) / 1000;
}

const [mode] = process.argv.slice(2);
if (mode === undefined) {
  const { bytes, milliseconds } = large();
  const rows = [
    ['a Flux object once warm: µs', warm(), 20],
    ['added to start-up, all kinds and a Deployment: ms', startUp(), 60],
    [`a HelmRelease with ${bytes} bytes of values: ms`, milliseconds, 5],
  ];
  console.log('Checks of objects, CPU time');
  for (const [name, got, most] of rows)
    console.log(
      `  ${got <= most ? 'ok  ' : 'over'} ${name.padEnd(52)}${got.toFixed(2).padStart(8)}  at most ${most}`,
    );
} else {
  if (mode === '--with') validateAll([...fluxObjects(), DEPLOYMENT]);
  const { user, system } = process.cpuUsage();
  process.stdout.write(String(user + system));
}
