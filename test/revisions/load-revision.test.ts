import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { FindingsError } from '../../lib/findings/findings-error';
import { Git } from '../../lib/revisions/git';
import { listFiles } from '../../lib/revisions/list-files';
import { loadRevision, type SharedFiles } from '../../lib/revisions/load-revision';
import { defaultBase, findRevision, mergeBase, resolveRevision } from '../../lib/revisions/resolve-revision';
import { loadTree } from '../../lib/tree/load-tree';
import { skipped } from '../tools/find-tool';
import { hasGit, removeScratch, ScratchGit } from './scratch-git';

afterAll(removeScratch);

const gitOf = ({ folder }: ScratchGit): Git => Git.of(folder, process.env);

function load(scratch: ScratchGit, commit: string, folder = '', shared?: SharedFiles) {
  const git = gitOf(scratch);
  return loadRevision(git, listFiles(git, commit), folder, shared);
}

function failureOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (FindingsError.isFindingsError(error)) return error.message;
    throw error;
  }
  return 'no failure';
}

const files = {
  'apps/a.yaml': 'a: 1\n',
  'apps/run.sh': 'echo\n',
  'apps/.sourceignore': 'x\n',
  'node_modules/m/a.yaml': 'a: 1\n',
  'b.yml': 'b: "\u00e9"\n',
};

