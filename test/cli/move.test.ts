import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bootstrap, fluxKustomization } from '../graph/tree-of';
import { settings } from '../diff/pair-of-trees';
import { hasGit, removeScratch, ScratchGit } from '../revisions/scratch-git';
import { skipped } from '../tools/find-tool';
import { removeRepositories, repository, typeIn, type Typed } from './command-line';

afterAll(removeRepositories);
afterAll(removeScratch);

const files = {
  ...bootstrap,
  'clusters/prod/apps.yaml': `# The apps.\n${fluxKustomization('apps', './apps')}${fluxKustomization('infra', './infra')}`,
  'apps/podinfo/map.yaml': settings('podinfo'),
  'apps/other.yaml': settings('other'),
  'infra/dns.yaml': settings('dns'),
};
const move = (folder: string, ...args: string[]): Promise<Typed> =>
  typeIn(folder, process.env, 'move', ...args);

describe('cdk8s-flux move', () => {
  it('prints the commits, their changes, and what to wait for', async () => {
    const folder = repository(files);
    const { code, stdout } = await move(folder, 'apps', '--rename', 'platform');
    expect(code).toBe(0);
    expect(stdout).toContain('rename Kustomization flux-system/apps to platform: 2 commits, in prod\n');
    expect(stdout).toContain('    +  deletionPolicy: Orphan\n');
    expect(stdout).toContain('  before the next commit\n    push the commit');
    expect(stdout).toContain('    -  name: apps\n    +  name: platform\n');
    expect(readFileSync(join(folder, 'clusters/prod/apps.yaml'), 'utf8')).toBe(
      files['clusters/prod/apps.yaml'],
    );
  });

  it('prints JSON', async () => {
    const { stdout } = await move(repository(files), 'apps/podinfo', '--to', 'infra', '--format', 'json');
    expect(JSON.parse(stdout)).toMatchObject({
      clusters: ['prod'],
      steps: [
        { files: [{ path: 'clusters/prod/apps.yaml' }] },
        { files: [{ path: 'infra/podinfo/map.yaml', from: 'apps/podinfo/map.yaml', patch: '' }] },
      ],
    });
  });

  it('makes the changes of the next commit with --write, and keeps comments', async () => {
    const folder = repository(files);
    const { code, stderr } = await move(folder, 'apps/podinfo', '--to', 'infra', '--write');
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: expect.stringContaining('wrote the changes of commit 1'),
    });
    expect(readFileSync(join(folder, 'clusters/prod/apps.yaml'), 'utf8')).toBe(
      files['clusters/prod/apps.yaml'].replace(
        '    name: flux-system\n---',
        '    name: flux-system\n  dependsOn:\n    - name: infra\n---',
      ),
    );
    const again = await move(folder, 'apps/podinfo', '--to', 'infra', '--write');
    expect(again.stdout).toContain('1 commit, in prod');
    expect(readFileSync(join(folder, 'infra/podinfo/map.yaml'), 'utf8')).toBe(files['apps/podinfo/map.yaml']);
    expect(existsSync(join(folder, 'apps/podinfo'))).toBe(false);
  });

  it.each([
    [['apps'], 'move needs either --rename or --to'],
    [['apps', '--rename', 'x', '--to', 'infra'], 'move needs either --rename or --to'],
    [['none', '--to', 'infra'], 'move-unknown'],
    [['apps', '--rename', 'infra'], 'a Kustomization "infra" already exists'],
    [['apps', '--rename', 'x', '--cluster', 'home'], 'cluster-unknown'],
  ])('fails with 2 for %j', async (args, words) => {
    const { code, stderr } = await move(repository(files), ...args);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(words) });
  });

  it('fails to move for one cluster what others also apply', async () => {
    const second = Object.entries(files)
      .filter(([path]) => path.startsWith('clusters/prod/'))
      .map(([path, text]) => [
        path.replace('prod', 'test'),
        text.replace('./clusters/prod', './clusters/test'),
      ]);
    const folder = repository({ ...files, ...(Object.fromEntries(second) as typeof files) });
    const one = await move(folder, 'apps/podinfo', '--to', 'infra', '--cluster', 'prod');
    expect(one).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('"apps/podinfo" is also applied in test'),
    });
    expect((await move(folder, 'apps/podinfo', '--to', 'infra')).stdout).toContain(
      '2 commits, in prod, test',
    );
  });

  it('fails to change files that synth writes, and names the change of the code', async () => {
    const record = { version: 1, files: { 'clusters/prod/apps.yaml': '0'.repeat(64) } };
    const folder = repository({ ...files, 'clusters/prod/.cdk8s-flux.json': JSON.stringify(record) });
    const { code, stdout, stderr } = await move(folder, 'apps', '--rename', 'platform', '--write');
    expect(stdout).toContain(
      "synth writes clusters/prod/apps.yaml: in the code, set deletionPolicy: 'Orphan'",
    );
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringContaining('so it would undo a change of this file'),
    });
    expect(readFileSync(join(folder, 'clusters/prod/apps.yaml'), 'utf8')).toBe(
      files['clusters/prod/apps.yaml'],
    );
  });
});

if (!hasGit) skipped('cdk8s-flux move in git', 'git is not here');
else {
  describe('cdk8s-flux move in git', () => {
    it('creates commits for which diff reports nothing as deleted, and warns of other changes in the files', async () => {
      const scratch = ScratchGit.init();
      scratch.commit(files);
      const next = () => move(scratch.folder, 'apps/podinfo', '--to', 'infra', '--write');
      expect((await next()).stderr).not.toContain('not committed');
      scratch.git('commit', '--all', '--message', 'first');
      expect((await next()).stderr).not.toContain('not committed');
      const { stdout } = await typeIn(scratch.folder, process.env, 'diff', 'HEAD', '--format', 'json');
      const { groups } = JSON.parse(stdout) as { groups: { class: string; message: string }[] };
      expect(groups.filter(({ class: name }) => name === 'moved').map(({ message }) => message)).toEqual([
        expect.stringContaining('adopts it'),
      ]);
      expect(groups.map(({ class: name }) => name)).not.toEqual(expect.arrayContaining(['deleted']));
      const apps = 'clusters/prod/apps.yaml';
      const text = readFileSync(join(scratch.folder, apps), 'utf8');
      scratch.write({ [apps]: `${text}# more\n` });
      const second = await move(scratch.folder, 'infra', '--rename', 'base', '--write');
      expect(second.stderr).toContain('clusters/prod/apps.yaml has other uncommitted changes');
    });
  });
}
