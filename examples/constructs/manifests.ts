import { JsonPatch } from 'cdk8s';
import { Cluster, FluxApp, GitOpsApp, Manifests } from 'cdk8s-flux';

const app = new GitOpsApp();
const home = new Cluster(app, 'home', { path: './clusters/home' });

const policies = new FluxApp(home, 'policies');
Manifests.fromFile(policies, 'limits', 'examples/constructs/limits.yaml', {
  patches: {
    'LimitRange/limits': [JsonPatch.replace('/spec/limits/0/defaultRequest/memory', '128Mi')],
  },
});

app.synth();
