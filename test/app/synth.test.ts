import { statSync } from 'node:fs';
import { join } from 'node:path';
import { ProjectFolder } from './project-folder';

const ONE_APP = "configMap(new FluxApp(home, 'web', { layer: 'services' }), 'settings', { a: 'b' });";
const TWO_APPS = `${ONE_APP} configMap(new FluxApp(home, 'api', { targetNamespace: 'api' }), 'settings', { a: 'c' });`;

const folders: ProjectFolder[] = [];

function project(code: string, files?: Record<string, string>): ProjectFolder {
  const folder = new ProjectFolder(code, files);
  folders.push(folder);
  return folder;
}

afterAll(() => folders.forEach((folder) => folder.remove()));

describe('cdk8s synth', () => {
  it('publishes the repository, and shows cdk8s every object of a cluster in one file', () => {
    const folder = project(ONE_APP);
    const outcome = folder.cdk8s('synth');
    expect(outcome.stderr).toContain(
      'cdk8s-flux: cluster-resources: 4 files written, 0 removed, 0 unchanged\n',
    );
    expect(outcome.stdout).toContain('dist/manifests/home.k8s.yaml');
    expect(folder.files()).toEqual([
      'cluster-resources/flux/services/web.yaml',
      'cluster-resources/services/web/.cdk8s-flux.json',
      'cluster-resources/services/web/kustomization.yaml',
      'cluster-resources/services/web/settings.yaml',
    ]);
    expect(folder.read('dist/manifests/home.k8s.yaml').match(/^kind: .*/gm)).toEqual([
      'kind: Kustomization',
      'kind: ConfigMap',
    ]);
  });

  it('writes nothing when nothing changed', () => {
    const folder = project(TWO_APPS);
    folder.synth();
    const times = (): number[] => folder.files().map((path) => statSync(join(folder.path, path)).mtimeMs);
    const before = times();
    expect(folder.synth().stderr).toContain('up to date');
    expect(times()).toEqual(before);
  });

  it('leaves infos to check', () => {
    // Nothing creates the two namespaces, so they may be made elsewhere.
    const inNamespace = (name: string): string =>
      `new ApiObject(web, '${name}', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace: '${name}' } });`;
    const folder = project(
      `const web = new FluxApp(home, 'web'); ${inNamespace('one')} ${inNamespace('two')}`,
    );
    expect(folder.synth().stderr).not.toContain('namespace-missing');
  });

  it('removes what it wrote and no longer generates, and nothing else', () => {
    const theirs = {
      'cluster-resources/flux/flux-system/gotk-components.yaml': '# bootstrap\n---\nkind: X\n',
      'cluster-resources/flux/flux-system/gotk-sync.yaml': 'by: flux bootstrap\r\n',
      'cluster-resources/README.md': 'by hand\n',
      'cluster-resources/api/notes.txt': 'by hand\n',
    };
    const folder = project(TWO_APPS, theirs);
    folder.synth();
    folder.setCode(ONE_APP);
    expect(folder.synth().status).toBe(0);
    expect(folder.files().filter((path) => path.includes('api'))).toEqual([
      'cluster-resources/api/notes.txt',
    ]);
    for (const [path, content] of Object.entries(theirs)) expect(folder.read(path)).toBe(content);
  });

  it('prints with --stdout, and publishes nothing', () => {
    const folder = project(ONE_APP);
    expect(folder.cdk8s('synth', '--stdout').stdout).toContain('kind: ConfigMap');
    expect(() => folder.files()).toThrow();
  });

  it('publishes nothing to another --output', () => {
    const folder = project(ONE_APP);
    expect(folder.cdk8s('synth', '--output', 'elsewhere').status).toBe(0);
    expect(folder.read('elsewhere/home.k8s.yaml')).toContain('kind: ConfigMap');
    expect(() => folder.files()).toThrow();
  });

  it('publishes to another root and folder if the configuration sets them', () => {
    const code =
      "configMap(new FluxApp(new Cluster(app, 'other', { path: 'k8s/flux' }), 'web'), 'settings', {});";
    const folder = project(`app.node.tryRemoveChild('home'); ${code}`);
    folder.write('cdk8s-flux.yaml', 'version: 1\noutput: k8s\n');
    expect(folder.synth().stderr).toContain('cdk8s-flux: k8s: 4 files written');
    expect(folder.files('k8s')).toContain('k8s/web/settings.yaml');
  });

  it('is the same in every time zone and locale, and for every order of independent charts', () => {
    const folder = project(TWO_APPS);
    folder.synth();
    const content = (): string[] => folder.files().map((path) => folder.read(path));
    const before = content();
    folder.setCode(TWO_APPS.split('; ').reverse().join(';'));
    const outcome = folder.synth({
      CDK8S_OUTDIR: 'dist/manifests',
      TZ: 'Pacific/Kiritimati',
      LC_ALL: 'tr_TR.UTF-8',
    });
    expect(outcome.stderr).toContain('up to date');
    expect(content()).toEqual(before);
  });

  it('shows charts outside Clusters to cdk8s, and reports that they are not published', () => {
    const folder = project(`${ONE_APP} configMap(new Chart(app, 'stray'), 'map', {});`);
    const outcome = folder.synth();
    expect(outcome.status).toBe(0);
    expect(outcome.stderr).toContain('warning: chart-outside-cluster at stray');
    expect(folder.read('dist/manifests/stray.k8s.yaml')).toContain('kind: ConfigMap');
  });

  it('fails with all errors before a byte is written', () => {
    const folder = project(
      `${ONE_APP} new FluxApp(home, 'empty'); const a = new FluxApp(home, 'a'); a.node.addDependency(a);`,
    );
    const outcome = folder.synth();
    expect(outcome.status).toBe(1);
    expect(outcome.stderr).toContain('flux-app-empty at home/empty');
    expect(outcome.stderr).toContain('dependency-on-itself at home/a');
    expect(() => folder.files()).toThrow();
  });

  it('fails on a file that was edited by hand, and keeps it', () => {
    const folder = project(TWO_APPS);
    folder.synth();
    folder.write('cluster-resources/api/settings.yaml', 'edited: true\n');
    const outcome = folder.synth();
    expect(outcome.status).toBe(1);
    expect(outcome.stderr).toContain('file-edited');
    expect(folder.read('cluster-resources/api/settings.yaml')).toBe('edited: true\n');
  });

  it('fails if the output of cdk8s is the published folder, with the command that restores it', () => {
    const folder = project(ONE_APP);
    for (const outdir of ['cluster-resources', '.', 'cluster-resources/sub']) {
      const outcome = folder.synth({ CDK8S_OUTDIR: outdir });
      expect(outcome.status).toBe(1);
      expect(outcome.stderr).toContain('git restore');
    }
  });

  it('fails if an entry path is outside the configured folder', () => {
    const folder = project(
      "configMap(new FluxApp(new Cluster(app, 'x', { path: 'elsewhere/flux' }), 'a'), 'b', {});",
      { 'cdk8s-flux.yaml': 'version: 1\noutput: cluster-resources\n' },
    );
    const outcome = folder.synth();
    expect(outcome.status).toBe(1);
    expect(outcome.stderr).toMatch(
      /owner-outside-output[\s\S]*elsewhere[\s\S]*remove "output" from cdk8s-flux.yaml/,
    );
  });

  it('fails by throwing in a run that does not publish', () => {
    const outcome = project("new FluxApp(home, 'empty');").synth({});
    expect(outcome.status).toBe(1);
    expect(outcome.stderr).toMatch(/^error: flux-app-empty at home\/empty \(app\.js:\d+\)\n/);
  });
});

