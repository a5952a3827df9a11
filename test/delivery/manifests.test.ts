import { JsonPatch } from 'cdk8s';
import { join } from 'node:path';
import { Cluster, FluxApp, GitOpsApp, Manifests } from '../../lib';
import { snapshotOf, synthFiles } from '../../lib/testing';
import { homeCluster } from './home-cluster';

const FILE = join(__dirname, '..', 'fixtures', 'manifests', 'two.yaml');

describe('Manifests.fromFile', () => {
  it('reads objects unchanged from the file, and items of lists one by one', () => {
    const app = new FluxApp(homeCluster(), 'shop', { namespace: 'ignored' });
    const manifests = Manifests.fromFile(app, 'theirs', FILE);
    expect(manifests.objects.map((object) => `${object.kind}/${object.name}`)).toEqual([
      'ConfigMap/settings',
      'Namespace/shop',
      'ConfigMap/settings',
    ]);
    expect(snapshotOf(app)['theirs.yaml']).toMatchInlineSnapshot(`
"apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  namespace: shop
data:
  zeta: "1"
  alpha: null
---
apiVersion: v1
kind: Namespace
metadata:
  name: shop
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  namespace: other
"
`);
  });

  it('applies patches by kind and name', () => {
    const app = new FluxApp(homeCluster(), 'shop');
    Manifests.fromFile(app, 'theirs', FILE, {
      patches: { 'Namespace/shop': [JsonPatch.add('/metadata/labels', { team: 'shop' })] },
    });
    expect(snapshotOf(app)['theirs.yaml']).toContain('  name: shop\n  labels:\n    team: shop\n');
  });

  it('fails if a patch has no target, and names the objects', () => {
    const cluster = homeCluster();
    Manifests.fromFile(new FluxApp(cluster, 'shop'), 'theirs', FILE, { patches: { 'Secret/x': [] } });
    expect(() => synthFiles(cluster)).toThrow(
      /patch-target-missing at home\/shop\/theirs[\s\S]*Namespace\/shop/,
    );
  });

  it('fails if the file is not YAML, together with all other findings', () => {
    const cluster = homeCluster();
    Manifests.fromFile(
      new FluxApp(cluster, 'shop'),
      'theirs',
      join(__dirname, '..', 'fixtures', 'manifests', 'broken.yaml'),
    );
    expect(() => synthFiles(cluster)).toThrow(
      /yaml-invalid at home\/shop\/theirs and .*broken.yaml:4[\s\S]*flux-app-empty/,
    );
  });

  it('fails if there is no such file', () => {
    const cluster = homeCluster();
    Manifests.fromFile(new FluxApp(cluster, 'shop'), 'theirs', 'missing.yaml');
    expect(() => synthFiles(cluster)).toThrow(/file-unreadable at home\/shop\/theirs[\s\S]*"missing.yaml"/);
  });

  it('escapes text if Flux substitutes, unless the file is written for Flux', () => {
    const cluster = new Cluster(new GitOpsApp({ outdir: 'unused' }), 'home', {
      path: './cluster-resources/flux',
      variables: { domain: 'home.example' },
    });
    const app = new FluxApp(cluster, 'shop', { postBuild: { substitute: { region: 'eu' } } });
    const file = join(__dirname, '..', 'fixtures', 'manifests', 'variables.yaml');
    Manifests.fromFile(app, 'text', file, { patches: { 'ConfigMap/variables': [] } });
    expect(snapshotOf(app)['text.yaml']).toContain('  host: web.$${domain}\n  level: $${level:=info}\n');
    const other = new FluxApp(cluster, 'other', { targetNamespace: 'other' });
    Manifests.fromFile(other, 'flux', file, { substitute: true });
    const files = snapshotOf(other);
    expect(files['flux.yaml']).toContain('  host: web.${domain}\n  level: ${level:=info}\n');
    expect(files['cluster-resources/flux/other.yaml']).toContain(
      '    substitute:\n      domain: home.example\n      level: info\n',
    );
  });
});
