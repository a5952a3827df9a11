import {
  HelmChartRelease,
  SecretValue,
  SlackAlerts,
  SopsSecret,
  type AnyFleet,
  type Deployment as FleetDeployment,
  type FleetCluster,
} from 'cdk8s-flux';
import { Deployment } from 'cdk8s-plus-28';

/** The payment service with its secret, its ledger and its alerts. */
export function addPayments(
  fleet: AnyFleet,
  ingress: FleetDeployment,
  image: (cluster: FleetCluster) => string,
): void {
  // Encrypted for the key of each cluster; its Kustomization decrypts.
  const secrets = fleet.deploy(
    'payment-secrets',
    { namespace: 'payment', createNamespace: true, interval: '10m' },
    ({ app }) => {
      new SopsSecret(app, 'payment-db-credentials', {
        values: {
          username: SecretValue.env('PAYMENT_DB_USER'),
          password: SecretValue.env('PAYMENT_DB_PASSWORD'),
        },
      });
    },
  );

  // Ready when the Deployment is; what depends on it does not change before.
  const service = fleet.deploy(
    'payment-service',
    {
      namespace: 'payment',
      interval: '5m',
      timeout: '2m',
      dependsOn: [ingress, secrets],
      healthChecks: [
        { apiVersion: 'apps/v1', kind: 'Deployment', name: 'payment-service', namespace: 'payment' },
      ],
    },
    (cluster) => {
      new Deployment(cluster.app, 'payment-service', {
        containers: [{ image: image(cluster), portNumber: 8080 }],
      });
    },
  );

  // A failed upgrade is retried, then rolled back.
  fleet.deploy('ledger', { namespace: 'payment', dependsOn: [service] }, ({ app }) => {
    new HelmChartRelease(app, 'ledger', {
      chart: 'ledger',
      repository: 'https://charts.myorg.example.com',
      version: '1.4.0',
      interval: '5m',
      upgrade: { remediation: { retries: 3, remediateLastFailure: true } },
      rollback: { timeout: '5m', cleanupOnFail: true },
    });
  });

  fleet.deploy('alerts', {}, ({ app, name, environment }) => {
    new SlackAlerts(app, 'slack', {
      webhook: SecretValue.env('SLACK_WEBHOOK'),
      channel: environment === 'production' ? 'incidents' : 'deployments',
      eventSeverity: environment === 'production' ? 'error' : 'info',
      eventMetadata: { cluster: name, environment },
    });
  });
}
