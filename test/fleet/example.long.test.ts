import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from '../tools/built';
import { hasTool, itWith } from '../tools/find-tool';

const ROOT = join(__dirname, '..', '..');
const FLEET = join(ROOT, 'examples', 'fleet');
const FOLDERS = ['clusters', 'infrastructure', 'apps', 'tenants'];
const KUSTOMIZE = hasTool('kustomize', 'version');

const read = (path: string): string => readFileSync(join(FLEET, path), 'utf8');

function run(...args: string[]) {
  const bin = join(ROOT, 'dist', 'lib', 'cli', 'bin.js');
  const { JEST_WORKER_ID: _worker, ...env } = process.env;
  return spawnSync(process.execPath, [bin, ...args], { cwd: FLEET, encoding: 'utf8', env });
}

beforeAll(build, 120_000);

describe('the example of a fleet', () => {
  it('publishes the committed files, without findings', () => {
    const { status, stderr } = run('synth', '--check');
    expect(stderr).toMatch(/^cdk8s-flux: \d+ folders are up to date\n$/);
    expect(status).toBe(0);
    expect(run('check').stdout).toContain('no findings in 3 clusters');
  });

  it('has three clusters, two tenants, a pinned controller and an automated image in 60 lines', () => {
    expect(read('main.ts').trimEnd().split('\n').length).toBeLessThanOrEqual(60);
  });

  it('prints how Flux is installed in each cluster, with what its objects need', () => {
    const { stdout } = run('bootstrap', 'eu-central-1');
    expect(stdout).toContain('--path=./clusters/staging/eu-central-1');
    expect(stdout).toContain('--components-extra=image-reflector-controller,image-automation-controller');
    expect(run('bootstrap').stdout.match(/^# .*/gm)).toEqual([
      '# eu-central-1',
      '# eu-west-1',
      '# europe-west1',
    ]);
  });

  it('lets staging follow the image, and production run its pin', () => {
    const shown = (place: string): string => read(`apps/${place}/payment-service/payment-service.yaml`);
    expect(shown('staging/eu-central-1')).toContain(
      'image: ghcr.io/myorg/payment-service:1.3.2 # {"$imagepolicy": "flux-system:payment-service"}',
    );
    for (const region of ['eu-west-1', 'europe-west1'])
      expect(shown(`production/${region}`)).toContain('image: ghcr.io/myorg/payment-service:1.3.2\n');
    const automation = read('apps/staging/eu-central-1/image-updates/image-updates.yaml');
    expect(automation).toContain('branch: image-updates-eu-central-1');
    expect(automation).toContain('path: ./apps/staging/eu-central-1\n');
  });

  it('has README files that name existing files', () => {
    const named = read('README.md').match(/`(?:clusters|apps|tenants|infrastructure)\/[^` ]+\.yaml`/g) ?? [];
    expect(named.length).toBeGreaterThanOrEqual(10);
    for (const path of named) expect(read(path.replaceAll('`', ''))).toContain('apiVersion');
  });

  itWith('kustomize', KUSTOMIZE, 'builds, directory by directory', () => {
    const files = FOLDERS.flatMap((folder) =>
      readdirSync(join(FLEET, folder), { recursive: true, encoding: 'utf8' }).map((path) =>
        join(folder, path),
      ),
    );
    const directories = files.filter((path) => path.endsWith('kustomization.yaml')).map(dirname);
    expect(directories.length).toBeGreaterThan(15);
    for (const directory of directories)
      expect(execFileSync('kustomize', ['build', join(FLEET, directory)], { encoding: 'utf8' })).toContain(
        'kind: ',
      );
  });
});
