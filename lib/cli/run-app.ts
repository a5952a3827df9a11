import { spawn } from 'node:child_process';
import { dirname } from 'node:path';
import type { Cdk8sYaml } from '../config/cdk8s-yaml';
import type { Project } from '../config/project';
import { synthRequestToEnv, type SynthRequest } from '../config/synth-request';
import { fail } from '../findings/findings-error';
import { EXIT } from './exit-code';
import type { Io } from './io';
import { withResultFile, type RunResult } from './run-result';

/** What `cdk8s.yaml` contains if it names the command that runs the app. */
type RunnableApp = Cdk8sYaml & { readonly app: string };

/**
 * What `cdk8s.yaml` says, with the command that runs the app.
 *
 * @throws FindingsError `cdk8s-config-missing` or `cdk8s-config-invalid` without it
 */
export function appOf({ cdk8s }: Project): RunnableApp {
  if (cdk8s === undefined) {
    return fail({
      code: 'cdk8s-config-missing',
      message: 'there is no cdk8s.yaml in this folder or above it',
      hint: 'run the command in a cdk8s project, or write a cdk8s.yaml with "app" and "output"',
    });
  }
  const { app } = cdk8s;
  if (app === undefined) {
    return fail({
      code: 'cdk8s-config-invalid',
      message: 'the command that runs the app is missing',
      hint: 'add "app", for example "app: npx ts-node main.ts"',
      field: 'app',
      locations: [{ file: 'cdk8s.yaml' }],
    });
  }
  return { ...cdk8s, app };
}

/** How an app ended. */
export interface AppRun {
  /** Its exit code: 0, 1 or 2. */
  readonly code: number;
  /**
   * What it left.
   *
   * @default - it has no GitOpsApp
   */
  readonly result?: RunResult;
}

/**
 * Runs the app's command as the cdk8s CLI does: in a shell, in the folder of cdk8s.yaml. The app prints its findings.
 *
 * @throws FindingsError `app-failed` when the command failed before the app was synthesized: it could not be run, or the
 *   author's code threw an error
 */
export async function runApp(cdk8s: RunnableApp, request: SynthRequest, io: Io): Promise<AppRun> {
  const { value, result } = await withResultFile((resultFile) =>
    spawnApp(cdk8s, { ...request, resultFile }, io),
  );
  const { code, reason } = value;
  // Code 1 without a result comes from Node: the app ended before it was synthesized.
  if (code === EXIT.clean || code === EXIT.failed || (code === EXIT.findings && result))
    return { code, result };
  return fail({
    code: 'app-failed',
    message: `the command ${JSON.stringify(cdk8s.app)} of cdk8s.yaml ${reason}`,
    hint: `run it directly in ${JSON.stringify(dirname(cdk8s.file))} to see what is wrong`,
  });
}

function spawnApp(
  cdk8s: RunnableApp,
  request: SynthRequest,
  io: Io,
): Promise<{ code?: number; reason: string }> {
  const child = spawn(cdk8s.app, {
    shell: true,
    cwd: dirname(cdk8s.file),
    env: {
      ...io.env,
      CDK8S_OUTDIR: cdk8s.output,
      CDK8S_RECORD_CONSTRUCT_METADATA: io.env['CDK8S_RECORD_CONSTRUCT_METADATA'] ?? 'false',
      ...synthRequestToEnv(request),
    },
    stdio: ['inherit', io.childStreams, io.childStreams],
  });
  child.stdout?.setEncoding('utf8').on('data', (text: string) => io.stdout(text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => io.stderr(text));
  return new Promise((done) => {
    child.once('error', (error) => done({ reason: `could not be started: ${error.message}` }));
    child.once('close', (code, signal) =>
      done(
        code === null
          ? { reason: `was stopped by ${signal}` }
          : { code, reason: `ended with exit code ${code}` },
      ),
    );
  });
}
