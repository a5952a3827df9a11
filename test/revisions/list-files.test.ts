import { rmdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { Git } from '../../lib/revisions/git';
import { listFiles, listFilesLike } from '../../lib/revisions/list-files';
import { itWith } from '../tools/find-tool';
import { hasGit, removeScratch, ScratchGit } from './scratch-git';

afterAll(removeScratch);

describe('what a commit holds', () => {
  itWith('git', hasGit, 'is the same if it is listed by what differs from another commit', () => {
    const repository = ScratchGit.init();
    const commits = [
      () => repository.write({ 'a/x.yaml': 'x', 'a-b.yaml': 'first', 'z.yaml': 'z', 'gone/one.yaml': '1' }),
      () => repository.write({ 'a/x.yaml': 'longer', 'a.b/y.yaml': 'y', 'gone/one.yaml': undefined }),
      // Names with a tab, a line break, letters of several bytes, and a file in place of a folder.
      () => {
        rmdirSync(join(repository.folder, 'gone'));
        repository.write({ 'ä\tb\nc.yaml': 'é', '𝒳.yaml': '1', '\uffee.yaml': '2', gone: 'a file' });
      },
      () => {
        repository.write({ 'z.yaml': undefined });
        symlinkSync('a', join(repository.folder, 'z.yaml'));
      },
      () => repository.git('update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},module`),
      () => undefined,
    ].map((change) => {
      change();
      repository.git('add', '--all', '--', ':!module');
      repository.git('commit', '--quiet', '--allow-empty', '--message', 'x');
      return repository.git('rev-parse', 'HEAD');
    });
    const git = Git.of(repository.folder, process.env);
    const listed = commits.map((commit) => ({ commit, entries: listFiles(git, commit) }));
    expect(listed.at(-1)?.entries.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['file', 'link', 'submodule']),
    );
    for (const { commit, entries } of listed)
      for (const known of listed) expect(listFilesLike(git, commit, known)).toEqual(entries);
  });
});
