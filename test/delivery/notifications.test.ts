import * as flux from '../../lib';
import { FluxApp, SecretValue } from '../../lib';
import { planApp } from '../../lib/plan/plan';
import { snapshotOf } from '../../lib/testing';
import { homeCluster } from './home-cluster';

const token = SecretValue.env('TOKEN');

function fluxApp(): FluxApp {
  return new FluxApp(homeCluster(), 'alerts');
}

/** The specs of the Provider and of the Alert in an app, and the entries of its Secret. */
function made(scope: FluxApp, alerts: flux.Alerts): { provider: unknown; alert: unknown; entries: string[] } {
  expect(planApp(scope.node.root).findings).toEqual([]);
  return {
    provider: alerts.provider.toJson()['spec'],
    alert: alerts.alert.toJson()['spec'],
    entries: Object.keys(alerts.credentials?.props.values ?? {}),
  };
}

describe('alerts', () => {
  it('are a Provider, an Alert and a Secret, in two files', () => {
    const scope = fluxApp();
    new flux.SlackAlerts(scope, 'slack', { token, channel: 'general', eventSeverity: 'error' });
    const files = snapshotOf(scope);
    expect(Object.keys(files)).toEqual([
      'kustomization.yaml',
      'slack-secret.yaml',
      'slack.yaml',
      'cluster-resources/flux/alerts.yaml',
    ]);
    expect(files['slack.yaml']).toMatchInlineSnapshot(`
     "apiVersion: notification.toolkit.fluxcd.io/v1beta3
     kind: Provider
     metadata:
       name: slack
       namespace: flux-system
     spec:
       type: slack
       address: https://slack.com/api/chat.postMessage
       channel: general
       secretRef:
         name: slack
     ---
     apiVersion: notification.toolkit.fluxcd.io/v1beta3
     kind: Alert
     metadata:
       name: slack
       namespace: flux-system
     spec:
       providerRef:
         name: slack
       eventSeverity: error
       eventSources:
         - kind: Kustomization
           name: "*"
         - kind: HelmRelease
           name: "*"
     "
    `);
  });

  it.each<[string, (scope: FluxApp) => flux.Alerts, object, string[]]>([
    [
      'Slack by a webhook',
      (scope) => new flux.SlackAlerts(scope, 'a', { webhook: token }),
      { type: 'slack' },
      ['address'],
    ],
    [
      'Teams',
      (scope) => new flux.TeamsAlerts(scope, 'a', { webhook: token }),
      { type: 'msteams' },
      ['address'],
    ],
    [
      'PagerDuty',
      (scope) => new flux.PagerDutyAlerts(scope, 'a', { routingKey: 'k' }),
      { type: 'pagerduty', address: 'https://events.pagerduty.com', channel: 'k' },
      [],
    ],
    [
      'a webhook',
      (scope) => new flux.WebhookAlerts(scope, 'a', { address: 'https://example.com' }),
      { type: 'generic', address: 'https://example.com' },
      [],
    ],
    [
      'a signed webhook at a secret address',
      (scope) => new flux.WebhookAlerts(scope, 'a', { address: token, signingKey: token, headers: token }),
      { type: 'generic-hmac' },
      ['address', 'token', 'headers'],
    ],
    [
      'the commits of GitHub',
      (scope) =>
        new flux.CommitStatus(scope, 'a', {
          host: 'github',
          repository: 'https://github.com/o/r',
          githubApp: { appId: '1', installationOwner: 'o', privateKey: token },
        }),
      { type: 'github', address: 'https://github.com/o/r' },
      ['githubAppID', 'githubAppInstallationOwner', 'githubAppPrivateKey'],
    ],
    [
      'Grafana, by the construct for all types',
      (scope) =>
        new flux.Alerts(scope, 'a', {
          provider: { type: 'grafana', address: 'https://grafana.example.com/api/annotations' },
          credentials: { token },
        }),
      { type: 'grafana', address: 'https://grafana.example.com/api/annotations' },
      ['token'],
    ],
  ])('go to %s', (_, make, provider, entries) => {
    const scope = fluxApp();
    const alerts = made(scope, make(scope));
    const secretRef = entries.length > 0 ? { secretRef: { name: 'a' } } : {};
    expect(alerts).toMatchObject({ provider: { ...provider, ...secretRef }, entries });
    expect(alerts.provider).toEqual({ ...provider, ...secretRef });
  });

  it('cover the objects of constructs, and everything in the namespace by default', () => {
    const cluster = homeCluster();
    const shop = new FluxApp(cluster, 'shop', { namespace: 'shop' });
    const release = new flux.HelmChartRelease(shop, 'web', { repository: 'oci://example.com/web' });
    const scope = new FluxApp(cluster, 'alerts');
    const eventSources = [shop, release, flux.GitRepository.fromName('flux-system')];
    const alerts = new flux.WebhookAlerts(scope, 'a', { address: 'https://a', eventSources });
    expect(made(scope, alerts).alert).toEqual({
      providerRef: { name: 'a' },
      eventSources: [
        { kind: 'Kustomization', name: 'shop' },
        { kind: 'HelmRelease', name: 'web', namespace: 'shop' },
        { kind: 'GitRepository', name: 'flux-system' },
      ],
    });
    const other = fluxApp();
    expect(made(other, new flux.WebhookAlerts(other, 'a', { address: 'https://a' })).alert).toMatchObject({
      eventSources: [
        { kind: 'Kustomization', name: '*' },
        { kind: 'HelmRelease', name: '*' },
      ],
    });
  });

  it('can have their own file and namespace', () => {
    const scope = fluxApp();
    new flux.TeamsAlerts(scope, 'a', {
      webhook: token,
      name: 'teams',
      namespace: 'ops',
      file: 'ops/teams.yaml',
    });
    const files = snapshotOf(scope);
    expect(Object.keys(files)).toEqual(expect.arrayContaining(['ops/teams-secret.yaml', 'ops/teams.yaml']));
    expect(files['ops/teams-secret.yaml']).toContain('name: teams\n  namespace: ops\n');
  });

  it('fail for a type that needs more than is given', () => {
    const scope = fluxApp();
    new flux.Alerts(scope, 'a', { provider: { type: 'telegram', address: 'https://api.telegram.org' } });
    expect(planApp(scope.node.root).findings.map(({ message }) => message)).toEqual([
      'a Provider of type "telegram" needs a channel: without it, it sends nothing',
      'a Provider of type "telegram" needs a Secret: without it, it sends nothing',
    ]);
  });

  it('fail for the kinds of flux-operator, unless the repository allows them', () => {
    const scope = fluxApp();
    const eventSources = [{ kind: 'FluxInstance', name: 'flux' }] as const;
    new flux.WebhookAlerts(scope, 'a', { address: 'https://example.com', eventSources });
    const codes = (extraAlertKinds?: readonly string[]): string[] =>
      planApp(scope.node.root, undefined, () => ({ extraAlertKinds })).findings.map(({ code }) => code);
    expect(codes()).toEqual(['schema-enum']);
    expect(codes(['ResourceSet'])).toEqual(['schema-enum']);
    expect(codes(['ResourceSet', 'FluxInstance'])).toEqual([]);
  });
});
