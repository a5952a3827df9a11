import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../lib/cli/run';
import { digestOf } from '../../lib/oci/artifact';
import { FakeRegistry } from '../oci/fake-registry';
import { configMap, FLEET, fleet, git, kustomization, OF_US, READ } from './artifact-fleet';
import { removeRepositories, repository, typeIn, type Typed } from './command-line';

let registry: FakeRegistry;
/** A clone that no test changes. */
let clean: string;
beforeAll(async () => {
  registry = await new FakeRegistry().start();
  clean = fleet();
});
beforeEach(() => {
  registry.blobs.clear();
  registry.manifests.clear();
  registry.asked.length = 0;
});
afterAll(() => registry.stop());
afterAll(removeRepositories);

function type(folder: string, ...argv: string[]): Promise<Typed> {
  return typeIn(folder, { PATH: process.env.PATH, DOCKER_CONFIG: folder }, 'artifact', ...argv);
}

function push(folder: string, ...argv: string[]): Promise<Typed> {
  return type(folder, 'push', `oci://${registry.host}/fleet:main`, ...argv);
}

function listed(archive: Buffer): string[] {
  return execFileSync('tar', ['-tzf', '-'], { input: archive }).toString('utf8').trimEnd().split('\n');
}

function manifestAt(tag: string): { layers: { digest: string }[]; annotations: Record<string, string> } {
  return JSON.parse(String(registry.manifests.get(tag)?.bytes)) as ReturnType<typeof manifestAt>;
}

function pushedFiles(tag = 'main'): string[] {
  return listed(registry.blobs.get(manifestAt(tag).layers[0]?.digest ?? '') ?? Buffer.alloc(0));
}

