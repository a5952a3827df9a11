import { Cluster, FluxApp, GitOpsApp, OCIRepository } from 'cdk8s-flux';

const app = new GitOpsApp();
const home = new Cluster(app, 'home', { path: './cluster-resources/flux' });
const sources = new FluxApp(home, 'sources');

new OCIRepository(sources, 'podinfo', {
  url: 'oci://ghcr.io/stefanprodan/manifests/podinfo',
  interval: '10m',
  timeout: '90s',
  ref: { semver: '6.x', semverFilter: '^[0-9.]+$' },
  verify: {
    provider: 'cosign',
    matchOIDCIdentity: [
      {
        issuer: '^https://token.actions.githubusercontent.com$',
        subject: '^https://github.com/stefanprodan/podinfo.*$',
      },
    ],
  },
});

app.synth();
