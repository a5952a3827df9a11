// Measures how dependencies are ordered: by cdk8s among objects, and by us among FluxApps.
//   node bench/order.mjs
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { App, ApiObject, Chart } = require('cdk8s');
const { GitOpsApp, Cluster, FluxApp } = require('../dist/lib/index.js');
const { planApp } = require('../dist/lib/plan/plan.js');
const configMap = { apiVersion: 'v1', kind: 'ConfigMap' };

function cdk8sScope() {
  const app = new App({ outdir: 'unused' });
  const chart = new Chart(app, 'chart');
  return { make: (id) => new ApiObject(chart, id, configMap), run: () => chart.toJson() };
}

function ourScope() {
  const app = new GitOpsApp({ outdir: 'unused' });
  const cluster = new Cluster(app, 'bench', { path: './cluster-resources/flux' });
  const make = (id) => {
    const fluxApp = new FluxApp(cluster, id);
    new ApiObject(fluxApp, 'settings', configMap);
    return fluxApp;
  };
  return { make, run: () => planApp(app) };
}

/** Each construct of a tier waits for the whole tier before. */
function tiers(count, { make, run }) {
  let before = [];
  for (let tier = 0; tier < count; tier++) {
    const constructs = [0, 1, 2, 3].map((index) => make(`tier-${tier}-${index}`));
    if (before.length > 0) for (const construct of constructs) construct.node.addDependency(...before);
    before = constructs;
  }
  return run;
}

/** Each construct waits for the one before. */
function chain(count, { make, run }) {
  let before;
  for (let index = 0; index < count; index++) {
    const construct = make(`link-${index}`);
    if (before) construct.node.addDependency(before);
    before = construct;
  }
  return run;
}

/** One chart of plain cdk8s waits for another. */
function twoCharts(count) {
  const app = new App({ outdir: 'unused' });
  const charts = ['a', 'b'].map((id) => new Chart(app, id));
  for (const chart of charts)
    for (let index = 0; index < count; index++) new ApiObject(chart, `${index}`, configMap);
  charts[1].node.addDependency(charts[0]);
  return () => charts[1].toJson();
}

function measure(name, prepare) {
  const run = prepare();
  const before = process.cpuUsage();
  let outcome = '';
  try {
    run();
  } catch (error) {
    outcome = `  fails: ${error.message}`;
  }
  const { user, system } = process.cpuUsage(before);
  console.log(`${name.padEnd(52)}${((user + system) / 1000).toFixed(0).padStart(8)} ms${outcome}`);
}

for (const count of [8, 10, 11, 12]) {
  measure(`cdk8s, ${count} linked tiers of 4 objects`, () => tiers(count, cdk8sScope()));
  measure(`FluxApps, ${count} linked tiers of 4`, () => tiers(count, ourScope()));
}
for (const count of [1000, 8000]) {
  measure(`cdk8s, a chain of ${count} objects`, () => chain(count, cdk8sScope()));
  measure(`FluxApps, a chain of ${count}`, () => chain(count, ourScope()));
}
for (const count of [500, 1000, 2000])
  measure(`cdk8s, a chart of ${count} on another`, () => twoCharts(count));
