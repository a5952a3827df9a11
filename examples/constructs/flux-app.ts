import { ApiObject } from 'cdk8s';
import { Cluster, FluxApp, GitOpsApp } from 'cdk8s-flux';

const app = new GitOpsApp();
const home = new Cluster(app, 'home', { path: './clusters/home' });

const database = new FluxApp(home, 'database', {
  layer: 'infrastructure',
  namespace: 'data',
  createNamespace: true,
});
new ApiObject(database, 'settings', { apiVersion: 'v1', kind: 'ConfigMap', data: { size: 'small' } });

const shop = new FluxApp(home, 'shop', {
  layer: 'services',
  namespace: 'shop',
  createNamespace: true,
  dependsOn: [database],
  timeout: '5m',
});
new ApiObject(shop, 'settings', { apiVersion: 'v1', kind: 'ConfigMap', data: { colour: 'red' } });

app.synth();
