import fs, { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { watchProject } from '../../lib/cli/watch-project';
import { findProject } from '../../lib/config/project';
import { fail } from '../../lib/findings/findings-error';
import { removeRepositories, repository } from './command-line';

afterAll(removeRepositories);

/** Watches a project; the n-th run does the n-th task, and the watch ends after the last one. */
async function watched(works: readonly ((root: string) => void)[]) {
  const root = repository({ 'cdk8s.yaml': 'app: node main.js\n', 'main.ts': '' });
  mkdirSync(join(root, '.git'));
  const controller = new AbortController();
  const said: string[] = [];
  let runs = 0;
  const io = {
    stdout: () => undefined,
    stderr: (text: string) => void said.push(text),
    cwd: root,
    env: {},
    stderrIsTerminal: false,
    childStreams: 'pipe' as const,
  };
  const run = (): Promise<number> => {
    const work = works[runs++];
    if (runs === works.length) controller.abort();
    return new Promise((done) => {
      work?.(root);
      done(runs);
    });
  };
  const code = await watchProject(findProject(root), io, run, controller.signal);
  return { code, runs, said: said.join('') };
}

const saveLater = (root: string): void => {
  setTimeout(() => writeFileSync(join(root, 'notes.txt'), 'changed'), 300);
};

describe('synth --watch', () => {
  it('runs again when a file changes, and ends with the code of the last run', async () => {
    const { code, runs, said } = await watched([saveLater, () => undefined]);
    expect([code, runs]).toEqual([2, 2]);
    expect(said).toContain('waiting for changes');
  });

  it('runs again immediately if code was saved during a run', async () => {
    const { runs, said } = await watched([
      (root) => writeFileSync(join(root, 'main.ts'), '// later'),
      () => undefined,
    ]);
    expect([runs, said]).toEqual([2, '']);
  });

  it('continues after a failed run, and prints the reason', async () => {
    const broken = (root: string): void => {
      saveLater(root);
      fail({ code: 'app-failed', message: 'it broke' });
    };
    const { runs, said } = await watched([broken, () => undefined]);
    expect(runs).toBe(2);
    expect(said).toContain('error: app-failed\n  it broke');
  });

  it.each([
    ['EMFILE', 'fs.inotify.max_user_instances'],
    ['EACCES', 'use synth without --watch'],
  ])('ends with one finding where the system refuses to watch a folder (%s)', async (code, hint) => {
    const refusal = Object.assign(new Error(`${code}: refused`), { code });
    const watch = jest.spyOn(fs, 'watch').mockImplementation(() => {
      throw refusal;
    });
    const ended = watched([() => undefined, () => undefined]);
    await expect(ended).rejects.toMatchObject({
      findings: [{ code: 'watch-failed', message: expect.stringContaining(`(${code} after 0 folders)`) }],
    });
    await expect(ended).rejects.toMatchObject({ findings: [{ hint: expect.stringContaining(hint) }] });
    watch.mockRestore();
  });

  it('counts a folder that is gone when it should be watched as a change', async () => {
    const missing = Object.assign(new Error('ENOENT: gone'), { code: 'ENOENT' });
    const watch = jest.spyOn(fs, 'watch').mockImplementationOnce(() => {
      throw missing;
    });
    const { runs } = await watched([() => undefined, () => undefined]);
    expect(runs).toBe(2);
    watch.mockRestore();
  });
});
