import type { CiKind } from './init-options';

/** The pipelines of a new project, by path. */
export function ciFiles(kind: CiKind): Record<string, string> {
  if (kind === 'github')
    return { '.github/workflows/check.yaml': CHECK, '.github/workflows/report.yaml': REPORT };
  return kind === 'gitlab' ? { '.gitlab-ci.yml': GITLAB } : {};
}

/** The steps before the report, with their purpose. */
const STEPS = [
  ['Install', 'npm ci'],
  ['Types', 'npm run typecheck'],
  ['Tests', 'npm test'],
] as const;

const CHECKOUT = `      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
        with:
          persist-credentials: false
`;

/** Runs the code of the change, so it may write nothing. */
const CHECK = `name: check
on:
  push:
    branches: [main]
  pull_request:
permissions:
  contents: read
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
${CHECKOUT}      - uses: actions/setup-node@v6
        with:
          node-version: 22
          cache: npm
${STEPS.map(([name, run]) => `      - name: ${name}\n        run: ${run}\n`).join('')}      - name: The committed YAML is up to date, and Flux can apply it
        run: npx cdk8s-flux ci --no-comment
        env:
          GITHUB_TOKEN: \${{ github.token }}
`;

/** May write a comment, so it runs nothing of the change. */
const REPORT = `# Posts a comment on each pull request, including those from forks, with what it changes in every cluster.
# This job may write comments, so it must not run code of the pull request: it checks out the main branch,
# and cdk8s-flux reads the change from git as data. Do not check out the pull request here.
name: report
on:
  pull_request_target:
permissions:
  contents: read
  pull-requests: write
concurrency:
  group: report-\${{ github.event.pull_request.number }}
  cancel-in-progress: true
jobs:
  report:
    runs-on: ubuntu-latest
    steps:
${CHECKOUT}      - uses: actions/setup-node@v6
        with:
          node-version: 22
      - name: Install
        run: npm ci --ignore-scripts
      - name: Report
        run: npx cdk8s-flux ci
        env:
          GITHUB_TOKEN: \${{ github.token }}
`;

const GITLAB = `# For a note in each merge request, set the variable GITLAB_TOKEN to a project access token with the
# role Reporter and the scope "api".
check:
  image: node:22
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
  cache:
    key:
      files: [package-lock.json]
    paths: [.npm/]
  variables:
    npm_config_cache: $CI_PROJECT_DIR/.npm
  script:
${STEPS.map(([name, run]) => `    # ${name}\n    - ${run}\n`).join('')}    # The committed YAML is what the code makes, Flux can apply it, and what changes
    - npx cdk8s-flux ci --report-dir cdk8s-flux-report
  artifacts:
    when: always
    paths: [cdk8s-flux-report/]
    reports:
      junit: cdk8s-flux-report/check.junit.xml
      codequality: cdk8s-flux-report/codequality.json
`;
