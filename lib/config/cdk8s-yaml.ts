import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { finding } from '../findings/finding';
import { throwErrors } from '../findings/findings-error';
import { parseDocuments } from '../yaml/parse';

/** The name of cdk8s's own configuration file. */
export const CDK8S_FILE = 'cdk8s.yaml';

/** Where the cdk8s CLI writes when `cdk8s.yaml` does not say. */
const CDK8S_DEFAULT_OUTPUT = 'dist';

/** What we need of a `cdk8s.yaml`. */
export interface Cdk8sYaml {
  /** The file's absolute path. Commands run in its folder, as the cdk8s CLI does it. */
  readonly file: string;
  /**
   * The command that runs the app.
   *
   * @default - the file names none
   */
  readonly app?: string;
  /** The folder that cdk8s writes to, as the file has it: relative to the file's folder. */
  readonly output: string;
}

/**
 * Reads the `cdk8s.yaml` of a folder; `undefined` when there is none.
 *
 * @throws FindingsError `yaml-invalid`, or `cdk8s-config-invalid` when `app` or `output` is no text
 */
export function readCdk8sYaml(folder: string): Cdk8sYaml | undefined {
  const file = resolve(join(folder, CDK8S_FILE));
  if (!existsSync(file)) return undefined;
  const value = parseDocuments(readFileSync(file, 'utf8'), CDK8S_FILE)[0]?.value;
  const { app, output = CDK8S_DEFAULT_OUTPUT } = (value ?? {}) as { app?: unknown; output?: unknown };
  throwErrors(
    Object.entries({ app, output })
      .filter(([, setting]) => setting !== undefined && (typeof setting !== 'string' || setting === ''))
      .map(([field, setting]) =>
        finding({
          code: 'cdk8s-config-invalid',
          message: `${JSON.stringify(setting)} is not a text`,
          hint:
            field === 'app' ? 'name the command that runs the app' : 'name the scratch folder of cdk8s synth',
          field,
          locations: [{ file: CDK8S_FILE }],
        }),
      ),
  );
  return { file, app: app as string | undefined, output: output as string };
}
