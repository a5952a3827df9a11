import {
  Cluster,
  FluxApp,
  GitOpsApp,
  GitRepository,
  ImageUpdateAutomation,
  SecretValue,
  SigningKey,
} from 'cdk8s-flux';

const app = new GitOpsApp();
const home = new Cluster(app, 'home', {
  path: './cluster-resources/flux',
  sops: { age: 'age1rwkjhxsp5m0tx0sp98xgt4jrpzadluycsp6qhwf74jpawfhnapvsqlzjjf' },
});
const images = new FluxApp(home, 'images');

new ImageUpdateAutomation(images, 'updates', {
  interval: '10m',
  sourceRef: GitRepository.fromName('flux-system'),
  git: {
    checkout: { ref: { branch: 'main' } },
    commit: {
      author: { name: 'Flux', email: 'flux@example.com' },
      messageTemplate: '{{ range .Changed.Changes }}{{ .OldValue }} -> {{ .NewValue }}{{ end }}',
      signingKey: {
        secretRef: new SigningKey(images, 'signing-key', { gpg: { key: SecretValue.env('GPG_KEY') } }),
      },
    },
    push: { branch: 'image-updates' },
  },
  update: { path: './apps', strategy: 'Setters' },
});

app.synth();
