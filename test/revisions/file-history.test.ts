import { fileVersions } from '../../lib/revisions/file-history';
import { Git } from '../../lib/revisions/git';
import { hasGit, removeScratch, ScratchGit } from './scratch-git';

afterAll(removeScratch);

const texts = (repository: ScratchGit): (string | undefined)[] =>
  [...fileVersions(Git.of(repository.folder, process.env), 'HEAD', 'pins.yaml')].map(({ text }) => text);

(hasGit ? describe : describe.skip)('the versions of a file', () => {
  const repository = hasGit ? ScratchGit.init() : undefined;

  it('are those of the first parents: a branch counts when it is merged', () => {
    if (!repository) return;
    repository.commit({ 'pins.yaml': 'one' });
    repository.git('checkout', '--quiet', '-b', 'topic');
    repository.commit({ 'pins.yaml': 'topic 1' });
    repository.commit({ 'pins.yaml': 'topic 2' });
    repository.git('checkout', '--quiet', 'main');
    repository.commit({ 'other.yaml': 'a' });
    repository.git('merge', '--quiet', '--no-ff', '-m', 'merge', 'topic');
    repository.commit({ 'pins.yaml': undefined });
    repository.commit({ 'pins.yaml': 'last' });
    expect(texts(repository)).toEqual(['last', undefined, 'topic 2', 'one']);
  });

  it('have the time of the commit, and do not exist if the file never did', () => {
    if (!repository) return;
    const git = Git.of(repository.folder, process.env);
    const [newest] = fileVersions(git, 'HEAD', 'pins.yaml');
    expect(newest?.commit).toBe(repository.git('rev-parse', 'HEAD'));
    expect(newest?.time).toBe(Number(repository.git('log', '-1', '--format=%ct')));
    expect([...fileVersions(git, 'HEAD', 'nothing.yaml')]).toEqual([]);
  });
});
