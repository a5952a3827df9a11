// Creates repositories of many manifest files: each app is a Kustomization, a Deployment and a Service in three files.
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);
const FILES_PER_APP = 3;

function write(folder, path, objects) {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  const { printDocuments } = require('../dist/lib/yaml/print.js');
  writeFileSync(file, printDocuments(objects.map((object) => ({ object }))));
}

function kustomization(name, path, index) {
  const dependsOn = index > 0 ? { dependsOn: [{ name: `app-${index - 1 - ((index - 1) % 5)}` }] } : {};
  return {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name, namespace: 'flux-system' },
    spec: {
      interval: '60m',
      retryInterval: '2m',
      path,
      prune: true,
      wait: true,
      ...(index % 5 === 0 ? {} : dependsOn),
      sourceRef: { kind: 'GitRepository', name: 'flux-system' },
    },
  };
}

function deployment(name) {
  const labels = { app: name };
  const containers = [{ name: 'main', image: `ghcr.io/example/${name}:1.0.0` }];
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'default' },
    spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers } } },
  };
}

function service(name) {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: 'default' },
    spec: { selector: { app: name }, ports: [{ port: 80 }] },
  };
}

/** Writes a repository with about this many files. */
export function makeRepository(folder, files) {
  write(folder, 'clusters/bench/flux-system/gotk-sync.yaml', [
    {
      apiVersion: 'source.toolkit.fluxcd.io/v1',
      kind: 'GitRepository',
      metadata: { name: 'flux-system', namespace: 'flux-system' },
      spec: { interval: '1m', url: 'https://example.com/bench' },
    },
    kustomization('flux-system', './clusters/bench', 0),
  ]);
  for (let index = 0; index < files / FILES_PER_APP; index++) {
    const name = `app-${index}`;
    write(folder, `clusters/bench/${name}.yaml`, [kustomization(name, `./apps/${name}`, index)]);
    write(folder, `apps/${name}/deployment.yaml`, [deployment(name)]);
    write(folder, `apps/${name}/service.yaml`, [service(name)]);
  }
}
