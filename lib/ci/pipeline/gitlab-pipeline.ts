import { fail } from '../../findings/findings-error';
import { commitOf, requiredVariable } from './variables';
import type { Environment, Pipeline } from './pipeline';

/**
 * What a pipeline of GitLab CI was started for, by the variables that GitLab sets.
 *
 * @throws FindingsError `pipeline-incomplete`
 * @see https://docs.gitlab.com/ci/variables/predefined_variables/
 */
export function gitlabPipeline(env: Environment): Pipeline {
  const url = env['CI_PIPELINE_URL'];
  const commit = commitOf(requiredVariable(env, 'CI_COMMIT_SHA'), 'CI_COMMIT_SHA');
  const iid = env['CI_MERGE_REQUEST_IID'];
  if (iid === undefined || iid === '') {
    return {
      forge: 'gitlab',
      head: commit,
      runsCode: true,
      noComment: 'the pipeline is not for a merge request',
      url,
    };
  }
  const number = Number(iid);
  if (!Number.isSafeInteger(number) || number <= 0) {
    fail({
      code: 'pipeline-incomplete',
      message: `CI_MERGE_REQUEST_IID is ${JSON.stringify(iid)}; expected a number`,
      hint: 'run the command in a merge request pipeline of GitLab CI',
    });
  }
  // In a pipeline for merged results, CI_COMMIT_SHA is the merge commit that GitLab created.
  const source = env['CI_MERGE_REQUEST_SOURCE_BRANCH_SHA'];
  const head = source ? commitOf(source, 'CI_MERGE_REQUEST_SOURCE_BRANCH_SHA') : commit;
  return {
    forge: 'gitlab',
    head,
    // A pipeline of a fork runs in the fork, which has the commits but no reference for the merge request.
    change: { number, base: targetOf(env), ref: head },
    runsCode: true,
    noComment: noCommentOf(env),
    url,
  };
}

/** The tip of the target branch if GitLab provides it, otherwise the commit where the branch began. */
function targetOf(env: Environment): string {
  const target = env['CI_MERGE_REQUEST_TARGET_BRANCH_SHA'];
  if (target) return commitOf(target, 'CI_MERGE_REQUEST_TARGET_BRANCH_SHA');
  const base = requiredVariable(env, 'CI_MERGE_REQUEST_DIFF_BASE_SHA');
  return commitOf(base, 'CI_MERGE_REQUEST_DIFF_BASE_SHA');
}

function noCommentOf(env: Environment): string | undefined {
  const isFork = env['CI_MERGE_REQUEST_SOURCE_PROJECT_ID'] !== env['CI_MERGE_REQUEST_PROJECT_ID'];
  if (isFork)
    return 'the merge request comes from a fork, whose pipeline does not have a token for this project';
  return env['GITLAB_TOKEN'] ? undefined : 'GITLAB_TOKEN is not set';
}
