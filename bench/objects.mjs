// The objects that the benchmark synthesizes: for each application a Deployment, a Service, and the Flux Kustomization
// that applies them. So three objects make one directory.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
export const cdk8s = require('cdk8s');
const { GitOpsApp, Cluster, FluxApp } = require('../dist/lib/index.js');

export const OBJECTS_PER_DIRECTORY = 3;

/** How many directories contain this many objects. */
export function directoryCount(objects) {
  return Math.round(objects / OBJECTS_PER_DIRECTORY);
}

/** The app as an author would write it with this package. */
export function buildOurs(objects) {
  const app = new GitOpsApp();
  const cluster = new Cluster(app, 'bench', { path: './cluster-resources/flux' });
  for (let index = 0; index < directoryCount(objects); index++) {
    const fluxApp = new FluxApp(cluster, `app-${index}`, {
      layer: 'services',
      namespace: `team-${index % 50}`,
    });
    new cdk8s.ApiObject(fluxApp, 'deployment', deployment(index));
    new cdk8s.ApiObject(fluxApp, 'service', service(index));
  }
  return app;
}

/** The same objects in one chart of plain cdk8s. */
export function buildOneChart(objects, outdir) {
  const app = new cdk8s.App({ outdir });
  const chart = new cdk8s.Chart(app, 'bench');
  for (let index = 0; index < directoryCount(objects); index++) addPlain(chart, `app-${index}-`, index);
  return app;
}

/** The same objects in plain cdk8s with a chart, and so a file, for each application. */
export function buildChartPerApp(objects, outdir) {
  const yamlOutputType = cdk8s.YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE;
  const app = new cdk8s.App({ outdir, yamlOutputType });
  for (let index = 0; index < directoryCount(objects); index++) {
    addPlain(new cdk8s.Chart(app, `app-${index}`), '', index);
  }
  return app;
}

function addPlain(scope, prefix, index) {
  new cdk8s.ApiObject(scope, `${prefix}deployment`, deployment(index));
  new cdk8s.ApiObject(scope, `${prefix}service`, service(index));
  new cdk8s.ApiObject(scope, `${prefix}kustomization`, kustomization(index));
}

export function deployment(index, namespace = `team-${index % 50}`) {
  const labels = { 'app.kubernetes.io/name': `app-${index}` };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: `app-${index}`, namespace, labels },
    spec: {
      replicas: 2,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { containers: [container(index)] },
      },
    },
  };
}

function container(index) {
  return {
    name: 'main',
    image: `ghcr.io/example/app-${index}:1.${index % 40}.0`,
    ports: [{ name: 'http', containerPort: 8080 }],
    env: [{ name: 'LOG_LEVEL', value: 'info' }],
    resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: { memory: '128Mi' } },
  };
}

export function service(index, namespace = `team-${index % 50}`) {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: `app-${index}`, namespace },
    spec: {
      selector: { 'app.kubernetes.io/name': `app-${index}` },
      ports: [{ name: 'http', port: 80, targetPort: 'http' }],
    },
  };
}

function kustomization(index) {
  return {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name: `app-${index}`, namespace: 'flux-system' },
    spec: {
      interval: '60m',
      retryInterval: '2m',
      timeout: '3m',
      prune: true,
      sourceRef: { kind: 'GitRepository', name: 'flux-system' },
      path: `./cluster-resources/services/app-${index}`,
    },
  };
}
