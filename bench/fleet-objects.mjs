// The fleet that the benchmark synthesizes: clusters with 60 applications each, and for each application a Deployment, a
// Service, and the Flux Kustomization that applies them.
import { createRequire } from 'node:module';
import { cdk8s, deployment, service } from './objects.mjs';

const require = createRequire(import.meta.url);
const { Fleet, GitOpsApp, Setting } = require('../dist/lib/index.js');

export const APPS_PER_CLUSTER = 60;
/** The applications of a cluster share this many namespaces. */
const NAMESPACES = 20;

/** How many objects a fleet has. */
export function objectsOfFleet(clusters) {
  return clusters * (APPS_PER_CLUSTER * 3 + NAMESPACES);
}

/**
 * The app as an author would write it.
 *
 * @param changed - the name of a cluster that has another setting
 * @param output - how its files are written
 */
export function buildFleet(clusters, changed, output = 'rendered') {
  const app = new GitOpsApp();
  const names = Array.from({ length: clusters }, (_, index) => `c${index}`);
  const fleet = new Fleet(app, 'fleet', {
    layout: 'flat',
    output,
    settings: { replicas: Setting.number({ default: 2 }) },
    clusters: Object.fromEntries(
      names.map((name, index) => [
        name,
        {
          environment: index % 10 === 0 ? 'staging' : 'production',
          region: `r${index % 20}`,
          settings: name === changed ? { replicas: 3 } : {},
        },
      ]),
    ),
    rings: [
      { name: 'staging', select: { environment: 'staging' } },
      { name: 'production', select: { environment: 'production' }, batches: 10 },
    ],
  });
  for (let index = 0; index < APPS_PER_CLUSTER; index++) {
    const namespace = `team-${index % NAMESPACES}`;
    fleet.deploy(`app-${index}`, { namespace, createNamespace: true }, ({ app: fluxApp, settings }) => {
      const object = deployment(index, namespace);
      new cdk8s.ApiObject(fluxApp, 'deployment', {
        ...object,
        spec: { ...object.spec, replicas: settings.replicas },
      });
      new cdk8s.ApiObject(fluxApp, 'service', service(index, namespace));
    });
  }
  return app;
}
