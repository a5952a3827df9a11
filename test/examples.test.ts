import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { hasTool, itWith } from './tools/find-tool';
import { TreeFile, type ManifestObject } from '../lib/tree';

const ROOT = join(__dirname, '..');
const EXAMPLES = join(ROOT, 'examples');
const KUBECTL = hasTool('kubectl', 'version', '--client');
// The fleet, which publishes to other folders, has its own test.
const names = readdirSync(EXAMPLES).filter((name) => existsSync(join(EXAMPLES, name, 'cluster-resources')));

beforeAll(() => {
  execFileSync(process.execPath, [join(ROOT, 'scripts', 'build.mjs')], { cwd: ROOT });
}, 120_000);

/** The files that an example publishes, except our records, by path. */
function published(name: string): Map<string, TreeFile> {
  const folder = join(EXAMPLES, name);
  const paths = readdirSync(join(folder, 'cluster-resources'), { recursive: true, encoding: 'utf8' })
    .map((path) => `cluster-resources/${path}`)
    .filter((path) => path.endsWith('.yaml') && statSync(join(folder, path)).isFile());
  return new Map(paths.map((path) => [path, TreeFile.fromBytes(path, readFileSync(join(folder, path)))]));
}

interface Kustomization extends ManifestObject {
  readonly spec: {
    readonly path: string;
    readonly dependsOn?: readonly { readonly name: string; readonly namespace?: string }[];
    readonly wait?: boolean;
    readonly healthChecks?: readonly object[];
    readonly sourceRef: { readonly name: string };
  };
}

function kustomizations(files: ReadonlyMap<string, TreeFile>): Kustomization[] {
  const objects = [...files.values()].flatMap((file) => file.documents.map(({ object }) => object));
  return objects.filter(
    (object): object is Kustomization =>
      object.kind === 'Kustomization' && object.apiVersion.startsWith('kustomize.toolkit'),
  );
}

