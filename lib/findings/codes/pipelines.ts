import type { CodeFacts } from './code-facts';

/** Reports in CI, and hooks of git. */
export const PIPELINES_CODES = {
  'comment-contended': {
    severity: 'error',
    summary: 'Other jobs changed the comment of the pull request each time that this one wrote its part',
    fix: 'Give each job a key of its own (`--key`), and say how many there are (`--parts`).',
  },
  'fetch-failed': {
    severity: 'error',
    summary: 'Git cannot fetch a commit that the report needs',
    details:
      'The base, the head and the history up to their merge base are fetched from `origin`, where the clone lacks them.',
    fix: 'Let the checkout fetch the whole history (`fetch-depth: 0`), and see that the job may read the repository.',
  },
  'forge-request-failed': {
    severity: 'error',
    summary: 'GitHub or GitLab refused a request, or did not answer',
    details:
      'A request that a rate limit refuses is sent again, as long as the limit ends within five minutes. The token is never printed.',
    fix: 'Give the job the permission that the message names. Where the server failed, run the job again.',
  },
  'forge-token-missing': {
    severity: 'error',
    summary: 'The report cannot be posted without a token',
    fix: 'Pass `GITHUB_TOKEN: ${{ github.token }}` to the step, or set `GITLAB_TOKEN`; or use `--no-comment`.',
  },
  'hook-exists': {
    severity: 'error',
    summary: 'The repository has a hook already, or another program manages its hooks',
    details: 'A hook of another program is never changed.',
    fix: 'Add the lines that the message names to the hook, or to the file of the program.',
  },
  'output-not-staged': {
    severity: 'error',
    summary: 'The code is staged, and the YAML that it makes is not',
    fix: 'Run `git add` for the files, and commit again.',
  },
  'pipeline-incomplete': {
    severity: 'error',
    summary: 'A variable or the event that the CI runner sets is missing, or is not what it should be',
    fix: 'Run the command in a job of GitHub Actions or GitLab CI. Elsewhere run `check` and `diff`.',
  },
  'pull-request-ambiguous': {
    severity: 'error',
    summary: 'Several open pull requests have the commit of a `workflow_run` event as their head',
    fix: 'Run on `pull_request_target`, whose event names the pull request.',
  },
  'untrusted-synth': {
    severity: 'error',
    summary: 'Synth would run code in a job that has more rights than the author of the change',
    fix: 'Run `synth --check` in a job for the event `pull_request`.',
  },
} as const satisfies Readonly<Record<string, CodeFacts>>;
