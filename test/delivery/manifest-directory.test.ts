import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import {
  Cluster,
  FluxApp,
  GitOpsApp,
  HelmRepository,
  Kustomization,
  GitRepository,
  ManifestDirectory,
  Manifests,
  Variable,
  setFile,
} from '../../lib';
import { sopsRulesFile } from '../../lib/app/sops-rules';
import { publishedFolders } from '../../lib/app/published-folders';
import { findProject } from '../../lib/config/project';
import { planApp, clustersOf } from '../../lib/plan/plan';
import { planClusters } from '../../lib/plan/scratch';
import { synthFiles } from '../../lib/testing';
import { someApp } from './home-cluster';

const AGE = 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p';

const config = (scope: Construct, id: string): ApiObject =>
  new ApiObject(scope, id, { apiVersion: 'v1', kind: 'ConfigMap', data: { id } });

/** A base with one file. */
function base(app: GitOpsApp, path = './apps/base/web'): ManifestDirectory {
  const directory = new ManifestDirectory(app, 'web', { path, namespace: 'web' });
  config(directory, 'settings');
  return directory;
}

describe('a ManifestDirectory', () => {
  it('is a directory with a kustomization.yaml, which nothing applies by itself', () => {
    const app = new GitOpsApp();
    base(app);
    expect(synthFiles(app)).toEqual({
      'apps/base/web/kustomization.yaml':
        'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n  - settings.yaml\n',
      'apps/base/web/settings.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  namespace: web\ndata:\n  id: settings\n',
    });
  });

  it('is an overlay of another one, with patches as data or as text', () => {
    const app = new GitOpsApp();
    const web = base(app);
    new ManifestDirectory(app, 'production', {
      path: './apps/production',
      kustomize: {
        resources: [web, 'https://example.com/remote?ref=v1'],
        namePrefix: 'prod-',
        patches: [
          { patch: [{ op: 'add', path: '/data/a', value: 'b' }], target: { kind: 'ConfigMap' } },
          { path: 'patch.yaml' },
        ],
        others: { sortOptions: { order: 'fifo' } },
      },
    });
    expect(synthFiles(app)['apps/production/kustomization.yaml'])
      .toBe(`apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namePrefix: prod-
resources:
  - ../base/web
  - https://example.com/remote?ref=v1
patches:
  - patch: |
      - op: add
        path: /data/a
        value: b
    target:
      kind: ConfigMap
  - path: patch.yaml
sortOptions:
  order: fifo
`);
  });

  it('is the base of a FluxApp, which applies nothing else', () => {
    const app = new GitOpsApp();
    const home = new Cluster(app, 'home', { path: './clusters/home' });
    new FluxApp(home, 'web', {
      kustomize: { resources: [base(app)], images: [{ name: 'web', newTag: '2' }] },
    });
    const files = synthFiles(app);
    expect(files['apps/home/web/kustomization.yaml']).toContain('resources:\n  - ../../base/web\n');
    expect(files['apps/home/web/kustomization.yaml']).toContain('images:\n  - name: web\n    newTag: "2"\n');
    expect(files['clusters/home/web.yaml']).toContain('path: ./apps/home/web\n');
    expect(files['clusters/home/web.yaml']).not.toContain('kustomize:');
  });

  it('is published to its path, belongs to no cluster, and may be shared', () => {
    const app = new GitOpsApp();
    const web = base(app, './infrastructure/web');
    for (const id of ['a', 'b']) {
      new Kustomization(new Cluster(app, id, { path: `./clusters/${id}`, sops: { age: AGE } }), 'web', {
        path: `./${web.directory}`,
        sourceRef: GitRepository.fromName('flux-system'),
        interval: '1h',
        prune: true,
      });
    }
    const plan = planApp(app);
    expect(plan.findings).toEqual([]);
    expect(publishedFolders(findProject('/'), plan.directories).folders).toContain('infrastructure/web');
    expect([...clustersOf(plan).keys()]).toEqual(['clusters/a', 'clusters/b']);
    expect(planClusters(plan.directories, plan.tree).map(({ name }) => name)).toHaveLength(3);
    const rules = sopsRulesFile(plan, 'cluster-resources')?.bytes.toString('utf8');
    expect(rules).toContain('path_regex: ^clusters/');
    expect(rules).not.toContain('infrastructure');
  });

  it('leaves variables unchanged in files that are written for Flux', () => {
    const app = new GitOpsApp();
    const directory = new ManifestDirectory(app, 'web', { path: './apps/web' });
    const file = 'test/fixtures/manifests/variables.yaml';
    Manifests.fromFile(directory, 'variables', file, { substitute: true });
    new ApiObject(directory, 'limits', {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      spec: { replicas: Variable.number('replicas'), text: '$HOME and ${HOME}' },
    });
    const plan = planApp(app);
    const textOf = (name: string): string => plan.tree.get(`apps/web/${name}.yaml`)?.bytes.toString() ?? '';
    expect(textOf('variables')).toContain('${domain}');
    expect(textOf('limits')).toContain('replicas: ${replicas}\n  text: $HOME and ${HOME}\n');
    expect(plan.findings.map(({ message }) => message).filter((text) => text.includes('replicas'))).toEqual(
      [],
    );
  });

  it('fails if it is empty, at the root, or in the path of a cluster', () => {
    const app = new GitOpsApp();
    new Cluster(app, 'home', { path: './clusters/home' });
    new ManifestDirectory(app, 'empty', { path: './empty' });
    config(new ManifestDirectory(app, 'root', { path: '.' }), 'a');
    base(app, './clusters/home/web');
    expect(() => synthFiles(app)).toThrow(/flux-app-empty at empty/);
    expect(() => synthFiles(app)).toThrow(/path-invalid at root/);
    expect(() => synthFiles(app)).toThrow(
      /directory-in-entry-path at web[^\n]*\n[^\n]*"clusters\/home\/web" is inside "clusters\/home"/,
    );
  });

  it('fails as a dependency, because nothing applies it', () => {
    const app = new GitOpsApp();
    const home = new Cluster(app, 'home', { path: './clusters/home' });
    someApp(home, 'web').node.addDependency(base(app));
    expect(() => synthFiles(app)).toThrow(/dependency-not-applied[^\n]*\n[^\n]*Flux does not apply web/);
  });

  it('fails with a FluxApp in it, and with a Cluster as its base', () => {
    const app = new GitOpsApp();
    const home = new Cluster(app, 'home', { path: './clusters/home' });
    expect(() => new FluxApp(base(app), 'inner')).toThrow('cluster-missing');
    new ManifestDirectory(app, 'overlay', { path: './overlay', kustomize: { resources: [home] } });
    expect(() => synthFiles(app)).toThrow(
      /reference-kind at overlay[^\n]*\n[^\n]*kustomize.resources: got "home", which is not a directory/,
    );
  });
});

