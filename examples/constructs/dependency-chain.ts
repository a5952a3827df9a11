import { ApiObject } from 'cdk8s';
import { Cluster, DependencyChain, FluxApp, GitOpsApp } from 'cdk8s-flux';

const app = new GitOpsApp();
const home = new Cluster(app, 'home', { path: './clusters/home' });

function part(id: string): FluxApp {
  const made = new FluxApp(home, id, { namespace: id, createNamespace: true });
  new ApiObject(made, 'settings', { apiVersion: 'v1', kind: 'ConfigMap', data: { part: id } });
  return made;
}

// First network, then database and cache in parallel, then shop.
new DependencyChain(home, 'platform', {
  stages: [part('network'), [part('database'), part('cache')], part('shop')],
});

app.synth();
