import { resolve } from 'node:path';
import { findProject, type Project } from '../config/project';
import { checkScratchFolder, scratchFolder } from '../config/scratch-folder';
import { synthRequestFromEnv, type SynthRequest } from '../config/synth-request';
import { throwErrors } from '../findings/findings-error';

/** How a synth was started, and what that means for the repository. */
export interface Run {
  readonly project: Project;
  /** Whether the files are published into the repository. */
  readonly publishes: boolean;
  readonly wishes: SynthRequest;
}

/** Whether a command line started this process: the cdk8s CLI, or `cdk8s-flux synth`. */
export function isCommandRun(env: NodeJS.ProcessEnv): boolean {
  return env['CDK8S_OUTDIR'] !== undefined || synthRequestFromEnv(env) !== undefined;
}

/**
 * Finds out how this process was started. The cdk8s CLI says by `CDK8S_OUTDIR` where it wants its files; only when that
 * is the output that `cdk8s.yaml` names is it a plain `cdk8s synth`.
 *
 * @throws FindingsError `scratch-folder-unsafe` when cdk8s was told to use the published folder as its own, which
 *   it empties before each run
 */
export function findRun(env: NodeJS.ProcessEnv, folder: string): Run {
  const project = findProject(folder);
  const request = synthRequestFromEnv(env);
  const outdir = env['CDK8S_OUTDIR'];
  if (outdir !== undefined) throwErrors(checkScratchFolder(project, resolve(folder, outdir)));
  const plain =
    outdir !== undefined &&
    project.cdk8s !== undefined &&
    resolve(folder, outdir) === scratchFolder(project.cdk8s);
  return {
    project,
    publishes: plain || request !== undefined,
    wishes: request ?? { check: false, overwrite: false },
  };
}
