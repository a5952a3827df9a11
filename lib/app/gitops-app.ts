import { App, type AppProps } from 'cdk8s';
import { isMainProgram } from '../findings/print-uncaught';
import { findProject } from '../config/project';
import { scratchFolder } from '../config/scratch-folder';
import { watchSources } from '../flux/source-line';
import { markGitOpsApp } from '../delivery/gitops-root';
import { reportUncaught } from './report-uncaught';
import { isCommandRun } from './synth-run';
import { synthesize } from './synthesize';

/** What a `GitOpsApp` can be told. What concerns the repository is in `cdk8s-flux.yaml`. */
export type GitOpsAppProps = Pick<AppProps, 'outdir' | 'resolvers' | 'recordConstructMetadata'>;

/** Where a program writes if no command runs it: the folder of cdk8s.yaml, which no other command reads. */
function scratchOfProgram(): string | undefined {
  if (isCommandRun(process.env) || !isMainProgram()) return undefined;
  const { cdk8s } = findProject(process.cwd());
  return cdk8s && scratchFolder(cdk8s);
}

/**
 * One repository that Flux reconciles: its clusters, and the publishing of what they run.
 *
 * Under `cdk8s synth` and `cdk8s-flux synth` the files are published into the repository. Everywhere else (in tests,
 * with `--stdout` or another `--output`) nothing is.
 */
export class GitOpsApp extends App {
  constructor(props: GitOpsAppProps = {}) {
    super({ ...props, outdir: props.outdir ?? scratchOfProgram() });
    markGitOpsApp(this);
    watchSources(this);
    if (isCommandRun(process.env) || isMainProgram()) reportUncaught(this);
  }

  /**
   * Plans everything in memory, checks it, and only then writes: all objects of a cluster in one file to the folder
   * that cdk8s knows, and, when this run publishes, the files of the repository.
   *
   * @throws FindingsError with everything that is wrong, in a run that does not publish; one that does prints it and
   *   makes the process exit with 1
   */
  override synth(): void {
    synthesize(this);
  }
}
