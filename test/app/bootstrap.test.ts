import type { Io } from '../../lib/cli/io';
import { run } from '../../lib/cli/run';
import { ProjectFolder } from './project-folder';

const CODE = `
const eu = new Cluster(app, 'eu', {
  path: 'clusters/eu/flux', lockDown: true,
  bootstrap: { repository: { github: { owner: 'org', repository: 'fleet' } } },
});
new Cluster(app, 'us', { path: 'clusters/us', sharding: { shards: ['shard1', 'shard2'] } });`;

const folder = new ProjectFolder(CODE);
afterAll(() => folder.remove());

async function type(line: string): Promise<{ code: number; stdout: string; stderr: string }> {
  const out = { stdout: '', stderr: '' };
  const io: Io = {
    stdout: (text) => void (out.stdout += text),
    stderr: (text) => void (out.stderr += text),
    cwd: folder.path,
    env: process.env,
    stderrIsTerminal: false,
    childStreams: 'pipe',
  };
  return { code: await run(line.split(' '), io), ...out };
}

describe('cdk8s-flux bootstrap', () => {
  it('prints the line of one cluster, for the shell', async () => {
    const { code, stdout, stderr } = await type('bootstrap eu');
    expect(code).toBe(0);
    expect(stderr).toBe(
      'cdk8s-flux: before you run it, push the flux-system/kustomization.yaml that locks down eu: cdk8s-flux bootstrap --kustomization prints it\n',
    );
    expect(stdout).toBe(
      'flux bootstrap github \\\n  --owner=org \\\n  --repository=fleet \\\n  --branch=main \\\n  --path=clusters/eu/flux\n',
    );
  });

  it('prints the commands of all clusters, and publishes nothing', async () => {
    const { code, stdout, stderr } = await type('bootstrap');
    expect(code).toBe(0);
    expect(stderr).toContain(
      'replace <host>, <owner> and <repository>, or set bootstrap.repository of home, us\n',
    );
    expect(stderr).toContain(
      'before you run it, push flux-system/kustomization.yaml, flux-system/shard1/kustomization.yaml, flux-system/shard2/kustomization.yaml of us',
    );
    expect(stdout).toMatch(/^# home\nflux bootstrap git [^#]*\n\n# eu\nflux bootstrap github /);
    expect(folder.files('.')).toEqual(['app.js', 'cdk8s-flux.yaml', 'cdk8s.yaml']);
  });

  it('prints the kustomization that locks Flux down, for a file', async () => {
    const { code, stdout, stderr } = await type('bootstrap --kustomization');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^# clusters\/eu\/flux\/flux-system\/kustomization.yaml\napiVersion: kustomize\./);
  });

  it('prints no kustomization for a cluster that is not locked down', async () => {
    const other = await type('bootstrap home --kustomization');
    expect(other).toEqual({
      code: 0,
      stdout: '',
      stderr: 'cdk8s-flux: nothing to print: lockDown and sharding are not set for home\n',
    });
  });

  it('prints the kustomization of a shard, and what to push', async () => {
    const { code, stdout, stderr } = await type('bootstrap us --shard shard1');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(
      /^# clusters\/us\/flux-system\/shard1\/kustomization.yaml\napiVersion: kustomize\./,
    );
    expect(stdout).toContain('value: --watch-label-selector=sharding.fluxcd.io/key=shard1\n');
  });

  it('fails on a shard that no cluster has', async () => {
    const { code, stdout, stderr } = await type('bootstrap --shard shard3');
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(
      'shard-unknown\n  unknown shard "shard3"; known shards: "shard1", "shard2"\n  fix: name a shard in sharding.shards of a Cluster',
    );
  });

  it('fails on a cluster that the app does not have', async () => {
    const { code, stderr } = await type('bootstrap ap');
    expect(code).toBe(2);
    expect(stderr).toContain('cluster-unknown\n  unknown cluster "ap"');
    expect(stderr).toContain('use one of "home", "eu", "us"');
  });
});
