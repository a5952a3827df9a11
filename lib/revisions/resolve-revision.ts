import { fail } from '../findings/findings-error';
import type { Git } from './git';

/** A commit, and how the user named it. */
export interface Revision {
  /** The name, for example `main`. */
  readonly name: string;
  /** The full id of the commit. */
  readonly commit: string;
}

/** Possible names of the main branch, the most likely first. */
const MAIN_BRANCHES = [
  'refs/remotes/origin/HEAD',
  'refs/remotes/origin/main',
  'refs/remotes/origin/master',
  'refs/heads/main',
  'refs/heads/master',
];

/** How to get a whole history. */
export const FETCH_ALL =
  'fetch the whole history: "fetch-depth: 0" for actions/checkout, "GIT_DEPTH: 0" in GitLab, or git fetch --unshallow';

/** The commit that a name stands for; `undefined` where it stands for none. */
export function findRevision(git: Git, name: string): Revision | undefined {
  // Text that git could read as an option, or as two names, is not the name of a revision.
  if (name === '' || name.startsWith('-') || /[\0\r\n]/.test(name)) return undefined;
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`];
  const { isOk, output } = git.run(args);
  // Before git 2.30, the line begins with the option itself.
  const commit = output.toString('utf8').trim().split('\n').at(-1) ?? '';
  return isOk && /^[0-9a-f]{40,64}$/.test(commit) ? { name, commit } : undefined;
}

/**
 * The commit that a name stands for.
 *
 * @throws FindingsError `revision-missing`
 */
export function resolveRevision(git: Git, name: string): Revision {
  return (
    findRevision(git, name) ??
    fail({
      code: 'revision-missing',
      message: `${JSON.stringify(name)} is neither a revision of this repository nor a folder`,
      hint: isShallow(git)
        ? `the clone is shallow; ${FETCH_ALL}`
        : 'use a branch, a tag, a commit or a folder, for example origin/main; git branch --all lists branches',
    })
  );
}

/**
 * The latest commit that two have in common.
 *
 * @throws FindingsError `merge-base-missing`
 */
export function mergeBase(git: Git, one: Revision, other: Revision): Revision {
  const { isOk, output } = git.run(['merge-base', one.commit, other.commit]);
  const commit = output.toString('utf8').trim().split('\n')[0] ?? '';
  if (isOk && commit !== '') return { name: `merge base of ${one.name} and ${other.name}`, commit };
  return fail({
    code: 'merge-base-missing',
    message: `${JSON.stringify(one.name)} and ${JSON.stringify(other.name)} have no commit in common${
      isShallow(git) ? ' in this shallow clone' : ''
    }`,
    hint: isShallow(git) ? FETCH_ALL : 'set the base: cdk8s-flux diff BASE',
  });
}

/** The main branch; `undefined` where there is none. */
export function mainBranch(git: Git): Revision | undefined {
  const main = MAIN_BRANCHES.map((name) => findRevision(git, name)).find((found) => found !== undefined);
  return main && { ...main, name: main.name.replace(/^refs\/(?:remotes|heads)\//, '') };
}

/**
 * The latest commit that the main branch and the head have in common.
 *
 * @throws FindingsError `merge-base-missing` where there is no main branch, or nothing in common
 */
export function defaultBase(git: Git, head: Revision): Revision {
  const main = mainBranch(git);
  if (main) return mergeBase(git, main, head);
  return fail({
    code: 'merge-base-missing',
    message:
      'found no main branch to compare with: none of origin/HEAD, origin/main, origin/master, main, master',
    hint: isShallow(git)
      ? `${FETCH_ALL}, or set the base: cdk8s-flux diff BASE`
      : 'set the base: cdk8s-flux diff BASE',
  });
}

/** Whether a clone lacks the beginning of its history. */
export function isShallow(git: Git): boolean {
  return git.run(['rev-parse', '--is-shallow-repository']).output.toString('utf8').trim() === 'true';
}