describe('a file that several constructs name', () => {
  it('contains the objects of all of them, in the order in which they were created', () => {
    const app = new GitOpsApp();
    const directory = new ManifestDirectory(app, 'web', { path: './web' });
    for (const id of ['zebra', 'ant']) setFile(config(directory, id), 'both.yaml');
    new HelmRepository(directory, 'repo', { url: 'https://example.com', file: 'both.yaml' });
    const files = synthFiles(app);
    expect(Object.keys(files)).toEqual(['web/both.yaml', 'web/kustomization.yaml']);
    expect(
      [...(files['web/both.yaml'] ?? '').matchAll(/^ {2}name: (.*)$/gm)].map(([, name]) => name),
    ).toEqual(['zebra', 'ant', 'repo']);
  });

  it('may be the default file of another construct', () => {
    const app = new GitOpsApp();
    const directory = new ManifestDirectory(app, 'web', { path: './web' });
    config(directory, 'both');
    setFile(config(directory, 'other'), 'both.yaml');
    expect(synthFiles(app)['web/both.yaml']?.match(/^kind: ConfigMap$/gm)).toHaveLength(2);
  });
});

describe('two clusters with one id', () => {
  const fleet = (directory?: (scope: string) => string): GitOpsApp => {
    const app = new GitOpsApp();
    for (const scope of ['production', 'staging']) {
      const path = `./clusters/${scope}/eu`;
      someApp(new Cluster(new Construct(app, scope), 'eu', { path, directory: directory?.(scope) }), 'web');
    }
    return app;
  };

  it('fail once if they share the folder of their apps', () => {
    expect(() => synthFiles(fleet())).toThrow(
      /^error: cluster-id-shared at staging\/eu[^\n]* and production\/eu[^\n]*\n[^\n]*the id "eu"[^\n]*"clusters\/eu"\n[^\n]*"staging-eu"[^\n]*$/,
    );
  });

  it('may have separate folders', () => {
    expect(Object.keys(synthFiles(fleet((scope) => `apps/${scope}`)))).toHaveLength(6);
  });
});