describe('a tag that Flux’s image automation wrote', () => {
  const code = (tag: string): string => `
    const { ImagePolicy } = require(${JSON.stringify(join(__dirname, '..', '..', 'lib', 'index.ts'))});
    const web = new FluxApp(home, 'web');
    const policy = new ImagePolicy(web, 'policy', { name: 'web', imageRepositoryRef: { name: 'web' }, policy: { semver: { range: '1.x' } } });
    configMap(web, 'settings', { image: policy.image('example.com/web:${tag}') });`;
  const FILE = 'cluster-resources/web/settings.yaml';

  it('survives the next synth, until the value in the code changes', () => {
    const folder = project(code('1.0.0'));
    folder.synth();
    folder.write(FILE, folder.read(FILE).replace('web:1.0.0', 'web:1.4.2'));
    expect(folder.synth().stderr).toContain('up to date');
    expect(folder.read(FILE)).toContain(
      'image: example.com/web:1.4.2 # {"$imagepolicy": "flux-system:web"}\n',
    );
    folder.setCode(code('2.0.0'));
    expect(folder.synth().status).toBe(0);
    expect(folder.read(FILE)).toContain(
      'image: example.com/web:2.0.0 # {"$imagepolicy": "flux-system:web"}\n',
    );
  });
});

describe('cdk8s-flux synth', () => {
  const ask = (wishes: object): Record<string, string> => ({
    CDK8S_OUTDIR: 'dist/manifests',
    CDK8S_FLUX_SYNTH: JSON.stringify({ check: false, overwrite: false, ...wishes }),
  });

  it('--check reports what would change, and changes nothing', () => {
    const folder = project(ONE_APP);
    const outcome = folder.synth(ask({ check: true }));
    expect(outcome.status).toBe(1);
    expect(outcome.stderr).toContain('would write cluster-resources/services/web/settings.yaml');
    expect(() => folder.files()).toThrow();
    folder.synth();
    expect(folder.synth(ask({ check: true })).status).toBe(0);
  });

  it('--overwrite replaces hand edits', () => {
    const folder = project(ONE_APP);
    folder.synth();
    folder.write('cluster-resources/services/web/settings.yaml', 'edited: true\n');
    expect(folder.synth(ask({ overwrite: true })).status).toBe(0);
    expect(folder.read('cluster-resources/services/web/settings.yaml')).toContain('kind: ConfigMap');
  });

  it.each([
    [
      'a folder in the place of a file',
      'cluster-resources/services/web/settings.yaml/mine.txt',
      'path-blocked',
    ],
    ['a file in the place of the output', 'cluster-resources', 'path-blocked'],
  ])('fails on %s, and says last that nothing was published', (_, path, code) => {
    const folder = project(ONE_APP);
    folder.write(path, 'mine');
    const { status, stderr } = folder.synth();
    expect(status).toBe(1);
    expect(stderr).toContain(`${code} at `);
    expect(stderr).toMatch(/\ncdk8s-flux: nothing was published\n[^]*cdk8s-flux: 1 error\n$/);
    expect(stderr).not.toContain('up to date');
    const checked = folder.synth(ask({ check: true }));
    expect([checked.status, checked.stderr]).toEqual([1, expect.not.stringContaining('would write')]);
    expect(folder.read(path)).toBe('mine');
  });

  it('--cluster publishes one cluster, and never removes files of others', () => {
    const code = `${ONE_APP} const work = new Cluster(app, 'work', { path: './cluster-resources/work/flux' });
      configMap(new FluxApp(work, 'web'), 'settings', {});`;
    const folder = project(code);
    folder.synth(ask({ cluster: 'work' }));
    expect(folder.files().every((path) => path.startsWith('cluster-resources/work/'))).toBe(true);
    folder.synth();
    const all = folder.files();
    folder.synth(ask({ cluster: 'home' }));
    expect(folder.files()).toEqual(all);
    const unknown = folder.synth(ask({ cluster: 'wrok' }));
    expect(unknown.status).toBe(2);
    expect(unknown.stderr).toMatch(/cluster-unknown[\s\S]*"home", "work"/);
  });

  it('--cluster with a name that a fleet does not have is the only finding', () => {
    const fleet = `const fleet = new Fleet(app, 'fleet', { clusters: { one: { environment: 'staging', region: 'eu' } } });
      fleet.deploy('shop', {}, ({ app }) => void configMap(app, 'settings', {}));
      configMap(home, 'home', {});`;
    const { status, stderr } = project(fleet).synth(ask({ cluster: 'two' }));
    expect(status).toBe(2);
    expect(stderr.match(/^error: .*$/gm)).toEqual(['error: cluster-unknown']);
    expect(stderr).toContain('use one of "home", "one"');
  });
});
