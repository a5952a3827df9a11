import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ProjectFolder } from '../app/project-folder';
import { build } from '../tools/built';

const CLUSTERS = ['eu-central-1', 'eu-west-1', 'europe-west1'];
const PINS = 'version: 1\npins:\n  nginx:\n    staging: 4.13.3\n    production: 4.13.2\n';
const CONFIG = 'version: 1\nsopsRules: true\npictures:\n  - file: docs/fleet.mmd\n';

/** A fleet in which two deployments create the contents of each cluster; and a cluster outside the fleet. */
const code = (replicas = '2'): string => `
const fleet = new Fleet(app, 'fleet', {
  defaults: { sops: { age: 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p' } },
  clusters: {
    'eu-central-1': { environment: 'staging', region: 'eu-central-1' },
    'eu-west-1': { environment: 'production', region: 'eu-west-1' },
    'europe-west1': { environment: 'production', region: 'europe-west1' },
  },
  rings: ['staging', 'production'].map((name) => ({ name, select: { environment: name } })),
});
const nginx = fleet.pin('nginx');
const ingress = fleet.deploy('ingress', { layer: 'infrastructure', namespace: 'ingress', createNamespace: true }, (cluster) => {
  configMap(cluster.app, 'ingress', { version: nginx.in(cluster) });
});
fleet.deploy('shop', { dependsOn: [ingress] }, (cluster) => {
  const shop = new FluxApp(cluster.construct, 'my-shop');
  configMap(shop, 'shop', { replicas: cluster.name === 'eu-west-1' ? '${replicas}' : '2' });
  return shop;
});
configMap(home, 'home', {});
`;

const folders: ProjectFolder[] = [];

function project(): ProjectFolder {
  const folder = new ProjectFolder(code(), { 'pins.yaml': PINS });
  folders.push(folder);
  return folder;
}

const only = (cluster: string, more: object = {}) => ({
  CDK8S_OUTDIR: 'dist/manifests',
  CDK8S_FLUX_SYNTH: JSON.stringify({ check: false, overwrite: false, cluster, ...more }),
});

/** The published files by path, including records. */
function published(folder: ProjectFolder): Record<string, string> {
  const paths = folder.files('.').filter((path) => !/^(dist|app\.js|cdk8s|pins\.yaml)/.test(path));
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(folder.path, path), 'utf8')]));
}

beforeAll(build, 120_000);
afterAll(() => folders.forEach((folder) => folder.remove()));

describe('a fleet that is published cluster by cluster', () => {
  it('results in the same files as one run, including the file that describes the fleet', () => {
    const whole = project();
    expect(whole.synth().stderr).toContain('written');
    const parts = project();
    for (const cluster of [...CLUSTERS, 'home']) expect(parts.synth(only(cluster)).status).toBe(0);
    expect(published(parts)).toEqual(published(whole));
    expect(Object.keys(published(whole))).toEqual(
      expect.arrayContaining(['cluster-resources/fleet.json', 'clusters/production/eu-west-1/my-shop.yaml']),
    );
    for (const cluster of CLUSTERS)
      expect(whole.synth(only(cluster, { check: true })).stderr).toContain('up to date');
  });

  it('keeps the pictures and .sops.yaml of the whole', () => {
    const folder = project();
    folder.write('cdk8s-flux.yaml', CONFIG);
    folder.synth();
    const before = published(folder);
    expect(Object.keys(before)).toEqual(expect.arrayContaining(['.sops.yaml', 'docs/fleet.mmd']));
    for (const cluster of CLUSTERS) folder.synth(only(cluster));
    expect(published(folder)).toEqual(before);
    expect(folder.synth().stderr).toContain('up to date');
  });

  it('changes only the files of a cluster if the code changes only for it', () => {
    const folder = project();
    folder.synth();
    const before = published(folder);
    folder.setCode(code('6'));
    expect(folder.synth().stderr).toContain('2 files written, 0 removed');
    const after = published(folder);
    expect(Object.keys(after).filter((path) => after[path] !== before[path])).toEqual([
      'apps/production/eu-west-1/my-shop/.cdk8s-flux.json',
      'apps/production/eu-west-1/my-shop/shop.yaml',
    ]);
  });

  it('removes the file that describes the fleet with the fleet', () => {
    const folder = project();
    folder.synth();
    folder.setCode("configMap(home, 'home', {});");
    folder.synth();
    expect(Object.keys(published(folder))).not.toContain('cluster-resources/fleet.json');
  });
});
