// Measures synth of a fleet as its users run it: whole processes, from the start of Node to its end, with all checks.
// Objects of the same kind in one chart of plain cdk8s are measured in the same run: CPU time an object is compared.
//   node bench/fleet.mjs                 100 clusters with 60 applications each
//   node bench/fleet.mjs 100 1000        other numbers of clusters
//   node bench/fleet.mjs --shared 100    with shared files
//   node bench/fleet.mjs --example 1000  nothing but the bytes of examples/fleet with as many clusters, in both layouts
// Each size is a first synth, an unchanged one, one after a change to one cluster, and one of that cluster alone.
import { createRequire } from 'node:module';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { measureProcess } from './whole-process.mjs';
import { APPS_PER_CLUSTER, objectsOfFleet } from './fleet-objects.mjs';

const require = createRequire(import.meta.url);
require('../scripts/register-typescript.cjs');
const example = require('../test/fleet/example-fleet.ts');

const MOST_CPU = 1.5;
const MOST_KILOBYTES = 12;
const GROWTH = 1.2;
const PLAIN_OBJECTS = 12_000;
const EXAMPLE_CLUSTERS = 1000;
/** How many times fewer bytes the shared layout of the example takes at least, apart from encrypted Secrets. */
const LEAST_SAVED = 10;

const output = process.argv.includes('--shared') ? 'shared' : 'rendered';

const base = mkdtempSync(join(tmpdir(), 'cdk8s-flux-bench-fleet-'));

/** An app in its own folder. */
function makeProject(name, code) {
  const folder = join(base, name);
  mkdirSync(folder);
  execFileSync('git', ['init', '--quiet', folder]);
  writeFileSync(join(folder, 'cdk8s.yaml'), 'language: typescript\napp: node main.mjs\noutput: dist\n');
  writeFileSync(join(folder, 'cdk8s-flux.yaml'), 'version: 1\nroot: .\n');
  writeFileSync(join(folder, 'main.mjs'), code);
  return folder;
}

function fleetProject(clusters) {
  const file = pathToFileURL(join(import.meta.dirname, 'fleet-objects.mjs')).href;
  const code = `import { buildFleet } from '${file}';\nbuildFleet(${clusters}, process.env.CHANGED, '${output}').synth();\n`;
  return makeProject(`fleet-${clusters}`, code);
}

function plainProject() {
  const file = pathToFileURL(join(import.meta.dirname, 'objects.mjs')).href;
  const code = `import { buildOneChart } from '${file}';\nbuildOneChart(${PLAIN_OBJECTS}, 'dist').synth();\n`;
  return makeProject('plain', code);
}

/** Runs an app as cdk8s-flux synth does. */
function run(folder, { cluster, changed = '' } = {}) {
  rmSync(join(folder, 'dist'), { recursive: true, force: true });
  const request = { check: false, overwrite: false, ...(cluster && { cluster }) };
  const { cpu, megabytes, stderr } = measureProcess(['--max-old-space-size=6000', 'main.mjs'], {
    cwd: folder,
    env: {
      ...process.env,
      CHANGED: changed,
      CDK8S_OUTDIR: join(folder, 'dist'),
      CDK8S_FLUX_SYNTH: JSON.stringify(request),
    },
  });
  return { cpu, megabytes, written: Number(/(\d+) files? written/.exec(stderr)?.[1] ?? 0) };
}

function measure(clusters) {
  const folder = fleetProject(clusters);
  const first = run(folder);
  const unchanged = run(folder);
  const changed = run(folder, { changed: 'c1' });
  // The files that clusters share must be as the code generates them.
  const part = run(folder, { cluster: 'c1', changed: 'c1' });
  return {
    clusters,
    bytes: bytesIn(folder),
    objects: objectsOfFleet(clusters),
    first,
    unchanged,
    changed,
    part,
  };
}

/** The bytes of all published files. */
function bytesIn(folder) {
  const tops = ['clusters', 'apps', 'shared'].map((top) => join(folder, top)).filter(existsSync);
  const files = tops.flatMap((top) => readdirSync(top, { recursive: true, withFileTypes: true }));
  return files
    .filter((file) => file.isFile())
    .reduce((sum, file) => sum + statSync(join(file.parentPath, file.name)).size, 0);
}

