import { existsSync } from 'node:fs';
import { isAbsolute, relative } from 'node:path';
import { findProject, type Project } from '../config/project';
import { emptyScratchFolder, hasScratch } from '../config/empty-scratch-folder';
import { scratchFolder } from '../config/scratch-folder';
import type { SynthRequest } from '../config/synth-request';
import { fail } from '../findings/findings-error';
import { repositoryPath } from '../tree/path';
import { EXIT } from './exit-code';
import type { Io } from './io';
import { withProgress } from './progress';
import { appOf, runApp, type AppRun } from './run-app';
import { withSlashes } from '../plain/with-slashes';

/** What is wanted of a run of the app. */
export interface SynthOptions {
  /** Publish nothing, and tell whether something would change. */
  readonly check?: boolean;
  /** Drop what was edited by hand: all, or at or below these paths. */
  readonly overwrite?: true | readonly string[];
  /** Encrypt what is at or below these paths anew. */
  readonly reencrypt?: readonly string[];
  /** The only cluster to publish. */
  readonly cluster?: string;
  /** Print errors only. */
  readonly quiet?: boolean;
}

/**
 * Runs the app once.
 *
 * @throws FindingsError `app-failed`, and what the configuration is wrong in
 */
export async function synthOnce(options: SynthOptions, io: Io): Promise<AppRun> {
  const project = findProject(io.cwd);
  const cdk8s = appOf(project);
  const scratch = scratchFolder(cdk8s);
  emptyScratchFolder(project, cdk8s);
  const wasThere = existsSync(scratch);
  const { code, result } = await withProgress(`running ${cdk8s.app}`, io, () =>
    runApp(cdk8s, requestOf(options, project), io),
  );
  if (code === EXIT.clean && !hasScratch(scratch, wasThere)) {
    // Otherwise, `--check` would pass, whatever is committed.
    fail({
      code: 'app-failed',
      message: `the command ${JSON.stringify(cdk8s.app)} of cdk8s.yaml ended without an error, but synthesized nothing`,
      hint: 'call synth() of the GitOpsApp at the end of the program',
    });
  }
  return { code, result };
}

function requestOf(options: SynthOptions, { root }: Project): SynthRequest {
  const { overwrite } = options;
  return {
    check: options.check ?? false,
    overwrite:
      overwrite === undefined || overwrite === true ? (overwrite ?? false) : fromRoot(overwrite, root),
    reencrypt: options.reencrypt && fromRoot(options.reencrypt, root),
    cluster: options.cluster,
    quiet: options.quiet,
  };
}

/** Paths in the form that findings print, from the root; absolute paths are accepted too. */
function fromRoot(paths: readonly string[], root: string): string[] {
  return paths.map((path) => repositoryPath(withSlashes(isAbsolute(path) ? relative(root, path) : path)));
}
