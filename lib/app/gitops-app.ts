import { App, type AppProps } from 'cdk8s';
import { isMainProgram } from '../findings/print-uncaught';
import { findProject } from '../config/project';
import { scratchFolder } from '../config/scratch-folder';
import { watchSources } from '../flux/source-line';
import { markGitOpsApp } from '../delivery/gitops-root';
import { compileLater } from '../plain/compile-later';
import { reportUncaught } from './report-uncaught';
import { isCommandRun } from './synth-run';
import { synthesize } from './synthesize';

/** The props of a `GitOpsApp`. The settings of the repository are in `cdk8s-flux.yaml`. */
export type GitOpsAppProps = Pick<AppProps, 'outdir' | 'resolvers' | 'recordConstructMetadata'>;

/** Where a program writes if no command runs it: the folder of cdk8s.yaml, which no other command reads. */
function scratchOfProgram(): string | undefined {
  if (isCommandRun(process.env) || !isMainProgram()) return undefined;
  const { cdk8s } = findProject(process.cwd());
  return cdk8s && scratchFolder(cdk8s);
}

/**
 * A repository that Flux reconciles: its clusters, and the files that synth writes for them.
 *
 * `cdk8s synth` and `cdk8s-flux synth` write the files into the repository. Everywhere else (in tests, with `--stdout`
 * or another `--output`), nothing is written into it.
 */
export class GitOpsApp extends App {
  constructor(props: GitOpsAppProps = {}) {
    super({ ...props, outdir: props.outdir ?? scratchOfProgram() });
    markGitOpsApp(this);
    watchSources(this);
    if (!isCommandRun(process.env) && !isMainProgram()) return;
    // The process is there only for this app.
    compileLater();
    reportUncaught(this);
  }

  /**
   * Creates everything in memory, checks it, and only then writes it: all objects of a cluster to one file in the
   * output folder of cdk8s, and, if this run publishes, the files of the repository.
   *
   * @throws FindingsError with all problems, in a run that does not publish; a run that publishes prints them, and
   *   makes the process exit with 1
   */
  override synth(): void {
    synthesize(this);
  }
}
