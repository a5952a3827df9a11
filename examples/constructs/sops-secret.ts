import { Cluster, FluxApp, GitOpsApp, SecretValue, SopsSecret } from 'cdk8s-flux';

const app = new GitOpsApp();
const home = new Cluster(app, 'home', {
  path: './clusters/home',
  sops: { age: 'age1rwkjhxsp5m0tx0sp98xgt4jrpzadluycsp6qhwf74jpawfhnapvsqlzjjf' },
});

const shop = new FluxApp(home, 'shop', { namespace: 'shop', createNamespace: true });
new SopsSecret(shop, 'database', {
  values: { USER: SecretValue.env('SHOP_DATABASE_USER'), PASSWORD: SecretValue.generate({ length: 40 }) },
  labels: { app: 'shop' },
});

app.synth();
