import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { hasGit, removeScratch, ScratchGit } from '../revisions/scratch-git';
import { skipped } from '../tools/find-tool';
import { HAND_WRITTEN, ROOT, typeIn, type Typed } from './command-line';

afterAll(removeScratch);

const env = { PATH: process.env['PATH'], HOME: '/nonexistent', GIT_CONFIG_NOSYSTEM: '1' };
const author = Object.fromEntries(
  ['AUTHOR', 'COMMITTER'].flatMap((who) => [
    [`GIT_${who}_NAME`, 'Test'],
    [`GIT_${who}_EMAIL`, 'test@example.com'],
  ]),
);
const hook = (folder: string, ...args: string[]): Promise<Typed> => typeIn(folder, env, 'hook', ...args);
const fileOf = (scratch: ScratchGit): string => join(scratch.folder, '.git/hooks/pre-commit');
const broken = HAND_WRITTEN['clusters/home/apps.yaml'].replace('name: infra', 'name: missing');

if (!hasGit) skipped('cdk8s-flux hook', 'git is not here');
else {
  describe('cdk8s-flux hook install', () => {
    it('writes a hook that git runs, once, and uninstall removes it', async () => {
      const scratch = ScratchGit.init();
      await expect(hook(scratch.folder, 'install')).resolves.toMatchObject({
        code: 0,
        stdout: `${fileOf(scratch)}: written\n`,
      });
      await expect(hook(scratch.folder, 'install')).resolves.toMatchObject({
        code: 0,
        stdout: expect.stringContaining('already') as string,
      });
      // Instead of npx: the hook runs in the folder of the project, and its exit code stops the commit.
      const bin = join(scratch.folder, '.git/bin');
      mkdirSync(bin);
      writeFileSync(join(bin, 'npx'), '#!/bin/sh\npwd > .git/ran; echo "$@" >> .git/ran; exit 1\n');
      chmodSync(join(bin, 'npx'), 0o755);
      const ran = spawnSync('git', ['-C', scratch.folder, 'commit', '--allow-empty', '-m', 'x'], {
        env: { ...env, ...author, PATH: `${bin}:${env.PATH}` },
      });
      expect(ran.status).toBe(1);
      expect(readFileSync(join(scratch.folder, '.git/ran'), 'utf8')).toBe(
        `${scratch.folder}\n--no cdk8s-flux hook run\n`,
      );
      await expect(hook(scratch.folder, 'uninstall')).resolves.toMatchObject({
        code: 0,
        stdout: expect.stringContaining('removed') as string,
      });
      expect(existsSync(fileOf(scratch))).toBe(false);
      await expect(hook(scratch.folder, 'uninstall')).resolves.toMatchObject({
        code: 0,
        stdout: expect.stringContaining('does not exist') as string,
      });
    });

    it('runs in the folder of a project below the top', async () => {
      const scratch = ScratchGit.init().write({ 'my fleet/cdk8s-flux.yaml': 'version: 1\n' });
      await hook(join(scratch.folder, 'my fleet'), 'install');
      expect(readFileSync(fileOf(scratch), 'utf8')).toContain("\ncd 'my fleet' || exit 2\nexec npx");
    });

    it.each([
      [
        'lefthook',
        'lefthook.yml',
        'pre-commit:\n  commands: {}\n',
        '      run: npx --no cdk8s-flux hook run',
      ],
      ['husky', '.husky/pre-commit', 'npm test\n', 'npx --no cdk8s-flux hook run'],
      ['pre-commit', '.pre-commit-config.yaml', 'repos: []\n', '      entry: npx --no cdk8s-flux hook run'],
    ])(
      'fails beside %s, prints what to add, and succeeds once it is added',
      async (name, file, text, line) => {
        const scratch = ScratchGit.init().write({ [file]: text });
        const { code, stderr } = await hook(scratch.folder, 'install');
        expect([code, stderr]).toEqual([2, expect.stringContaining(`${name} manages the hooks`)]);
        expect(stderr).toContain(`    ${line}\n`);
        expect(stderr).toContain(`to "${file}"`);
        expect([existsSync(fileOf(scratch)), readFileSync(join(scratch.folder, file), 'utf8')]).toEqual([
          false,
          text,
        ]);
        scratch.write({ [file]: `${text}${line}\n` });
        await expect(hook(scratch.folder, 'install')).resolves.toMatchObject({ code: 0 });
      },
    );

    it('fails on another program’s hook, and never changes or removes it', async () => {
      const scratch = ScratchGit.init();
      writeFileSync(fileOf(scratch), '#!/bin/sh\nnpm test\n');
      for (const verb of ['install', 'uninstall']) {
        const { code, stderr } = await hook(scratch.folder, verb);
        expect([code, stderr]).toEqual([2, expect.stringContaining('npx --no cdk8s-flux hook run')]);
      }
      expect(readFileSync(fileOf(scratch), 'utf8')).toBe('#!/bin/sh\nnpm test\n');
    });

    it('fails if core.hooksPath names a folder that others may use', async () => {
      const scratch = ScratchGit.init();
      scratch.git('config', 'core.hooksPath', '.githooks');
      const { code, stderr } = await hook(scratch.folder, 'install');
      expect([code, stderr]).toEqual([2, expect.stringContaining('core.hooksPath is ".githooks"')]);
      expect(existsSync(join(scratch.folder, '.githooks'))).toBe(false);
    });
  });

  describe('cdk8s-flux hook run', () => {
    it('reports new problems in staged files, and neither unstaged nor old ones', async () => {
      const scratch = ScratchGit.init();
      scratch.commit({
        ...HAND_WRITTEN,
        'clusters/home/old.yaml': broken.replaceAll('apps', 'old'),
        'old/map.yaml': HAND_WRITTEN['apps/map.yaml'].replace('settings', 'old'),
      });
      scratch.write({ 'clusters/home/apps.yaml': broken });
      await expect(hook(scratch.folder, 'run')).resolves.toMatchObject({ code: 0, stderr: '' });
      scratch.git('add', '--all');
      const { code, stderr } = await hook(scratch.folder, 'run');
      expect([code, stderr]).toEqual([
        1,
        expect.stringContaining('dependency-missing at clusters/home/apps.yaml:4'),
      ]);
      expect(stderr).not.toContain('old.yaml');
      scratch.write({ 'clusters/home/apps.yaml': HAND_WRITTEN['clusters/home/apps.yaml'] });
      await expect(hook(scratch.folder, 'run')).resolves.toMatchObject({ code: 1 });
    });

    it('uses the index that git is about to commit', async () => {
      const scratch = ScratchGit.init();
      scratch.commit(HAND_WRITTEN);
      scratch.write({ 'clusters/home/apps.yaml': broken });
      const index = { ...env, GIT_INDEX_FILE: '.git/other', GIT_DIR: '.git' };
      execFileSync('git', ['add', '--all'], { cwd: scratch.folder, env: index });
      const { code } = await typeIn(join(scratch.folder, 'clusters'), index, 'hook', 'run');
      expect(code).toBe(1);
    });

    it('passes a repository without a cluster yet', async () => {
      const scratch = ScratchGit.init().write({ 'README.md': 'x' });
      scratch.git('add', '--all');
      await expect(hook(scratch.folder, 'run')).resolves.toMatchObject({ code: 0 });
    });
  });

  describe('.pre-commit-hooks.yaml', () => {
    it('runs the same command', () => {
      const [entry] = parse(readFileSync(join(ROOT, '.pre-commit-hooks.yaml'), 'utf8')) as object[];
      expect(entry).toMatchObject({
        id: 'cdk8s-flux',
        entry: 'cdk8s-flux hook run',
        language: 'node',
        pass_filenames: false,
      });
    });
  });
}
