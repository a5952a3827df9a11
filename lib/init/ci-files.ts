import type { CiKind } from './init-options';

/** The pipeline that checks a new project, by path. */
export function ciFiles(kind: CiKind): Record<string, string> {
  if (kind === 'github') return { '.github/workflows/check.yaml': GITHUB };
  return kind === 'gitlab' ? { '.gitlab-ci.yml': GITLAB } : {};
}

/** The steps of each pipeline, with what they are for. */
const STEPS = [
  ['Install', 'npm ci'],
  ['Types', 'npm run typecheck'],
  ['Tests', 'npm test'],
  ['The committed YAML is what the code makes', 'npx cdk8s-flux synth --check'],
  ['Flux can apply it', 'npx cdk8s-flux check'],
] as const;

const GITHUB = `name: check
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
      - uses: actions/checkout@v5
      - uses: actions/setup-node@v5
        with:
          node-version: 22
          cache: npm
${STEPS.map(([name, run]) => `      - name: ${name}\n        run: ${run}\n`).join('')}`;

const GITLAB = `check:
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
${STEPS.map(([name, run]) => `    # ${name}\n    - ${run}\n`).join('')}`;
