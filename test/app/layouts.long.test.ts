import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ProjectFolder } from './project-folder';

const folders: ProjectFolder[] = [];

/** The code of a cluster with one app for each name. */
function cluster(id: string, path: string, apps: readonly string[], more = ''): string {
  const made = apps.map(
    (name) =>
      `configMap(new FluxApp(cluster, '${name}', { targetNamespace: '${name}' }), 'settings', { a: 'b' });`,
  );
  return `{ const cluster = new Cluster(app, '${id}', { path: '${path}', ${more} }); ${made.join(' ')} }`;
}

function project(code: string, files?: Record<string, string>): ProjectFolder {
  const folder = new ProjectFolder(withoutHome(code), files);
  folders.push(folder);
  return folder;
}

function withoutHome(code: string): string {
  return `app.node.tryRemoveChild('home');\n${code}`;
}

afterAll(() => folders.forEach((folder) => folder.remove()));

describe('a cluster in clusters/', () => {
  const foreign = {
    'clusters/notes.yaml': 'by: hand\n',
    'clusters/other/gone.yaml': 'by: hand\n',
    'apps/base/web.yaml': 'by: hand\n',
  };

  it('publishes its entry path and its apps without a message', () => {
    const folder = project(cluster('home', './clusters/home', ['web', 'api']), foreign);
    const { status, stderr } = folder.synth();
    expect(stderr).toContain(
      'cdk8s-flux: apps/home, clusters/home: 8 files written, 0 removed, 0 unchanged\n',
    );
    expect(status).toBe(0);
    expect(folder.read('clusters/home/web.yaml')).toContain('path: ./apps/home/web');
    expect(existsSync(join(folder.path, 'cluster-resources'))).toBe(false);
    expect(folder.synth().stderr).toContain('apps/home, clusters/home are up to date');
  });

  it('removes an app that the code no longer creates, and nothing beside its folders, whatever a record lists', () => {
    const folder = project(cluster('home', './clusters/home', ['web', 'api']), foreign);
    folder.synth();
    const forged = folder
      .read('apps/home/api/.cdk8s-flux.json')
      .replace('"files": {', `"files": {\n    "clusters/other/gone.yaml": "${'0'.repeat(64)}",`);
    folder.write('clusters/.cdk8s-flux.json', forged);
    folder.write('apps/.cdk8s-flux.json', forged);
    folder.setCode(withoutHome(cluster('home', './clusters/home', ['web'])));
    expect(folder.synth().status).toBe(0);
    expect(folder.files('clusters')).toEqual([
      'clusters/.cdk8s-flux.json',
      'clusters/home/web.yaml',
      'clusters/notes.yaml',
      'clusters/other/gone.yaml',
    ]);
    expect(folder.files('apps').filter((path) => path.includes('api') || path.includes('base'))).toEqual([
      'apps/base/web.yaml',
    ]);
  });

  describe('a cluster that the code no longer creates', () => {
    const home = cluster('home', './clusters/home', ['web']);
    const both = `${home}\n${cluster('old', './clusters/old/eu', ['web'], "directory: 'apps/old'")}`;

    function removed(files?: Record<string, string>): ProjectFolder {
      const folder = project(both, files);
      folder.synth();
      folder.setCode(withoutHome(home));
      return folder;
    }

    it('keeps its files, and synth lists them', () => {
      const folder = removed();
      const { status, stderr } = folder.synth();
      expect(status).toBe(0);
      expect(stderr).toContain(`warning: cluster-files-left at clusters/old/eu
  "clusters/old/eu", "apps/old/web" have files of the cluster "old", which the code no longer creates; synth keeps them
  fix: if Flux does not need them: git rm -r clusters/old/eu apps/old/web\n`);
      expect(folder.read('clusters/old/eu/web.yaml')).toContain('path: ./apps/old/web');
      expect(folder.files('clusters/old')).toHaveLength(1);
    });

    it('may be accepted, or belong to another project of the repository', () => {
      const allow =
        'version: 1\nallow:\n  - code: cluster-files-left\n    file: clusters/old\n    reason: made elsewhere\n';
      for (const text of [allow, 'version: 1\noutput: clusters/home\n']) {
        const folder = removed();
        folder.write('cdk8s-flux.yaml', text);
        expect(folder.synth().stderr).not.toContain('cluster-files-left');
      }
    });

    it('loses its files if everything is published to one folder', () => {
      const folder = project(both, { 'cdk8s-flux.yaml': 'version: 1\noutput: .\n' });
      folder.synth();
      folder.setCode(withoutHome(home));
      expect(folder.synth().stderr).toContain('removed clusters/old/eu/web.yaml');
      expect(existsSync(join(folder.path, 'clusters/old'))).toBe(false);
    });
  });

  it('moves the apps with their directory, and names the remaining folder', () => {
    const folder = project(cluster('home', './clusters/home', ['web']));
    folder.synth();
    folder.setCode(withoutHome(cluster('home', './clusters/home', ['web'], "directory: 'deploy'")));
    const { status, stderr } = folder.synth();
    expect(status).toBe(0);
    expect(stderr).toMatch(/warning: record-entry-ignored[\s\S]*git rm -r apps\/home\/web/);
    expect(stderr).not.toContain('cluster-files-left');
    expect(folder.read('clusters/home/web.yaml')).toContain('path: ./deploy/web');
    expect(folder.files('apps')).toContain('apps/home/web/settings.yaml');
    expect(folder.synth().stderr).toContain('up to date');
  });

  it('lists pictures in a record at the root, and adopts the record of cluster-resources', () => {
    const config = 'version: 1\npictures:\n  - file: docs/order.mmd\n';
    const folder = project(cluster('home', './cluster-resources/flux', ['web']), {
      'cdk8s-flux.yaml': config,
    });
    folder.synth();
    expect(folder.read('cluster-resources/.cdk8s-flux.json')).toContain('docs/order.mmd');
    folder.setCode(withoutHome(cluster('home', './clusters/home', ['web', 'api'])));
    const { status, stderr } = folder.synth();
    expect(stderr).not.toContain('file-');
    expect(status).toBe(0);
    expect(folder.read('.cdk8s-flux.json')).toContain('docs/order.mmd');
    expect(folder.read('docs/order.mmd')).toContain('api');
    expect(folder.files('.').filter((path) => path.includes('cluster-resources'))).toEqual([]);
  });

  it('fails if cdk8s would empty one of its folders', () => {
    const folder = project(cluster('home', './clusters/home', ['web']));
    const { status, stderr } = folder.synth({ CDK8S_OUTDIR: 'apps' });
    expect(status).toBe(1);
    expect(stderr).toMatch(/scratch-folder-unsafe[\s\S]*apps\/home/);
  });
});

describe('a fleet', () => {
  it('publishes each region, also separately', () => {
    const regions = ['production/eu-west-1', 'production/us-east-1', 'staging/eu-central-1'];
    const code = regions
      .map((path) => cluster(path.replace('/', '-'), `./clusters/${path}`, ['web']))
      .join('\n');
    const shared =
      "configMap(new ManifestDirectory(app, 'shared', { path: './shared' }), 'all', { a: 'b' });";
    const folder = project(`${code}\n${shared}`);
    const one = { check: false, overwrite: false, cluster: 'production-us-east-1' };
    folder.synth({ CDK8S_OUTDIR: 'dist/manifests', CDK8S_FLUX_SYNTH: JSON.stringify(one) });
    expect(existsSync(join(folder.path, 'shared'))).toBe(false);
    expect(folder.files('clusters').some((path) => path.includes('eu-'))).toBe(false);
    const outcome = folder.synth();
    expect(outcome.stderr).toContain('7 folders: 11 files written');
    expect(folder.files('shared')).toHaveLength(3);
    expect(folder.files('clusters')).toContain('clusters/production-eu-west-1/web/settings.yaml');
    expect(folder.synth().stderr).toContain('7 folders are up to date');
  });
});
