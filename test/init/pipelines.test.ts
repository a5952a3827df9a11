import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ciFiles } from '../../lib/init/ci-files';
import { ROOT } from '../cli/command-line';

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, { readonly steps: readonly Step[] }>>;
}

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

const page = readFileSync(join(ROOT, 'docs/ci.md'), 'utf8');
const template = readFileSync(join(ROOT, 'templates/gitlab-ci.yml'), 'utf8');
const shown = [...page.matchAll(/```yaml\n([^]*?)```/g)].map(([, text]) => text as string);
const workflows = [...Object.values(ciFiles('github')), ...shown]
  .map((text) => parse(text) as Workflow)
  .filter((workflow) => 'on' in workflow);
const stepsOf = ({ jobs }: Workflow): Step[] => Object.values(jobs).flatMap(({ steps }) => steps);

describe('workflows that we write and show', () => {
  it('are two in a new project, and two on the page', () => {
    expect(workflows.map(({ on }) => Object.keys(on))).toEqual([
      ['push', 'pull_request'],
      ['pull_request_target'],
      ['push', 'pull_request'],
      ['pull_request_target'],
    ]);
  });

  it('run nothing of a pull request if they may write', () => {
    for (const workflow of workflows) {
      const isPrivileged = 'pull_request_target' in workflow.on;
      const { permissions } = workflow;
      expect(permissions).toEqual({ contents: 'read', ...(isPrivileged && { 'pull-requests': 'write' }) });
      const runs = stepsOf(workflow).flatMap(({ run }) => run ?? []);
      if (isPrivileged) expect(runs).toEqual(['npm ci --ignore-scripts', 'npx cdk8s-flux ci']);
      else expect(runs.at(-1)).toBe('npx cdk8s-flux ci --no-comment');
    }
  });

  it('check out the commit that GitHub chooses, and leave no token in the clone', () => {
    for (const step of workflows
      .flatMap(stepsOf)
      .filter(({ uses }) => uses?.startsWith('actions/checkout'))) {
      expect(step).toEqual({
        uses: expect.stringMatching(/@[0-9a-f]{40}$/) as string,
        with: { 'persist-credentials': false },
      });
    }
  });

  it('put no text of a pull request into a script', () => {
    for (const { run } of workflows.flatMap(stepsOf)) expect(run ?? '').not.toContain('${{');
  });
});

describe('pipelines of GitLab', () => {
  it.each([
    ['a new project', ciFiles('gitlab')['.gitlab-ci.yml'] as string],
    ['the template', template],
  ])('return code quality and test results: %s', (_, text) => {
    const [job] = Object.values(parse(text) as Record<string, { artifacts: { reports: object } }>);
    expect(job?.artifacts.reports).toEqual({
      junit: 'cdk8s-flux-report/check.junit.xml',
      codequality: 'cdk8s-flux-report/codequality.json',
    });
  });

  it('install the version that the template comes with', () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
    expect(template).toContain(`CDK8S_FLUX_VERSION: ${version}\n`);
  });
});
