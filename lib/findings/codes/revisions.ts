import type { CodeFacts } from './code-facts';

/** Comparing two states of a repository, and reading revisions from git. */
export const REVISIONS_CODES = {
  'git-failed': {
    severity: 'error',
    summary: 'Git cannot read a part of the revision',
    details:
      'The command does not fetch anything. In a partial clone (`git clone --filter`), files that you never checked out are missing.',
    fix: 'Run `git fsck`; in a partial clone run `git fetch --refetch --no-filter`.',
  },
  'git-missing': {
    severity: 'error',
    summary: '`git` is not installed or not in `PATH`, so the command cannot read revisions',
    fix: 'Install git, or compare two folders.',
  },
  'git-repository-missing': {
    severity: 'error',
    summary: 'The working folder is not in a git repository that git agrees to read',
    details:
      "Git refuses a repository that belongs to another user, which is common in containers. The message includes git's own.",
    fix: 'Run the command in a clone, or compare two folders: `cdk8s-flux diff ./before ./after`.',
  },
  'merge-base-missing': {
    severity: 'error',
    summary: 'There is no main branch to compare with, or the two revisions share no commit',
    details: 'CI often makes shallow clones, which lack the commit where the branch starts.',
    fix: 'Fetch the whole history (`fetch-depth: 0` for `actions/checkout`), or set the base: `cdk8s-flux diff BASE`.',
  },
  'report-unwritable': {
    severity: 'error',
    summary: 'The `--output` file cannot be written',
    fix: 'Choose another file, or make its folder writable.',
  },
  'revision-missing': {
    severity: 'error',
    summary: 'An argument is neither a revision of the repository nor a folder',
    fix: 'Use a branch, a tag, a commit or a folder. If the clone does not have it yet, fetch it first.',
  },
  'revision-too-large': {
    severity: 'error',
    summary: 'The manifests of a revision are larger than 1 GiB in total',
    fix: 'Keep large generated files in another repository.',
  },
} as const satisfies Readonly<Record<string, CodeFacts>>;