if (!hasGit) skipped('revisions', 'git is not here');
else {
  describe('a revision', () => {
    it('has the files that a checkout of it has', () => {
      const scratch = ScratchGit.init();
      scratch.write(files);
      symlinkSync('a.yaml', join(scratch.folder, 'apps/link.yaml'));
      const commit = scratch.commit();
      const [read, there] = [load(scratch, commit), loadTree(scratch.folder)];
      const contents = ({ tree }: typeof read) =>
        [...tree.paths].sort().map((path) => [path, tree.get(path)?.bytes.toString('utf8')]);
      expect(contents(read)).toEqual(contents(there));
      expect(read.findings).toEqual(there.findings);
    });

    it('shows what attributes hide from archives', () => {
      const scratch = ScratchGit.init();
      const commit = scratch.commit({ ...files, '.gitattributes': '*.yaml export-ignore\n' });
      expect(load(scratch, commit).tree.has('apps/a.yaml')).toBe(true);
    });

    it('is read below a folder', () => {
      const scratch = ScratchGit.init();
      const commit = scratch.commit(files);
      expect([...load(scratch, commit, 'apps').tree.paths].sort()).toEqual([
        '.sourceignore',
        'a.yaml',
        'run.sh',
      ]);
    });

    it('shares files that another revision has too', () => {
      const scratch = ScratchGit.init();
      const shared: SharedFiles = new Map();
      const [one, other] = [scratch.commit(files), scratch.commit({ 'b.yml': 'b: 2\n' })].map((commit) =>
        load(scratch, commit, '', shared),
      );
      expect(one?.tree.get('apps/a.yaml')).toBe(other?.tree.get('apps/a.yaml'));
      expect(one?.tree.get('b.yml')).not.toBe(other?.tree.get('b.yml'));
    });

    it('leaves out a link in the place of a file with the same text', () => {
      const scratch = ScratchGit.init();
      const shared: SharedFiles = new Map();
      load(scratch, scratch.commit({ 'a.yaml': 'b.yaml', 'b.yaml': 'b: 1\n' }), '', shared);
      const blob = scratch.git('rev-parse', 'HEAD:a.yaml');
      scratch.git('update-index', '--cacheinfo', `120000,${blob},a.yaml`);
      scratch.git('commit', '--quiet', '-m', 'a link');
      const { tree, findings } = load(scratch, 'HEAD', '', shared);
      expect([...tree.paths]).toEqual(['b.yaml']);
      expect(findings.map(({ code }) => code)).toEqual(['symlink-ignored']);
    });

    it('leaves out entries that are not its files, or that are too large', () => {
      const scratch = ScratchGit.init();
      const first = scratch.commit({
        'large.yaml': `a: ${'x'.repeat(16 * 1024 * 1024)}\n`,
        'a.yaml': 'a: 1\n',
      });
      scratch.git('update-index', '--add', '--cacheinfo', `160000,${first},module`);
      scratch.git('commit', '--quiet', '-m', 'a submodule');
      const { tree, findings } = load(scratch, 'HEAD');
      expect([...tree.paths]).toEqual(['a.yaml']);
      expect(findings.map(({ code }) => code)).toEqual(['file-too-large']);
    });

    it('leaves out paths that lead out of the repository or into git’s own folder', () => {
      const scratch = ScratchGit.init();
      const blob = scratch.commit(files) && scratch.git('rev-parse', 'HEAD:apps/a.yaml');
      const makeTree = (...lines: string[]) => {
        const input = lines.map((line) => `${line}\n`).join('');
        return execFileSync('git', ['-C', scratch.folder, 'mktree'], { input, encoding: 'utf8' }).trim();
      };
      const inner = makeTree(`100644 blob ${blob}\tevil.yaml`);
      const outer = makeTree(...['..', '.git', 'ok'].map((name) => `040000 tree ${inner}\t${name}`));
      const commit = scratch.git('commit-tree', outer, '-m', 'odd');
      const { tree, findings } = load(scratch, commit);
      expect([...tree.paths]).toEqual(['ok/evil.yaml']);
      expect(findings.map(({ code }) => code)).toEqual(['path-invalid']);
    });
  });

  describe('the name of a revision', () => {
    it('is a branch, a tag, a commit or any expression of git', () => {
      const scratch = ScratchGit.init();
      const [first, second] = [scratch.commit(files), scratch.commit({ 'b.yml': 'b: 2\n' })];
      scratch.git('tag', '-a', 'v1', '-m', 'v1', String(first));
      const commits = ['main', 'v1', 'HEAD~1', String(second).slice(0, 8)].map(
        (name) => findRevision(gitOf(scratch), name)?.commit,
      );
      expect(commits).toEqual([second, first, first, second]);
    });

    it.each(['--help', '-x', '--output=evil', 'main\nmain', '', 'main:b.yml', 'gone'])(
      'fails for %j',
      (name) => {
        const scratch = ScratchGit.init();
        scratch.commit(files);
        expect(failureOf(() => resolveRevision(gitOf(scratch), name))).toContain('revision-missing');
      },
    );

    it('fails without a repository, and without git', () => {
      const scratch = ScratchGit.init();
      expect(failureOf(() => Git.of('/', process.env))).toContain('git-repository-missing');
      expect(failureOf(() => Git.of(scratch.folder, { PATH: '/nowhere' }))).toContain('git-missing');
    });
  });

  describe('the base without a name', () => {
    const branched = (): ScratchGit => {
      const scratch = ScratchGit.init();
      scratch.commit(files);
      scratch.git('checkout', '--quiet', '-b', 'topic');
      scratch.commit({ 'b.yml': 'b: 2\n' });
      return scratch;
    };

    it('is the commit where the branch left the main branch', () => {
      const scratch = branched();
      const start = scratch.git('rev-parse', 'main');
      scratch.git('checkout', '--quiet', 'main');
      scratch.commit({ 'b.yml': 'b: 3\n' });
      const git = gitOf(scratch);
      expect(defaultBase(git, resolveRevision(git, 'topic')).commit).toBe(start);
      const clone = gitOf(ScratchGit.clone(scratch));
      expect(defaultBase(clone, resolveRevision(clone, 'origin/topic')).commit).toBe(start);
    });

    it('fails in a shallow clone, and says what to fetch', () => {
      const scratch = branched();
      scratch.git('checkout', '--quiet', 'main');
      const clone = gitOf(ScratchGit.clone(scratch, '--depth=1', '--branch=topic'));
      const failure = failureOf(() => defaultBase(clone, resolveRevision(clone, 'HEAD')));
      expect(failure).toContain('merge-base-missing');
      expect(failure).toContain('fetch-depth: 0');
    });

    it('fails if two revisions have nothing in common, in a shallow clone too', () => {
      const scratch = branched();
      scratch.git('checkout', '--quiet', '--orphan', 'other');
      scratch.commit({ 'c.yaml': 'c: 1\n' });
      const git = gitOf(scratch);
      const [main, other] = ['main', 'other'].map((name) => resolveRevision(git, name));
      expect(failureOf(() => mergeBase(git, main as never, other as never))).toContain('set the base');
      const clone = gitOf(ScratchGit.clone(scratch, '--depth=1', '--no-single-branch'));
      const [one, two] = ['origin/main', 'origin/topic'].map((name) => resolveRevision(clone, name));
      expect(failureOf(() => mergeBase(clone, one as never, two as never))).toContain('fetch-depth: 0');
    });
  });
}