function show({ clusters, objects, bytes, ...runs }, plainEach) {
  const size = `${(bytes / 2 ** 20).toFixed(1)} MB of files`;
  console.log(`\n${clusters} clusters with ${APPS_PER_CLUSTER} applications: ${objects} objects, ${size}`);
  for (const [name, { cpu, megabytes, written }] of Object.entries(runs)) {
    const each = (cpu / objects) * 1e6;
    const ratio =
      name === 'part'
        ? ''
        : `   ${each.toFixed(0)} µs an object, ${(each / plainEach).toFixed(2)} times plain`;
    const figures = `${cpu.toFixed(1).padStart(8)} s ${megabytes.toFixed(0).padStart(6)} MB ${String(written).padStart(7)} files`;
    console.log(`  ${name.padEnd(12)}${figures}${ratio}`);
  }
}

function verdict(what, got, most) {
  console.log(
    `  ${got <= most ? 'ok  ' : 'over'} ${what.padEnd(60)}${got.toFixed(2).padStart(8)}  at most ${most}`,
  );
}

/** What examples/fleet writes with many clusters: two encrypted Secrets in each of them, which no layout shares. */
function measureExample(clusters) {
  const [rendered, shared] = ['rendered', 'shared'].map((layout) => {
    const folder = join(base, `example-${layout}`);
    mkdirSync(folder);
    example.makeExample(folder);
    example.writeExample(folder, { clusters, output: layout });
    example.synthesizeExample(folder, true);
    const files = example.publishedFiles(folder);
    const { secrets, others } = example.countBytes(files);
    const shown = [secrets + others, others].map((bytes) => `${(bytes / 1e6).toFixed(2)} MB`);
    console.log(
      `  ${layout.padEnd(12)}${String(files.size).padStart(7)} files ${shown[0]}, without encrypted Secrets ${shown[1]}: ${(others / clusters).toFixed(0)} bytes a cluster`,
    );
    return { all: secrets + others, others };
  });
  console.log(
    `  all files: ${(rendered.all / shared.all).toFixed(1)} times fewer bytes where clusters share files`,
  );
  verdict(
    'bytes of the shared layout, as a share of the rendered one',
    shared.others / rendered.others,
    1 / LEAST_SAVED,
  );
}

const isExampleAlone = process.argv.includes('--example');
const sizes = process.argv
  .slice(2)
  .filter((argument) => !argument.startsWith('--'))
  .map(Number)
  .sort((a, b) => a - b);
if (sizes.length === 0) sizes.push(100);
console.log(`node ${process.version}, CPU time of whole processes`);
try {
  if (!isExampleAlone) measureFleets();
  const clusters = isExampleAlone ? sizes[0] : EXAMPLE_CLUSTERS;
  console.log(`\nexamples/fleet with ${clusters} clusters`);
  measureExample(clusters);
} finally {
  rmSync(base, { recursive: true, force: true });
}

function measureFleets() {
  const plain = run(plainProject());
  const plainEach = (plain.cpu / PLAIN_OBJECTS) * 1e6;
  console.log(`plain cdk8s, one chart of ${PLAIN_OBJECTS} objects: ${plainEach.toFixed(0)} µs an object`);
  const results = sizes.map((clusters) => {
    const result = measure(clusters);
    show(result, plainEach);
    return result;
  });
  const [small, large] = [results[0], results.at(-1)];
  console.log('\nTargets');
  for (const name of ['first', 'unchanged']) {
    const each = (large[name].cpu / large.objects) * 1e6;
    verdict(`${name}: times plain cdk8s's CPU an object`, each / plainEach, MOST_CPU);
    verdict(
      `${name}: KB of memory an object`,
      (large[name].megabytes * 1024) / large.objects,
      MOST_KILOBYTES,
    );
    if (small !== large)
      verdict(
        `${name}: an object of ${large.clusters} clusters against one of ${small.clusters}`,
        large[name].cpu / large.objects / (small[name].cpu / small.objects),
        GROWTH,
      );
  }
}
