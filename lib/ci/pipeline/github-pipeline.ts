import { readFileSync } from 'node:fs';
import { fail } from '../../findings/findings-error';
import type { FoundPullRequest, Github } from '../forge/github';
import { entryOf, numberOf, textOf } from '../forge/read-json';
import { commitOf, requiredVariable } from './variables';
import type { Environment, Pipeline } from './pipeline';

/** What a run of GitHub Actions knows about itself. */
interface GithubRun {
  readonly env: Environment;
  readonly event: unknown;
  /** Asks GitHub, only if the event does not contain enough. */
  readonly github: () => Github;
}

/**
 * What a run of GitHub Actions was started for: its event says it, which GitHub wrote. The number of a pull request is
 * taken from there, or asked of the API by the commit; never from a file that a job has left.
 *
 * @throws FindingsError `pipeline-incomplete`, `forge-request-failed`
 */
export async function githubPipeline(env: Environment, github: () => Github): Promise<Pipeline> {
  const event = readEvent(requiredVariable(env, 'GITHUB_EVENT_PATH'));
  const name = requiredVariable(env, 'GITHUB_EVENT_NAME');
  const pipeline = await pipelineOf(name, { env, event, github });
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: id } = env;
  const url = server && repository && id ? `${server}/${repository}/actions/runs/${id}` : undefined;
  return { ...pipeline, url };
}

function pipelineOf(name: string, run: GithubRun): Pipeline | Promise<Pipeline> {
  if (name === 'pull_request') return ofPullRequest(run);
  if (name === 'pull_request_target') return ofPullRequestTarget(run);
  if (name === 'workflow_run') return ofWorkflowRun(run);
  if (name === 'merge_group') return ofMergeGroup(run);
  return { ...ownRun, head: commitOf(requiredVariable(run.env, 'GITHUB_SHA'), 'GITHUB_SHA') };
}

const ownRun = {
  forge: 'github',
  runsCode: true,
  noComment: 'the run is not for a pull request',
} as const;

/** The working tree is the pull request's, and the token can write only if its author could. */
function ofPullRequest({ event, env }: GithubRun): Pipeline {
  const pull = pullRequestOf(event);
  const isReadOnly = pull.isFork || env['GITHUB_ACTOR'] === 'dependabot[bot]';
  const noComment = isReadOnly ? 'the token of a run for a fork or Dependabot is read-only' : undefined;
  return { ...ofFound(pull), runsCode: true, noComment };
}

/** The working tree is the default branch's, and the token can write, whoever opened the pull request. */
function ofPullRequestTarget({ event }: GithubRun): Pipeline {
  return { ...ofFound(pullRequestOf(event)), runsCode: false };
}

/** Like `pull_request_target`, but the event does not have the pull request of a fork, so we ask the API. */
async function ofWorkflowRun({ event, github }: GithubRun): Promise<Pipeline> {
  const head = commitOf(textOf(entryOf(event, 'workflow_run'), 'head_sha'), 'workflow_run.head_sha');
  const [pull, other] = await github().pullRequestsOf(head);
  if (!pull) {
    return { forge: 'github', head, runsCode: false, noComment: 'no open pull request has the commit' };
  }
  if (other) {
    fail({
      code: 'pull-request-ambiguous',
      message: `the pull requests ${pull.number} and ${other.number} have the same head, ${head}`,
      hint: 'run on pull_request_target, whose event names the pull request',
    });
  }
  return { ...ofFound(pull), runsCode: false };
}

/** What a merge queue is about to merge, compared with its base. */
function ofMergeGroup({ event }: GithubRun): Pipeline {
  const group = entryOf(event, 'merge_group');
  const head = commitOf(textOf(group, 'head_sha'), 'merge_group.head_sha');
  const base = commitOf(textOf(group, 'base_sha'), 'merge_group.base_sha');
  return {
    ...ownRun,
    head,
    change: { number: 0, base, ref: head },
    noComment: 'a merge queue has no pull request to comment on',
  };
}

function ofFound({ number, base, head }: FoundPullRequest): Pipeline & { readonly forge: 'github' } {
  if (number <= 0) incomplete('the number of the pull request');
  return {
    forge: 'github',
    head: commitOf(head, 'pull_request.head.sha'),
    change: {
      number,
      base: commitOf(base, 'pull_request.base.sha'),
      ref: `refs/pull/${number}/head`,
    },
    runsCode: false,
  };
}

function pullRequestOf(event: unknown): FoundPullRequest {
  const pull = entryOf(event, 'pull_request');
  const [base, head] = [entryOf(pull, 'base'), entryOf(pull, 'head')];
  // The repository of a deleted fork is not set.
  const [to, from] = [base, head].map((side) => textOf(entryOf(side, 'repo'), 'full_name'));
  return {
    number: numberOf(pull, 'number'),
    base: textOf(base, 'sha'),
    head: textOf(head, 'sha'),
    isFork: from !== to || from === '',
  };
}

function readEvent(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    return incomplete(`the event file in GITHUB_EVENT_PATH: ${(error as Error).message}`);
  }
}

function incomplete(what: string): never {
  return fail({
    code: 'pipeline-incomplete',
    message: `cannot read ${what}`,
    hint: 'run the command in a job of GitHub Actions, whose runner sets it',
  });
}