describe('artifact build', () => {
  it('writes what Flux reads, and prints the digest of the archive', async () => {
    const folder = fleet();
    const { code, stdout, stderr } = await type(folder, 'build');
    const archive = readFileSync(join(folder, 'artifact.tgz'));
    expect({ code, stdout }).toEqual({ code: 0, stdout: `${digestOf(archive)}\n` });
    expect(stderr).toBe(`cdk8s-flux: 8 files, ${archive.length} bytes in "artifact.tgz"\n`);
    expect(listed(archive)).toEqual(READ);
  });

  it('writes the same bytes from the disk, from a commit, in any folder of the repository and without git', async () => {
    const folder = fleet();
    const plain = repository(FLEET);
    const outputs = await Promise.all([
      type(folder, 'build'),
      type(folder, 'build', '--at', 'HEAD', '-o', 'committed.tgz'),
      type(join(folder, 'apps'), 'build'),
      type(plain, 'build'),
    ]);
    expect(outputs.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
    expect(new Set(outputs.map(({ stdout }) => stdout)).size).toBe(1);
  });

  it('writes what one cluster reads', async () => {
    const folder = fleet();
    expect(await type(folder, 'build', '--cluster', 'us')).toMatchObject({ code: 0 });
    expect(listed(readFileSync(join(folder, 'artifact.tgz')))).toEqual(OF_US);
  });

  it('writes what one of the configured clusters reads', async () => {
    const entries = 'version: 1\nentries: [clusters/eu, clusters/us]\n';
    const folder = fleet({ 'cdk8s-flux.yaml': entries });
    expect(await type(folder, 'build', '--cluster', 'us')).toMatchObject({ code: 0 });
    expect(listed(readFileSync(join(folder, 'artifact.tgz')))).toEqual(OF_US);
  });

  it('makes a folder the root, with everything that Flux does not ignore', async () => {
    const folder = fleet({
      'apps/us/.sourceignore': '*.md\n',
      'apps/us/README.md': 'x',
      'apps/us/values.json': '{}',
    });
    expect(await type(folder, 'build', '--path', 'apps/us')).toMatchObject({ code: 0 });
    expect(listed(readFileSync(join(folder, 'artifact.tgz')))).toEqual([
      '.sourceignore',
      'values.json',
      'web/kustomization.yaml',
    ]);
  });

  it('leaves links out, and lists them', async () => {
    const folder = repository(FLEET);
    symlinkSync('settings.yaml', join(folder, 'apps/base/link.yaml'));
    const { code, stderr } = await type(folder, 'build');
    expect(code).toBe(0);
    expect(stderr).toContain('symlink-ignored at apps/base/link.yaml');
    expect(listed(readFileSync(join(folder, 'artifact.tgz')))).toEqual(READ);
  });

  it.each([
    [['--path', 'none'], 'artifact-empty'],
    [['--path', '..'], 'path-outside-repository'],
    [['--path', 'apps', '--cluster', 'us'], '--path and --cluster cannot be used together'],
    [['--at', 'HEAD', '--uncommitted'], '--at and --uncommitted cannot be used together'],
    [['--at', 'none'], 'revision-missing'],
    [['--cluster', 'none'], 'cluster-unknown'],
    [['-o', 'none/artifact.tgz'], 'cannot write "none/artifact.tgz": ENOENT'],
  ])('fails with %j', async (argv, message) => {
    const { code, stdout, stderr } = await type(clean, 'build', ...argv);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
  });
});

describe('artifact push', () => {
  it('pushes the contents of the tree, under all tags, and prints the address', async () => {
    const folder = clean;
    const { code, stdout, stderr } = await push(folder, '--tag', 'staging', 'main');
    const digest = digestOf(registry.manifests.get('main')?.bytes ?? Buffer.alloc(0));
    expect({ code, stdout }).toEqual({ code: 0, stdout: `${registry.host}/fleet@${digest}\n` });
    expect(stderr).toMatch(/^cdk8s-flux: pushed 8 files, \d+ bytes; tags: main, staging\n$/);
    expect(pushedFiles()).toEqual(READ);
    expect(registry.manifests.get('staging')).toEqual(registry.manifests.get('main'));
    const { layers } = manifestAt('main');
    for (const path of READ) {
      const archive = registry.blobs.get(layers[0]?.digest ?? '');
      const content = execFileSync('tar', ['-xzOf', '-', path], { input: archive });
      expect(content.equals(readFileSync(join(folder, path)))).toBe(true);
    }
  });

  it('names the commit, its date and the repository, and nothing about the machine', async () => {
    const folder = clean;
    const commit = git(folder, 'rev-parse', 'HEAD');
    await push(folder);
    expect(manifestAt('main').annotations).toEqual({
      'org.opencontainers.image.created': '2026-03-04T03:06:07Z',
      'org.opencontainers.image.revision': `sha1:${commit}`,
      'org.opencontainers.image.source': 'https://github.com/myorg/fleet',
    });
    const source = ['--source', 'https://example.com/fleet', '--revision', 'main@sha1:abc'];
    await typeIn(
      folder,
      { PATH: process.env.PATH, SOURCE_DATE_EPOCH: '0' },
      'artifact',
      'push',
      `oci://${registry.host}/fleet:main`,
      ...source,
    );
    expect(Object.values(manifestAt('main').annotations)).toEqual([
      '1970-01-01T00:00:00Z',
      'main@sha1:abc',
      'https://example.com/fleet',
    ]);
  });

  it('prints what it pushed as JSON', async () => {
    const { stdout } = await push(clean, '--format', 'json');
    const [layer] = manifestAt('main').layers;
    expect(JSON.parse(stdout)).toEqual({
      repository: `${registry.host}/fleet`,
      digest: digestOf(registry.manifests.get('main')?.bytes ?? Buffer.alloc(0)),
      tags: ['main'],
      layer: layer?.digest,
    });
  });

  it('fails on uncommitted files, unless the option allows them', async () => {
    const folder = fleet();
    writeFileSync(join(folder, 'apps/base/settings.yaml'), configMap('others'));
    writeFileSync(join(folder, 'clusters/us/new.yaml'), configMap('new'));
    rmSync(join(folder, 'clusters/eu/web.yaml'));
    const refused = await push(folder);
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toContain(
      '3 files on disk differ from the last commit: "apps/base/settings.yaml", "clusters/us/new.yaml", "clusters/eu/web.yaml"',
    );
    expect(registry.asked).toEqual([]);
    expect(await push(folder, '--at', 'HEAD')).toMatchObject({ code: 0 });
    expect(pushedFiles()).toEqual(READ);
    expect(await push(folder, '--uncommitted')).toMatchObject({ code: 0 });
    expect(manifestAt('main').annotations).toEqual({});
    expect(pushedFiles()).toContain('clusters/us/new.yaml');
  });

  it('accepts files that git ignores, for repositories that commit only the code', async () => {
    const folder = fleet();
    git(folder, 'rm', '-rq', '--cached', 'apps', 'clusters');
    writeFileSync(join(folder, '.gitignore'), 'apps/\nclusters/\n');
    git(folder, 'add', '-A');
    git(folder, 'commit', '-qm', 'code alone');
    expect(await push(folder)).toMatchObject({ code: 0 });
    expect(pushedFiles()).toEqual(READ);
  });

  it.each([
    [
      'a Secret in plain text that Flux applies',
      'apps/base/settings.yaml',
      'apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\n  namespace: default\nstringData:\n  password: hunter2-hunter2\n',
    ],
    [
      'a Secret in plain text that no kustomization lists',
      'apps/base/other.yaml',
      'apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\nstringData:\n  password: hunter2-hunter2\n',
    ],
    ['a private key beside the manifests', 'apps/base/key.txt', `AGE-SECRET-KEY-1${'Q'.repeat(58)}\n`],
  ])('fails on %s, and does not show it', async (_, path, content) => {
    const refused = await push(fleet({ [path]: content }));
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toContain(`plaintext-secret at ${path}`);
    expect(refused.stderr).not.toMatch(/hunter2-|QQQQ/);
    expect(registry.asked).toEqual([]);
  });

  it('pushes a secret that is allowed with a reason', async () => {
    const secret =
      'apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\n  namespace: default\nstringData:\n  password: hunter2-hunter2\n';
    const allow = `version: 1\nallow:\n  - code: plaintext-secret\n    object: Secret/default/db\n    file: apps/base/settings.yaml\n    reason: a test\n`;
    const folder = fleet({ 'apps/base/settings.yaml': secret, 'cdk8s-flux.yaml': allow });
    expect(await push(folder)).toMatchObject({ code: 0 });
  });

  it('fails if check finds an error', async () => {
    const refused = await push(fleet({ 'clusters/us/web.yaml': kustomization('web', './apps/none') }));
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toContain('path-missing at clusters/us/web.yaml');
    expect(registry.asked).toEqual([]);
  });

  function login(readStdin: () => string): Promise<{ code: number; output: string }> {
    const output: string[] = [];
    const argv = ['push', `oci://${registry.host}/fleet:main`, '--username', 'ci', '--password-stdin'];
    return run(['artifact', ...argv], {
      stdout: (text) => void output.push(text),
      stderr: (text) => void output.push(text),
      cwd: clean,
      env: { PATH: process.env.PATH },
      stderrIsTerminal: false,
      childStreams: 'pipe',
      readStdin,
    }).then((code) => ({ code, output: output.join('') }));
  }

  it('reads the password only from stdin', async () => {
    registry.answering = ({ authorization }, response) => {
      if (authorization === `Basic ${Buffer.from('ci:hunter2').toString('base64')}`) return false;
      response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end();
      return true;
    };
    const { code, output } = await login(() => 'hunter2\n');
    registry.answering = () => undefined;
    expect(code).toBe(0);
    expect(output).not.toContain('hunter2');
  });

  it('fails without a password on stdin', async () => {
    const { code, output } = await login(() => '\n');
    expect(code).toBe(2);
    expect(output).toContain('the password must not be empty');
  });

  it.each([
    [['--username', 'ci'], '--username and --password-stdin need each other'],
    [['--tag', 'a/b'], '"a/b" is not a valid tag'],
  ])('fails with %j', async (argv, message) => {
    const { code, stdout, stderr } = await push(clean, ...argv);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
  });

  it.each([
    ['ghcr.io/fleet', 'it must start with oci://'],
    [`oci://ghcr.io/fleet@sha256:${'0'.repeat(64)}`, 'the address must not have a digest'],
  ])('fails for the address %s', async (address, message) => {
    const { code, stderr } = await type(clean, 'push', address);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});

describe('artifact tag', () => {
  it('gives a tag to the artifact that has another tag or a digest', async () => {
    const folder = clean;
    const { stdout } = await push(folder);
    const address = `oci://${registry.host}/fleet`;
    expect(await type(folder, 'tag', `${address}:main`, '--tag', 'production')).toMatchObject({
      code: 0,
      stdout,
    });
    const digest = stdout.trim().split('@')[1] ?? '';
    expect(await type(folder, 'tag', `${address}@${digest}`, '--tag', 'v1', 'v2')).toMatchObject({
      code: 0,
      stdout,
    });
    expect([...registry.manifests.keys()]).toEqual(['main', digest, 'production', 'v1', 'v2']);
  });

  it.each([
    [['oci://localhost/fleet', '--tag', 'x'], 'the address needs a tag or a digest'],
    [['oci://localhost/fleet:main'], "required option '--tag <tags...>' not specified"],
  ])('fails with %j', async (argv, message) => {
    const { code, stderr } = await type(clean, 'tag', ...argv);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});

it('treats folders with and without a link to them in the same way', async () => {
  const folder = fleet();
  mkdirSync(join(folder, 'tmp'));
  symlinkSync(folder, join(folder, 'tmp', 'link'));
  const [direct, linked] = await Promise.all([
    type(folder, 'build'),
    type(join(folder, 'tmp', 'link'), 'build'),
  ]);
  expect(linked.stdout).toBe(direct.stdout);
});
