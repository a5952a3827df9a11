import { readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { sideOfFolder } from './side-of-folder';
import { compareRepositories } from '../../lib/diff/compare-repositories';
import { ageRecipient } from '../sops/fixtures';
import { ProjectFolder } from './project-folder';

const folders: ProjectFolder[] = [];
afterAll(() => folders.forEach((folder) => folder.remove()));

interface FleetOptions {
  readonly output?: 'rendered' | 'shared';
  readonly clusters?: readonly string[];
  /** Values of some clusters, instead of `red`. */
  readonly colours?: Readonly<Record<string, string>>;
}

const NAMES = ['a', 'b', 'c', 'd', 'e'];

/** The code of a fleet with one deployment. */
function fleet({ output = 'shared', clusters = NAMES, colours = {} }: FleetOptions = {}): string {
  return `
app.node.tryRemoveChild('home');
const colours = ${JSON.stringify(colours)};
const names = ${JSON.stringify(clusters)};
const fleet = new Fleet(app, 'fleet', {
  output: '${output}',
  layout: 'flat',
  clusters: Object.fromEntries(names.map((name) => [name, { environment: 'production', region: name }])),
});
fleet.deploy('web', { namespace: 'web', createNamespace: true }, (cluster) => {
  configMap(cluster.app, 'settings', { colour: 'red', cluster: cluster.name });
  configMap(cluster.app, 'same', { a: 'b' });
});
fleet.deploy('plain', {}, (cluster) => configMap(cluster.app, 'plain', { colour: colours[cluster.name] ?? 'red' }) && undefined);
`;
}

function project(options?: FleetOptions): ProjectFolder {
  const folder = new ProjectFolder(fleet(options));
  folders.push(folder);
  expect(folder.synth()).toMatchObject({ status: 0 });
  return folder;
}

/** The files below the folders of the clusters and the shared one, by path. */
function published({ path }: ProjectFolder): Record<string, string> {
  const tops = ['apps', 'clusters', 'shared'];
  const all = readdirSync(path, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  const paths = all.map((one) => join(one.parentPath, one.name).slice(path.length + 1));
  return Object.fromEntries(
    paths
      .filter((one) => tops.includes(one.split('/')[0] ?? ''))
      .map((one) => [one, readFileSync(join(path, one), 'utf8')]),
  );
}

function changedPaths(before: Record<string, string>, after: Record<string, string>): string[] {
  const paths = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...paths].filter((path) => before[path] !== after[path]).sort();
}

describe('a fleet that shares files', () => {
  it('is switched back and forth without a trace, and only spec.path changes in a cluster', () => {
    const folder = project({ output: 'rendered' });
    const [rendered, before] = [published(folder), sideOfFolder(folder.path, NAMES)];
    folder.setCode(fleet());
    expect(folder.synth()).toMatchObject({ status: 0 });
    const after = sideOfFolder(folder.path, NAMES);
    const changes = compareRepositories(before, after).clusters.flatMap((cluster) => cluster.changes);
    expect(changes.length).toBe(5);
    for (const { class: kind, fields } of changes) {
      expect(kind).toBe('source-changed');
      expect(fields.map(({ path }) => path)).toEqual(['spec.path']);
    }
    expect(Object.keys(published(folder)).filter((path) => path.endsWith('.cdk8s-flux.json'))).toEqual(
      expect.arrayContaining(['clusters/a/.cdk8s-flux.json', 'shared/web/.cdk8s-flux.json']),
    );
    expect(after.report.findings.filter(({ severity }) => severity !== 'info')).toEqual([]);
    folder.setCode(fleet({ output: 'rendered' }));
    expect(folder.synth()).toMatchObject({ status: 0 });
    expect(published(folder)).toEqual(rendered);
  });

  it('keeps a file that was edited by hand when the layout is switched, and reports it', () => {
    const folder = project();
    const path = 'apps/a/web/kustomization.yaml';
    folder.write(path, `${folder.read(path)}# by hand\n`);
    folder.setCode(fleet({ output: 'rendered' }));
    expect(folder.synth().stderr).toContain(`file-edited`);
    expect(folder.read(path)).toContain('# by hand');
  });

  it('changes three files for one setting of one cluster, and none if nothing changed', () => {
    const folder = project();
    const before = published(folder);
    folder.setCode(fleet({ colours: { d: 'blue' } }));
    expect(folder.synth().status).toBe(0);
    expect(changedPaths(before, published(folder))).toEqual([
      'apps/d/plain/kustomization.yaml',
      'clusters/d/.cdk8s-flux.json',
      'clusters/d/shared/kustomization.yaml',
    ]);
    expect(folder.synth().stderr).toContain('up to date');
  });

  it('changes nothing in other clusters if a setting shifts the majority', () => {
    const folder = project({ colours: { a: 'blue', b: 'blue' } });
    const before = sideOfFolder(folder.path, NAMES);
    folder.setCode(fleet({ colours: { a: 'blue', b: 'blue', c: 'blue' } }));
    expect(folder.synth().status).toBe(0);
    expect(folder.read('shared/plain/base/plain.yaml')).toContain('colour: blue');
    const { clusters } = compareRepositories(before, sideOfFolder(folder.path, NAMES));
    const changed = clusters.map(({ name, changes }) => [
      name,
      changes.filter((change) => change.fields.every(({ path }) => path !== 'spec.path')).length,
    ]);
    expect(changed).toEqual([
      ['a', 0],
      ['b', 0],
      ['c', 1],
      ['d', 0],
      ['e', 0],
    ]);
  });

  it('writes one cluster separately only while the shared files are as the code generates them', () => {
    const folder = project();
    const before = published(folder);
    const only = { CDK8S_FLUX_SYNTH: JSON.stringify({ check: false, overwrite: false, cluster: 'd' }) };
    folder.setCode(fleet({ colours: { d: 'blue', e: 'blue' } }));
    expect(folder.synth(only)).toMatchObject({ status: 0 });
    expect(
      changedPaths(before, published(folder)).every((path) => /^(?:apps|clusters)\/d\//.test(path)),
    ).toBe(true);
    folder.setCode(fleet({ colours: { a: 'blue', d: 'blue', e: 'blue' } }));
    const { status, stderr } = folder.synth(only);
    expect(status).toBe(1);
    expect(stderr).toContain('shared-out-of-date');
    expect(stderr).toContain('"shared/plain/base/plain.yaml"');
  });

  it('writes one cluster alone in the rendered layout, and leaves the others as they are', () => {
    const folder = project();
    const before = published(folder);
    const only = { CDK8S_FLUX_SYNTH: JSON.stringify({ check: false, overwrite: false, cluster: 'd' }) };
    folder.setCode(fleet({ output: 'rendered' }));
    const { status, stderr } = folder.synth(only);
    expect(status).toBe(0);
    expect(stderr).not.toContain('warning');
    const changed = changedPaths(before, published(folder));
    expect(changed).toContain('apps/d/web/settings.yaml');
    expect(changed.filter((path) => !/^(?:apps|clusters)\/d\//.test(path))).toEqual([]);
  });

  it('changes no shared file while a cluster that the code no longer creates refers to it', () => {
    const folder = project({ colours: { a: 'blue', b: 'blue' } });
    const before = published(folder);
    const fewer = { clusters: ['a', 'b', 'c', 'd'], colours: { a: 'blue', b: 'blue' } };
    for (const output of ['shared', 'rendered'] as const) {
      folder.setCode(fleet({ ...fewer, output }));
      const { status, stderr } = folder.synth();
      expect(status).toBe(1);
      expect(stderr).toContain('error: shared-cluster-left at clusters/e\n');
      expect(stderr).toContain('git rm -r clusters/e apps/e/web');
      expect(published(folder)).toEqual(before);
    }
    folder.setCode(fleet({ output: 'rendered', colours: { a: 'blue', b: 'blue' } }));
    expect(folder.synth().status).toBe(0);
    folder.setCode(fleet(fewer));
    const { status, stderr } = folder.synth();
    expect(status).toBe(0);
    expect(stderr).toContain('warning: cluster-files-left at clusters/e\n');
  });

  it('has no kustomization.yaml beside encrypted Secrets, if nobody else may put manifests there', () => {
    const secrets = `
const { SopsSecret, SecretValue } = require(${JSON.stringify(join(__dirname, '..', '..', 'lib', 'index.ts'))});
fleet.deploy('keys', { namespace: 'web' }, (cluster) => {
  new SopsSecret(cluster.app, 'token', {
    recipients: { age: '${ageRecipient('age-1')}' },
    values: { value: SecretValue.env('TOKEN') },
  });
});`;
    const folder = new ProjectFolder(`${fleet({ output: 'rendered' })}${secrets}`);
    folders.push(folder);
    const env = { CDK8S_OUTDIR: 'dist/manifests', TOKEN: 'some value' };
    expect(folder.synth(env)).toMatchObject({ status: 0 });
    const [before, secret] = [sideOfFolder(folder.path, NAMES), folder.read('apps/a/keys/token.yaml')];
    folder.write('apps/a/keys/mine.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: mine\n');
    folder.setCode(`${fleet()}${secrets}`);
    const refused = folder.synth();
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain('error: files-taken-in at ');
    expect(refused.stderr).toContain('"apps/a/keys/mine.yaml"');
    expect(folder.read('apps/a/keys/kustomization.yaml')).toContain('- token.yaml');
    rmSync(join(folder.path, 'apps/a/keys/mine.yaml'));
    folder.write('apps/b/keys/.sops.yaml', 'creation_rules: []\n');
    folder.write('apps/b/keys/.sourceignore', 'notes.yaml\n');
    folder.write('apps/b/keys/notes.yaml', 'a: b\n');
    expect(folder.synth()).toMatchObject({ status: 0 });
    expect(folder.files('apps/a/keys')).toEqual(['apps/a/keys/token.yaml']);
    expect(folder.read('apps/a/keys/token.yaml')).toBe(secret);
    const after = sideOfFolder(folder.path, NAMES);
    const changes = compareRepositories(before, after).clusters.flatMap((cluster) => cluster.changes);
    const fields = changes.flatMap((change) => change.fields.map(({ path }) => path));
    expect([...new Set(fields)]).toEqual(['spec.path']);
    expect(after.report.findings.filter(({ severity }) => severity !== 'info')).toEqual([]);
    folder.write('apps/b/keys/Kustomization', 'resources: []\n');
    expect(folder.synth().stderr).toContain('Flux would apply "apps/b/keys/Kustomization"');
    rmSync(join(folder.path, 'apps/b/keys/Kustomization'));
    folder.write('apps/b/keys/mine.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: mine\n');
    expect(folder.synth().stderr).toContain('files-taken-in');
    folder.setCode(`${fleet({ output: 'rendered' })}${secrets}`);
    expect(folder.synth().stderr).toContain('files-left-out');
    rmSync(join(folder.path, 'apps/b/keys/mine.yaml'));
    expect(folder.synth()).toMatchObject({ status: 0 });
    expect(folder.read('apps/a/keys/kustomization.yaml')).toContain('- token.yaml');
  });

  it('shares a directory with kustomize fields as a whole', () => {
    const based = `
const base = new ManifestDirectory(app, 'base', { path: './base/web', namespace: 'default' });
configMap(base, 'common', { a: 'b' });
fleet.deploy('based', { kustomize: { resources: [base], namePrefix: 'x-' } }, (cluster) => {
  configMap(cluster.app, 'own', { colour: colours[cluster.name] ?? 'red' });
});`;
    const folder = new ProjectFolder(`${fleet({ output: 'rendered', colours: { e: 'blue' } })}${based}`);
    folders.push(folder);
    expect(folder.synth()).toMatchObject({ status: 0 });
    const before = sideOfFolder(folder.path, NAMES);
    folder.setCode(`${fleet({ colours: { e: 'blue' } })}${based}`);
    expect(folder.synth()).toMatchObject({ status: 0 });
    expect(folder.read('shared/based/base/kustomization.yaml')).toContain('- ../../../base/web\n');
    expect(folder.files('apps').filter((path) => path.includes('/based/'))).toEqual([
      'apps/e/based/kustomization.yaml',
      'apps/e/based/own.yaml',
    ]);
    const after = sideOfFolder(folder.path, NAMES);
    const changes = compareRepositories(before, after).clusters.flatMap((cluster) => cluster.changes);
    const fields = changes.flatMap((change) => change.fields.map(({ path }) => path));
    expect([...new Set(fields)]).toEqual(['spec.path']);
    expect(after.report.findings.filter(({ severity }) => severity !== 'info')).toEqual([]);
  });

  it('fails on a shared folder that a cluster would apply', () => {
    const folder = new ProjectFolder(
      fleet().replace("layout: 'flat'", "layout: 'flat', sharedFolder: './clusters/a/x'"),
    );
    folders.push(folder);
    const { status, stderr } = folder.synth();
    expect(status).toBe(1);
    expect(stderr).toContain('sharedFolder: the shared folder "clusters/a/x" and "clusters/a"');
  });
});
