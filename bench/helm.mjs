// Measures HelmReleases by the size of their values: half of the public repositories stay below 33 lines,
// and the largest has 1,067. Ours plans, checks and prints; for comparison, js-yaml and cdk8s only print.
//   node bench/helm.mjs
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { ApiObject, App, Chart, Yaml } = require('cdk8s');
const { Cluster, FluxApp, GitOpsApp, HelmChartRelease } = require('../dist/lib/index.js');
const { planApp } = require('../dist/lib/plan/plan.js');
const yaml = require('js-yaml');

const RELEASES = 300;

/** Values as charts have them, printed to about this many lines. */
function valuesOf(lines) {
  const values = {};
  for (let index = 0; index * 11 < lines; index++) {
    values[`component${index}`] = {
      enabled: true,
      image: { repository: `ghcr.io/example/component-${index}`, tag: '1.2.3', pullPolicy: 'IfNotPresent' },
      resources: { requests: { cpu: '100m', memory: '128Mi' } },
      args: ['--log-level=info', `--id=${index}`],
    };
  }
  return values;
}

function cpuPerRelease(run) {
  run();
  const rounds = [1, 2, 3].map(() => {
    const before = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / RELEASES;
  });
  return Math.min(...rounds);
}

function ours(values) {
  const cluster = new Cluster(new GitOpsApp(), 'home', { path: './cluster-resources/flux' });
  for (let index = 0; index < RELEASES; index++) {
    const app = new FluxApp(cluster, `app-${index}`, { namespace: `app-${index}` });
    new HelmChartRelease(app, 'release', { chart: 'app', repository: 'https://charts.example.com', values });
  }
  const { tree, findings } = planApp(cluster.node.root);
  if (findings.length > 0) throw new Error(findings[0].message);
  return tree.files.reduce((bytes, file) => bytes + file.bytes.length, 0);
}

function byCdk8s(values) {
  const chart = new Chart(new App({ outdir: 'unused' }), 'chart');
  for (let index = 0; index < RELEASES; index++) {
    new ApiObject(chart, `r${index}`, {
      apiVersion: 'helm.toolkit.fluxcd.io/v2',
      kind: 'HelmRelease',
      spec: { values },
    });
  }
  return Yaml.stringify(...chart.toJson()).length;
}

function byJsYaml(values) {
  let bytes = 0;
  for (let index = 0; index < RELEASES; index++)
    bytes += yaml.dump({ kind: 'HelmRelease', spec: { values } }).length;
  return bytes;
}

console.log('CPU per HelmRelease in microseconds, by lines of values (ratio to printing by js-yaml)');
for (const lines of [33, 368, 1067]) {
  const values = valuesOf(lines);
  const figures = [ours, byJsYaml, byCdk8s].map((run) => cpuPerRelease(() => run(values)));
  const [own, dumped, stock] = figures.map((figure) => figure.toFixed(0));
  console.log(
    `${String(lines).padStart(5)} lines: cdk8s-flux ${own} (${(figures[0] / figures[1]).toFixed(1)}), js-yaml ${dumped}, cdk8s ${stock} (${(figures[2] / figures[1]).toFixed(1)})`,
  );
}
