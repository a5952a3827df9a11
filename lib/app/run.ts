import { relative, resolve, sep } from 'node:path';
import { findProject, type Project } from '../config/project';
import { fail } from '../findings/findings-error';

/** What `cdk8s-flux synth` asks of the app that it starts. */
export interface SynthWishes {
  /** Only say what would change. */
  readonly check?: boolean;
  /** Which hand edits to overwrite: all, or those at or below these paths. */
  readonly overwrite?: boolean | readonly string[];
  /** Publish only this cluster, by its id. */
  readonly cluster?: string;
}

/** How a synth was started, and what that means for the repository. */
export interface Run {
  readonly project: Project;
  /** Whether the files are published into the repository. */
  readonly publishes: boolean;
  readonly wishes: SynthWishes;
}

/** The variable by which `cdk8s-flux synth` tells the app its wishes. */
export const WISHES_VARIABLE = 'CDK8S_FLUX_SYNTH';

/**
 * Finds out how this process was started. The cdk8s CLI says by `CDK8S_OUTDIR` where it wants its files; only when that
 * is the output that `cdk8s.yaml` names is it a plain `cdk8s synth`.
 *
 * @throws FindingsError `output-is-published-folder` when cdk8s was told to use the published folder as its own, which
 *   it empties before each run
 */
export function findRun(env: NodeJS.ProcessEnv, folder: string): Run {
  const project = findProject(folder);
  const wishes = env[WISHES_VARIABLE];
  const outdir = env['CDK8S_OUTDIR'];
  if (outdir !== undefined) refusePublishedFolder(resolve(folder, outdir), project);
  const named = project.cdk8s && resolve(project.cdk8s.file, '..', project.cdk8s.output);
  const plain = outdir !== undefined && resolve(folder, outdir) === named;
  return {
    project,
    publishes: plain || wishes !== undefined,
    wishes: wishes === undefined ? {} : (JSON.parse(wishes) as SynthWishes),
  };
}

function refusePublishedFolder(outdir: string, project: Project): void {
  const published = resolve(project.root, project.output);
  if (!contains(outdir, published) && !contains(published, outdir)) return;
  const folder = project.output || '.';
  fail({
    code: 'output-is-published-folder',
    message: `cdk8s empties its output folder before each run, and ${JSON.stringify(outdir)} is, holds or lies in the published folder ${JSON.stringify(published)}`,
    hint: `set "output: dist/manifests" in cdk8s.yaml; what was lost comes back with: git restore -- ${folder}`,
    locations: project.cdk8s
      ? [{ file: relative(project.root, project.cdk8s.file).split(sep).join('/') }]
      : [],
  });
}

function contains(outer: string, inner: string): boolean {
  return inner === outer || inner.startsWith(outer.endsWith(sep) ? outer : outer + sep);
}
