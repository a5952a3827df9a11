// One measured case, in its own process, so that it has its own peak of memory and warm-up:
//   node bench/case.mjs <case> <objects> <folder>
// Prints the CPU time of each stage in microseconds, and the peak of memory, as JSON.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { buildChartPerApp, buildOneChart, buildOurs } from './objects.mjs';

const require = createRequire(import.meta.url);
const { planApp } = require('../dist/lib/plan/plan.js');
const { planClusters } = require('../dist/lib/plan/scratch.js');
const { publish } = require('../dist/lib/publish/publish.js');

const stages = {};

function stage(name, run) {
  const before = process.cpuUsage();
  const start = performance.now();
  const result = run();
  const { user, system } = process.cpuUsage(before);
  stages[name] = { cpu: user + system, milliseconds: performance.now() - start };
  return result;
}

/** What `GitOpsApp.synth` does, stage by stage. */
function synthOurs(objects, folder) {
  const app = stage('build constructs', () => buildOurs(objects));
  const plan = stage('plan', () => planApp(app));
  if (plan.findings.length > 0) throw new Error(JSON.stringify(plan.findings[0]));
  stage('print', () => plan.tree.files.forEach((file) => file.bytes));
  stage('scratch', () => writeAll(scratchFiles(plan, folder)));
  const root = join(folder, 'repository');
  mkdirSync(root, { recursive: true });
  const result = stage('publish', () => publish({ root, output: 'cluster-resources', tree: plan.tree }));
  if (result.findings.length > 0) throw new Error(JSON.stringify(result.findings[0]));
  return { written: result.written.length, unchanged: result.unchanged };
}

function scratchFiles({ places, tree }, folder) {
  return planClusters(places, tree).map(({ name, content }) => [join(folder, 'scratch', name), content]);
}

/** The limit: plain `fs` writes the same bytes to as many files, and reads them again. */
function writePlain(objects, folder) {
  const root = join(folder, 'repository');
  const root2 = join(folder, 'plain');
  const { tree } = planApp(buildOurs(objects));
  const paths = tree.files.map(({ path }) => path);
  for (const owner of new Set(tree.files.map((file) => file.owner))) paths.push(`${owner}/.cdk8s-flux.json`);
  const files = paths.map((path) => [join(root2, path), readFileSync(join(root, path))]);
  stage('write', () => writeAll(files));
  stage('read and compare', () => {
    for (const [path, bytes] of files) if (!readFileSync(path).equals(bytes)) throw new Error(path);
  });
  return { written: files.length };
}

function writeAll(files) {
  const made = new Set();
  for (const [path, bytes] of files) {
    const parent = dirname(path);
    if (!made.has(parent)) mkdirSync(parent, { recursive: true });
    made.add(parent);
    writeFileSync(path, bytes);
  }
}

function synthPlain(build, objects, folder) {
  const app = stage('build constructs', () => build(objects, join(folder, 'cdk8s')));
  stage('synth', () => app.synth());
  return {};
}

const cases = {
  ours: synthOurs,
  limit: writePlain,
  'one-chart': (objects, folder) => synthPlain(buildOneChart, objects, folder),
  'chart-per-app': (objects, folder) => synthPlain(buildChartPerApp, objects, folder),
};
const [name, objects, folder] = process.argv.slice(2);
const counts = cases[name](Number(objects), folder);
const megabytes = process.resourceUsage().maxRSS / 1024;
process.stdout.write(JSON.stringify({ stages, megabytes, ...counts }));
