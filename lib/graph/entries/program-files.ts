const PIPELINE =
  /(?:^|\/)(?:\.(?:github|gitea|forgejo)\/.*\.ya?ml|\.gitlab-ci\.ya?ml|\.gitlab\/.*\.ya?ml|\.circleci\/.*\.ya?ml|bitbucket-pipelines\.yml|azure-pipelines.*\.ya?ml|\.drone\.ya?ml|\.woodpecker.*\.ya?ml|Jenkinsfile)$/;
const SCRIPT =
  /(?:^|\/)(?:(?:GNU)?[Mm]akefile|.*\.mk|[Tt]askfile[^/]*\.ya?ml|\.?justfile|\.?mise\.toml|[^/]*\.(?:sh|bash|zsh|fish|just))$/;

/** Whether a file has the commands of a CI system, which runs them in the root of the repository. */
export function isPipeline(path: string): boolean {
  return PIPELINE.test(path);
}

/** Whether a file has commands that CI systems do not start by themselves: a script, or the tasks of `make` and the like. */
export function isScript(path: string): boolean {
  return SCRIPT.test(path);
}
