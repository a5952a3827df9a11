// Measures the graph of a repository: reading and evaluating its files, and drawing it.
//   node bench/graph.mjs              1,000 and 10,000 files
//   node bench/graph.mjs --large      100,000 files as well
// Each case is a separate process; its CPU time (user and system) includes the start of Node.
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bin, measureProcess } from './whole-process.mjs';

const FILES_PER_APP = 10;
const base = mkdtempSync(join(tmpdir(), 'cdk8s-flux-bench-graph-'));

function kustomization(name, path, before) {
  const dependsOn = before === undefined ? [] : [{ name: before }];
  const sourceRef = { kind: 'GitRepository', name: 'flux-system' };
  return {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name, namespace: 'flux-system' },
    spec: { interval: '10m', prune: true, path, sourceRef, dependsOn },
  };
}

function deployment(name, namespace) {
  const labels = { app: name };
  const containers = [
    { name: 'main', image: `ghcr.io/example/${name}:1.2.3`, ports: [{ containerPort: 80 }] },
  ];
  const template = { metadata: { labels }, spec: { containers } };
  const spec = { replicas: 2, selector: { matchLabels: labels }, template };
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name, namespace, labels }, spec };
}

function release(index) {
  const metadata = { name: `app-${index}`, namespace: `team-${index % 50}` };
  const sourceRef = { kind: 'HelmRepository', name: `app-${index}` };
  const repository = { apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'HelmRepository', metadata };
  const chart = { spec: { chart: 'app', sourceRef } };
  return [
    { ...repository, spec: { interval: '1h', url: 'https://charts.example.com' } },
    {
      apiVersion: 'helm.toolkit.fluxcd.io/v2',
      kind: 'HelmRelease',
      metadata,
      spec: { interval: '1h', chart },
    },
  ];
}

/** YAML in block style, as people write it. */
function print(value, indent = '') {
  if (typeof value !== 'object') return ` ${value}\n`;
  if (Array.isArray(value)) {
    if (value.length === 0) return ' []\n';
    return `\n${value.map((item) => `${indent}-${print(item, `${indent}  `).replace(/^\n\s*/, ' ')}`).join('')}`;
  }
  const lines = Object.entries(value).map(([key, child]) => `${indent}${key}:${print(child, `${indent}  `)}`);
  return `\n${lines.join('')}`;
}

function write(root, path, ...objects) {
  mkdirSync(join(root, path, '..'), { recursive: true });
  writeFileSync(join(root, path), objects.map((object) => print(object).trimStart()).join('---\n'));
}

/** Directories of manifests, each with a Kustomization that waits for an earlier one. */
function makeRepository(apps, makeApp) {
  const root = mkdtempSync(join(base, 'repository-'));
  write(root, 'clusters/bench/flux-system/gotk-sync.yaml', kustomization('flux-system', './clusters/bench'));
  for (let index = 0; index < apps; index++) {
    const path = `apps/team-${index % 50}/app-${index}`;
    const before = index === 0 ? undefined : `app-${Math.floor(index / 7)}`;
    const file = `clusters/bench/team-${index % 50}/app-${index}.yaml`;
    write(root, file, kustomization(`app-${index}`, `./${path}`, before));
    makeApp(root, path, index);
  }
  return root;
}

/** Files, one in ten of them a Kustomization. */
function manifests(files) {
  return makeRepository(files / FILES_PER_APP, (root, path, index) => {
    for (let number = 1; number < FILES_PER_APP; number++) {
      write(root, `${path}/object-${number}.yaml`, deployment(`object-${number}`, `app-${index}`));
    }
  });
}

/** Objects that are all drawn: a third each are Kustomizations, sources and HelmReleases. */
function drawn(objects) {
  return makeRepository(Math.round(objects / 3), (root, path, index) =>
    write(root, `${path}/release.yaml`, ...release(index)),
  );
}

function measure(...args) {
  return measureProcess([bin, ...args]);
}

function best(rounds, ...args) {
  return Array.from({ length: rounds }, () => measure(...args)).reduce((a, b) => (b.cpu < a.cpu ? b : a));
}

function show(name, { cpu, seconds, megabytes }, note = '') {
  const figures = `${cpu.toFixed(2).padStart(7)} s CPU ${seconds.toFixed(2).padStart(7)} s ${megabytes.toFixed(0).padStart(6)} MB`;
  console.log(`  ${name.padEnd(34)}${figures}  ${note}`);
}

function measureOrder(sizes) {
  console.log(
    '\nReading and evaluating files (cdk8s-flux order); targets: 1,000 within 1 s, ten times the files at most',
  );
  console.log('eleven times the time, 100,000 within 30 s and 1.5 GB');
  let before;
  for (const files of sizes) {
    const result = best(files > 50_000 ? 1 : 3, 'order', manifests(files));
    show(`${files} files`, result, before && `${(result.cpu / before.cpu).toFixed(1)} times the row above`);
    before = result;
  }
}

function measurePictures() {
  console.log(
    '\nDrawing (cdk8s-flux graph); Graphviz runs in a process whose CPU time is not in these figures',
  );
  for (const objects of [300, 2000]) {
    const root = drawn(objects);
    for (const format of ['mermaid', 'json', 'svg', 'html']) {
      if (format === 'mermaid' && objects > 300) continue;
      show(`${objects} objects as ${format}`, best(2, 'graph', root, '--format', format));
    }
  }
}

async function measurePage() {
  const executablePath = ['/usr/bin/chromium', '/usr/bin/google-chrome'].find(existsSync);
  if (executablePath === undefined) {
    console.log('\nThe page: skipped, there is no Chromium here');
    return;
  }
  const { chromium } = await import('playwright-core');
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  console.log('\nOpening the page in Chromium, until it can be used; target: 300 objects within 3 s');
  for (const objects of [300, 2000]) {
    const file = join(base, `page-${objects}.html`);
    measure('graph', drawn(objects), '-o', file);
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    const start = performance.now();
    await page.goto(pathToFileURL(file).href);
    await page.waitForSelector('.live .node');
    console.log(
      `  ${`${objects} objects`.padEnd(34)}${((performance.now() - start) / 1000).toFixed(2).padStart(7)} s`,
    );
    await page.close();
  }
  await browser.close();
}

console.log(`node ${process.version}`);
try {
  measureOrder(process.argv.includes('--large') ? [1000, 10_000, 100_000] : [1000, 10_000]);
  measurePictures();
  await measurePage();
} finally {
  rmSync(base, { recursive: true, force: true });
}
