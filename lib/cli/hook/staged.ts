import { resolve } from 'node:path';
import { finding, type Finding } from '../../findings/finding';
import { FindingsError } from '../../findings/findings-error';
import { Git } from '../../revisions/git';
import { findRevision } from '../../revisions/resolve-revision';
import { openSides } from '../diff/open-sides';
import type { SideSource } from '../diff/side-source';
import { compareFindings } from '../../diff/compare-findings';
import type { Io } from '../io';
import { namesOf, publishedFiles } from './published';

/** How many files a message names. */
const NAMED = 10;

/**
 * The variables of a hook for git: it finds the repository by itself, and the index that git is about to commit counts. Git
 * names both from the top of the repository, where it starts hooks.
 */
export function environmentOfHook({ env, cwd }: Io): Io['env'] {
  const { GIT_DIR: _dir, GIT_WORK_TREE: _tree, GIT_PREFIX: _prefix, GIT_INDEX_FILE: index, ...others } = env;
  const { top } = Git.of(cwd, others);
  return index === undefined ? others : { ...others, GIT_INDEX_FILE: resolve(top, index) };
}

/**
 * What a check newly finds in what is staged, compared with the last commit. The working tree does not count.
 *
 * @throws FindingsError what reading the files throws, `git-failed` while a merge has conflicts
 */
export function checkStaged(git: Git, io: Io): readonly Finding[] {
  const tree = git.output(['write-tree']).toString('utf8').trim();
  const of = (name: string, commit: string): SideSource => ({
    kind: 'revision',
    git,
    revision: { name, commit },
  });
  const head = findRevision(git, 'HEAD');
  const staged = of('the index', tree);
  try {
    const sides = openSides({ base: head ? of('HEAD', head.commit) : staged, head: staged }, {}, io);
    const found = sides.head.report.findings;
    return head ? compareFindings(sides.base.report.findings, found).new : found;
  } catch (error) {
    // A repository without a cluster yet.
    if (FindingsError.isFindingsError(error) && error.findings.every(({ code }) => code === 'entry-missing'))
      return [];
    throw error;
  }
}

/**
 * Finds code that is staged without the YAML that it makes. Where other files are unstaged too, they may be why, and nothing
 * can be said.
 *
 * @param folder - the folder of the project from the top of the repository, `''` where they are one
 */
export function unstagedOutput(git: Git, folder: string): Finding | undefined {
  const unstaged = namesOf(git, ['diff', '--name-only', '-z', '--no-ext-diff', '--no-textconv']);
  const others = ['ls-files', '-z', '--others', '--exclude-standard'];
  const added = namesOf(git, others);
  if (unstaged.length + added.length === 0) return undefined;
  const isPublished = publishedFiles(git, folder);
  if (!unstaged.every(isPublished)) return undefined;
  const files = [...unstaged, ...added.filter(isPublished)].sort();
  if (files.length === 0) return undefined;
  const more = files.length > NAMED ? ` and ${files.length - NAMED} more` : '';
  return finding({
    code: 'output-not-staged',
    message: `synth wrote files that you have not staged: ${files.slice(0, NAMED).join(', ')}${more}`,
    hint: 'run git add for them, and commit again',
    locations: files.slice(0, 1).map((file) => ({ file })),
  });
}
