import { ApiObject } from 'cdk8s';
import {
  Fleet,
  GitOpsApp,
  Setting,
  type ClusterFacts,
  type DeploymentCluster,
  type FleetRing,
} from '../../lib';
import { planApp } from '../../lib/plan/plan';

/** The three clusters of an article about fleets: two of production, on two providers, and one of staging. */
export function articleFleet() {
  const app = new GitOpsApp();
  const fleet = new Fleet(app, 'fleet', {
    settings: { replicas: Setting.number({ min: 1, default: 2 }), domain: Setting.text() },
    environments: { production: { replicas: 6 }, staging: { domain: 'staging.example.com' } },
    clusters: {
      'eu-central-1': { environment: 'staging', region: 'eu-central-1', provider: 'aws' },
      'eu-west-1': {
        environment: 'production',
        region: 'eu-west-1',
        provider: 'aws',
        settings: { domain: 'aws.example.com' },
      },
      'europe-west1': {
        environment: 'production',
        region: 'europe-west1',
        provider: 'gcp',
        labels: { tier: 'edge' },
        settings: { domain: 'gcp.example.com', replicas: 3 },
      },
    },
  });
  return { app, fleet };
}

/** The same clusters in rings: staging, then production in two batches. */
export function ringFleet(
  rings: readonly FleetRing<ClusterFacts, 'eu-central-1' | 'eu-west-1' | 'europe-west1'>[] = [
    { name: 'staging', select: { environment: 'staging' }, soak: '1h' },
    { name: 'production', select: { environment: 'production' }, batches: 2 },
  ],
) {
  const app = new GitOpsApp();
  const fleet = new Fleet(app, 'fleet', {
    clusters: {
      'eu-central-1': { environment: 'staging', region: 'eu-central-1' },
      'eu-west-1': { environment: 'production', region: 'eu-west-1' },
      'europe-west1': { environment: 'production', region: 'europe-west1' },
    },
    defaults: {
      bootstrap: {
        componentsExtra: ['image-reflector-controller', 'image-automation-controller'],
        readWriteKey: true,
      },
    },
    rings,
  });
  return { app, fleet };
}

/** Puts a ConfigMap into the FluxApp of a deployment. */
export function configure(
  { app }: Pick<DeploymentCluster, 'app'>,
  data: Readonly<Record<string, string>> = {},
): void {
  new ApiObject(app, 'settings', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: `${app.node.id}-settings`, namespace: 'default' },
    data,
  });
}

/** The files of an app by path, as text. */
export function filesOf(app: GitOpsApp): Record<string, string> {
  const { tree, findings } = planApp(app);
  expect(findings.map(({ code, message }) => `${code}: ${message}`)).toEqual([]);
  return Object.fromEntries(tree.files.map(({ path, bytes }) => [path, new TextDecoder().decode(bytes)]));
}

/** The findings of an app: the code and the message of each. */
export function problemsOf(app: GitOpsApp): string[] {
  return planApp(app).findings.map(({ code, field, message, hint, details = [] }) =>
    [`${code}:`, field && `${field}:`, message, hint && `(${hint})`, ...details].filter(Boolean).join(' '),
  );
}
