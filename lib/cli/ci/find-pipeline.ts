import { systemClock } from '../../ci/forge/api';
import { Github } from '../../ci/forge/github';
import { gitlabThread } from '../../ci/forge/gitlab';
import type { Thread } from '../../ci/forge/thread';
import { githubPipeline } from '../../ci/pipeline/github-pipeline';
import { gitlabPipeline } from '../../ci/pipeline/gitlab-pipeline';
import type { Environment, Pipeline } from '../../ci/pipeline/pipeline';
import { requiredVariable } from '../../ci/pipeline/variables';
import { fail } from '../../findings/findings-error';

/** Variables that contain a token for a code host. */
const TOKENS = { github: ['GITHUB_TOKEN', 'GH_TOKEN'], gitlab: ['GITLAB_TOKEN'] } as const;

/** What a pipeline was started for, and how its forge is asked. */
export interface FoundPipeline {
  readonly pipeline: Pipeline;
  /** What git needs to fetch from the forge; undefined where it has what it needs. */
  readonly credentials?: { readonly server: string; readonly token: string };
}

/**
 * What the pipeline around this process was started for.
 *
 * @throws FindingsError `pipeline-incomplete`, `forge-token-missing`, `forge-request-failed`, `pull-request-ambiguous`
 */
export async function findPipeline(env: Environment): Promise<FoundPipeline> {
  if (env['GITHUB_ACTIONS'] === 'true') {
    const pipeline = await githubPipeline(env, () => github(env));
    const token = tokenOf(env, 'github');
    const server = env['GITHUB_SERVER_URL'];
    return { pipeline, credentials: token && server ? { server, token } : undefined };
  }
  if (env['GITLAB_CI'] === 'true') return { pipeline: gitlabPipeline(env) };
  return fail({
    code: 'pipeline-incomplete',
    message: 'neither GITHUB_ACTIONS nor GITLAB_CI is "true"',
    hint: 'run the command in a job of GitHub Actions or GitLab CI; elsewhere run cdk8s-flux check and cdk8s-flux diff',
  });
}

/**
 * The conversation below the pull request or merge request of a pipeline.
 *
 * @throws FindingsError `forge-token-missing`, `pipeline-incomplete`
 */
export function threadOf({ forge }: Pipeline, number: number, env: Environment): Thread {
  if (forge === 'github') return github(env).thread(number);
  const target = {
    apiUrl: requiredVariable(env, 'CI_API_V4_URL'),
    project: requiredVariable(env, 'CI_PROJECT_ID'),
    token: neededToken(env, 'gitlab'),
  };
  return gitlabThread(target, number, systemClock);
}

/** The environment for code of the repository: without the tokens, and without files by which it could steer later steps. */
export function environmentForCode(env: Environment): Environment {
  const withheld = new Set<string>([
    ...TOKENS.github,
    ...TOKENS.gitlab,
    ...['GITHUB_ENV', 'GITHUB_PATH', 'GITHUB_OUTPUT', 'GITHUB_STATE', 'GITHUB_STEP_SUMMARY'],
  ]);
  return Object.fromEntries(Object.entries(env).filter(([name]) => !withheld.has(name)));
}

function github(env: Environment): Github {
  const apiUrl = requiredVariable(env, 'GITHUB_API_URL');
  const options = {
    apiUrl,
    graphqlUrl: env['GITHUB_GRAPHQL_URL'] ?? `${apiUrl}/graphql`,
    repository: requiredVariable(env, 'GITHUB_REPOSITORY'),
    token: neededToken(env, 'github'),
  };
  return new Github(options, systemClock);
}

function tokenOf(env: Environment, forge: keyof typeof TOKENS): string | undefined {
  return TOKENS[forge].map((name) => env[name]).find((value) => value !== undefined && value !== '');
}

function neededToken(env: Environment, forge: keyof typeof TOKENS): string {
  return (
    tokenOf(env, forge) ??
    fail({
      code: 'forge-token-missing',
      message: `the variable ${TOKENS[forge][0]} is not set`,
      hint:
        forge === 'github'
          ? 'pass it to the step: "env: GITHUB_TOKEN: ${{ github.token }}", or use --no-comment'
          : 'set it to a project access token with the scope "api", or use --no-comment',
    })
  );
}
