import type { CodeFacts } from './code-facts';

/** Reports in CI, and hooks of git. */
export const PIPELINES_CODES = {
  'comment-contended': {
    severity: 'error',
    summary: 'Other jobs overwrote the part of this job in the comment of the pull request each time',
    fix: 'Give each job its own `--key`, and set `--parts` to the number of jobs.',
  },
  'fetch-failed': {
    severity: 'error',
    summary: 'Git cannot fetch a commit that the report needs',
    details:
      'If the clone lacks the base, the head or the history up to their merge base, the command fetches them from `origin`.',
    fix: 'Let the checkout fetch the whole history (`fetch-depth: 0`), and make sure that the job may read the repository.',
  },
  'forge-request-failed': {
    severity: 'error',
    summary: 'GitHub or GitLab refused a request, or did not answer',
    details:
      'If a rate limit refuses a request, the command sends it again, as long as the limit ends within five minutes. It never prints the token.',
    fix: 'Give the job the permission that the message names. If the server failed, run the job again.',
  },
  'forge-token-missing': {
    severity: 'error',
    summary: 'The report cannot be posted without a token',
    fix: 'Pass `GITHUB_TOKEN: ${{ github.token }}` to the step, or set `GITLAB_TOKEN`; or use `--no-comment`.',
  },
  'hook-exists': {
    severity: 'error',
    summary: 'The repository already has a hook, or another program manages its hooks',
    details: 'The command never changes the hook of another program.',
    fix: 'Add the lines that the message names to the hook, or to the file of the program.',
  },
  'output-not-staged': {
    severity: 'error',
    summary: 'The code is staged, but the YAML that it generates is not',
    fix: 'Run `git add` for the files, and commit again.',
  },
  'pipeline-incomplete': {
    severity: 'error',
    summary: 'A variable or the event from the CI runner is missing or not valid',
    fix: 'Run the command in a job of GitHub Actions or GitLab CI. On other systems, run `check` and `diff`.',
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
