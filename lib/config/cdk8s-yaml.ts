import { lstatSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { finding, type Finding } from '../findings/finding';
import { throwErrors } from '../findings/findings-error';
import { isMap } from '../plain/plain-data';
import { parseDocuments } from '../yaml/parse';
import { describeValue } from './describe-value';
import { readConfigFile } from './read-config-file';

/** The name of cdk8s's own configuration file. */
export const CDK8S_FILE = 'cdk8s.yaml';

/** Where the cdk8s CLI writes if `cdk8s.yaml` does not set a folder. */
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
 * @throws FindingsError `yaml-invalid`, `config-unreadable`, `file-too-large`, or `cdk8s-config-invalid` when `app` or
 *   `output` is no text
 */
export function readCdk8sYaml(folder: string): Cdk8sYaml | undefined {
  const file = resolve(join(folder, CDK8S_FILE));
  if (!lstatSync(file, { throwIfNoEntry: false })) return undefined;
  const value = parseDocuments(readConfigFile(file), CDK8S_FILE)[0]?.value ?? {};
  if (!isMap(value)) {
    throwErrors([invalid('the file is not a map', 'write "app" and "output" into it')]);
    return undefined;
  }
  const app = Object.hasOwn(value, 'app') ? value['app'] : undefined;
  const output = Object.hasOwn(value, 'output') ? value['output'] : CDK8S_DEFAULT_OUTPUT;
  throwErrors([
    ...checkText(app, 'app', 'set the command that runs the app'),
    ...checkText(output, 'output', 'set the scratch folder of cdk8s synth'),
  ]);
  return { file, app: app as string | undefined, output: output as string };
}

function checkText(value: unknown, field: string, hint: string): Finding[] {
  if (value === undefined) return [];
  if (typeof value !== 'string' || value === '')
    return [invalid(`${describeValue(value)} is not a string`, hint, field)];
  return value.includes('\0')
    ? [
        invalid(
          `${describeValue(value)} has a NUL character, which is not allowed in a command or a folder`,
          hint,
          field,
        ),
      ]
    : [];
}

function invalid(message: string, hint: string, field?: string): Finding {
  return finding({
    code: 'cdk8s-config-invalid',
    message,
    hint,
    field,
    locations: [{ file: CDK8S_FILE }],
  });
}