/** The objects of a Kustomization's own directory. */
function contents(path: string, files: ReadonlyMap<string, TreeFile>): ManifestObject[] {
  const folder = path.replace(/^\.\//, '');
  return [...files]
    .filter(([file]) => dirname(file) === folder && !file.endsWith('/kustomization.yaml'))
    .flatMap(([, file]) => file.documents.map(({ object }) => object));
}

describe.each(names)('the example %s', (name) => {
  it('publishes the committed files', () => {
    const args = [join(ROOT, 'dist', 'lib', 'cli', 'bin.js'), 'synth', '--check'];
    const { status, stderr } = spawnSync(process.execPath, args, {
      cwd: join(EXAMPLES, name),
      encoding: 'utf8',
    });
    expect(stderr).toContain('cluster-resources is up to date');
    expect(status).toBe(0);
  });

  itWith('kubectl', KUBECTL, 'builds, directory by directory', () => {
    const directories = [...published(name).keys()]
      .filter((path) => path.endsWith('/kustomization.yaml'))
      .map(dirname);
    expect(directories.length).toBeGreaterThan(0);
    for (const directory of directories) {
      const built = execFileSync('kubectl', ['kustomize', join(EXAMPLES, name, directory)], {
        encoding: 'utf8',
      });
      expect(built).toContain('kind: ');
    }
  });

  it('applies nothing whose CRD or namespace comes later, or in the same step', () => {
    const files = published(name);
    const all = kustomizations(files).filter(({ spec }) => spec.path.startsWith('./cluster-resources/'));
    expect(all.length).toBeGreaterThan(0);
    const byName = new Map(all.map((object) => [object.metadata?.name as string, object]));
    const before = (object: Kustomization): Set<string> => {
      const reached = new Set<string>();
      const waiting = [...(object.spec.dependsOn ?? [])];
      for (let next = waiting.pop(); next; next = waiting.pop()) {
        const target = byName.get(next.name);
        if (!target || reached.has(next.name)) continue;
        reached.add(next.name);
        waiting.push(...(target.spec.dependsOn ?? []));
      }
      return reached;
    };
    const owner = new Map<string, string>();
    for (const [kustomization, object] of byName) {
      for (const applied of contents(object.spec.path, files)) {
        if (applied.kind === 'Namespace') owner.set(applied.metadata?.name as string, kustomization);
      }
    }
    for (const [kustomization, object] of byName) {
      for (const applied of contents(object.spec.path, files)) {
        const maker = owner.get(applied.metadata?.namespace ?? '');
        // Namespaces of a Kustomization are applied before the objects in them.
        if (maker !== undefined && maker !== kustomization) expect([...before(object)]).toContain(maker);
      }
      for (const { name: target } of object.spec.dependsOn ?? []) {
        const waits = byName.get(target)?.spec;
        if (waits) expect(waits.wait === true || (waits.healthChecks?.length ?? 0) > 0).toBe(true);
      }
    }
  });
});

describe('the chain of the fourth article', () => {
  it('has CRDs, operators, infrastructure, applications; CRDs are never pruned', () => {
    const specs = new Map(
      kustomizations(published('dependency-chain')).map((object) => [object.metadata?.name, object.spec]),
    );
    expect(specs.get('crds')).toMatchObject({ interval: '10m', prune: false, wait: true });
    expect(specs.get('operators')).toMatchObject({ prune: true, wait: true, dependsOn: [{ name: 'crds' }] });
    expect(specs.get('infrastructure')).toMatchObject({
      interval: '10m',
      wait: true,
      dependsOn: [{ name: 'operators' }],
    });
    expect(specs.get('applications')).toMatchObject({
      interval: '5m',
      prune: true,
      dependsOn: [{ name: 'infrastructure' }],
    });
  });

  it('has the article’s tiers; ours give the namespace its own path, and leave out health checks beside wait', () => {
    const files = published('three-tier');
    const all = kustomizations(files);
    expect(new Set(all.map(({ spec }) => spec.path)).size).toBe(all.length);
    const specs = new Map(all.map((object) => [object.metadata?.name, object.spec]));
    expect(specs.get('production-namespace')).toMatchObject({ interval: '60m', prune: true, wait: true });
    expect(specs.get('production-infrastructure')).toMatchObject({
      interval: '10m',
      timeout: '15m',
      wait: true,
    });
    expect(specs.get('production-config')).toMatchObject({
      dependsOn: [{ name: 'production-infrastructure' }],
    });
    expect(specs.get('production-backend')).toMatchObject({
      timeout: '10m',
      dependsOn: [{ name: 'production-config' }],
    });
    expect(specs.get('production-frontend')).toMatchObject({ dependsOn: [{ name: 'production-backend' }] });
  });

  it('has its parallel groups', () => {
    const specs = new Map(
      kustomizations(published('parallel-groups')).map((object) => [object.metadata?.name, object.spec]),
    );
    for (const name of ['monitoring', 'logging'])
      expect(specs.get(name)?.dependsOn).toEqual([{ name: 'crds' }]);
    for (const name of ['app-a', 'app-b']) {
      expect(specs.get(name)?.dependsOn).toEqual([{ name: 'monitoring' }, { name: 'logging' }]);
    }
  });

  it('has its dependency in another namespace, and its migration with timeouts', () => {
    const [config] = kustomizations(published('cross-namespace'));
    expect(config?.spec).toMatchObject({
      interval: '5m',
      targetNamespace: 'production',
      wait: true,
      dependsOn: [{ name: 'vault-secrets', namespace: 'security-system' }],
    });
    const migration = kustomizations(published('migration')).find(
      ({ metadata }) => metadata?.name === 'database-migration',
    );
    expect(migration?.spec).toMatchObject({
      interval: '30m',
      timeout: '20m',
      retryInterval: '5m',
      wait: true,
    });
  });
});
