import { ApiObject } from 'cdk8s';
import { Fleet, FleetImages, GitOpsApp } from 'cdk8s-flux';

const app = new GitOpsApp();
const componentsExtra = ['image-reflector-controller', 'image-automation-controller'] as const;
const fleet = new Fleet(app, 'fleet', {
  clusters: {
    staging: {
      environment: 'staging',
      region: 'eu-central-1',
      bootstrap: { componentsExtra, readWriteKey: true },
    },
  },
  rings: [{ name: 'staging', select: { environment: 'staging' } }],
});

const images = new FleetImages(fleet, 'image-updates', {
  author: { name: 'Flux', email: 'flux@example.com' },
  images: {
    web: {
      image: 'ghcr.io/example/web',
      policies: { staging: { semver: { range: '1.x' } } },
      tag: '1.0.0',
    },
  },
});

fleet.deploy('web', {}, (cluster) => {
  new ApiObject(cluster.app, 'settings', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'web', namespace: 'default' },
    data: { image: images.in(cluster, 'web') },
  });
});

app.synth();
