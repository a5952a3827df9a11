import { ApiObject } from 'cdk8s';
import { Cluster, FluxApp, GitOpsApp, HelmChartRelease, ImageAutomation } from 'cdk8s-flux';
import { Deployment } from 'cdk8s-plus-28';

const app = new GitOpsApp();
const production = new Cluster(app, 'production', {
  path: './cluster-resources/flux',
  bootstrap: {
    repository: { github: { owner: 'myorg', repository: 'fleet-infra' } },
    componentsExtra: ['image-reflector-controller', 'image-automation-controller'],
    readWriteKey: true,
  },
});

// The automation that commits new tags to Git, once a minute.
const imageUpdates = new FluxApp(production, 'image-updates');
const images = new ImageAutomation(imageUpdates, 'fleet-image-updates', {
  interval: '1m',
  branch: 'main',
  author: { name: 'Flux CD Bot', email: 'fluxcdbot@myorg.com' },
  messageTemplate: `chore(image): update {{ range .Changed.Changes }}{{ .OldValue }} to {{ .NewValue }} {{ end }}

Automated image update by Flux CD image-automation-controller.
[skip ci]
`,
  push: { branch: 'main' },
});

// The registry is scanned every 5 minutes; only semantic versions from 1.0.0 on are used.
const paymentService = images.follow('payment-service', {
  image: 'ghcr.io/myorg/payment-service',
  secretRef: { name: 'ghcr-credentials' },
  policy: { semver: { range: '>=1.0.0' } },
});
const ledger = images.follow('ledger', {
  image: 'ghcr.io/myorg/ledger',
  secretRef: { name: 'ghcr-credentials' },
  policy: { semver: { range: '2.x' } },
});

// The whole image in one field, in a construct of cdk8s-plus.
const payments = new FluxApp(production, 'payments', { namespace: 'payment' });
new ApiObject(payments, 'namespace', {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'payment' },
});
new Deployment(payments, 'payment-service', {
  containers: [
    {
      name: 'payment-service',
      image: paymentService.image('ghcr.io/myorg/payment-service:1.3.2'),
      portNumber: 8080,
    },
  ],
});

// Name and tag in separate fields, in the values of a chart.
new HelmChartRelease(payments, 'ledger', {
  repository: 'oci://ghcr.io/myorg/charts',
  chart: 'ledger',
  version: '1.4.0',
  values: {
    image: {
      repository: ledger.image('ghcr.io/myorg/ledger', 'name'),
      tag: ledger.image('2.1.0', 'tag'),
    },
  },
});

app.synth();
