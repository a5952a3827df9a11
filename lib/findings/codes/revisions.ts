import type { CodeFacts } from './code-facts';

/** Comparing two states of a repository, and reading revisions from git. */
export const REVISIONS_CODES = {
  'git-failed': {
    severity: 'error',
    summary: 'Git cannot read something that the revision needs',
    details:
      'Nothing is fetched: in a partial clone (`git clone --filter`), files that were never checked out are missing.',
    fix: 'Run `git fsck`; in a partial clone run `git fetch --refetch --no-filter`.',
  },
  'git-missing': {
    severity: 'error',
    summary: 'The program `git` is not installed or not in `PATH`, and revisions cannot be read without it',
    fix: 'Install git, or compare two folders.',
  },
  'git-repository-missing': {
    severity: 'error',
    summary: 'The working folder is not in a git repository that git agrees to read',
    details:
      'Git refuses a repository that belongs to another user, as containers often have it; its own message is part of ours.',
    fix: 'Run the command in a clone, or compare two folders: `cdk8s-flux diff ./before ./after`.',
  },
  'merge-base-missing': {
    severity: 'error',
    summary: 'There is no main branch to compare with, or the two revisions have no commit in common',
    details: 'CI often makes shallow clones, which lack the commit at which the branch began.',
    fix: 'Fetch the whole history (`fetch-depth: 0` for `actions/checkout`), or name the base: `cdk8s-flux diff BASE`.',
  },
  'report-unwritable': {
    severity: 'error',
    summary: 'The file that `--output` names cannot be written',
    fix: 'Give another file, or make its folder writable.',
  },
  'revision-missing': {
    severity: 'error',
    summary: 'A text is neither a revision that the repository has nor a folder',
    fix: 'Give a branch, a tag, a commit or a folder. Fetch it first where the clone does not have it yet.',
  },
  'revision-too-large': {
    severity: 'error',
    summary: 'The manifests of a revision have more than 1 GiB together',
    fix: 'Keep large generated files in another repository.',
  },
} as const satisfies Readonly<Record<string, CodeFacts>>;
