import { statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { finding, type Finding } from '../findings/finding';
import { fail, throwErrors } from '../findings/findings-error';
import { nearestName } from '../findings/nearest-name';
import { isMap } from '../plain/plain-data';
import { repositoryPath } from '../tree/path';
import { pointerOf } from '../plain/json-pointer';
import { fieldPositions, type FieldPosition } from '../yaml/field-positions';
import { parseDocuments } from '../yaml/parse';
import { checkRoot, checkWrittenPaths, type CheckedRoot, type PathProblem } from './check-paths';
import { checkSettings } from './check-settings';
import { CONFIG_FILE, DEFAULT_OUTPUT, configSchema } from './config-schema';
import { beginningOf } from './describe-value';
import { findUpwards } from './find-upwards';
import type { FluxConfig } from './flux-config';
import { plaintextProblem, PLAINTEXT_HINT } from './plaintext-allowance';
import { readConfigFile } from './read-config-file';
import { withSlashes } from '../plain/with-slashes';

/** A configuration file that was read, and what follows from it. */
export interface LoadedConfig {
  /** The file's absolute path. */
  readonly file: string;
  /** The root of the repository, as an absolute path. */
  readonly root: string;
  /** The folder that is published to, from the root of the repository; `''` is the root itself. */
  readonly output: string;
  /** What the file says. */
  readonly config: FluxConfig;
}

/**
 * Reads the `cdk8s-flux.yaml` of a folder, or of the nearest one above it in the same git repository.
 *
 * @throws FindingsError see `loadConfig`
 */
export function findConfig(from: string): LoadedConfig | undefined {
  const file = findUpwards(CONFIG_FILE, from);
  return file === undefined ? undefined : loadConfig(file);
}

/**
 * Reads a configuration file.
 *
 * @throws FindingsError with all that is wrong: `config-unreadable`, `file-too-large`, `yaml-invalid`,
 *   `config-unknown-key`, `config-invalid`, `path-outside-repository`, `path-invalid`
 */
export function loadConfig(path: string): LoadedConfig {
  const file = resolve(path);
  const { config, root } = readConfig(file, readConfigFile(file), ON_DISK);
  return { file, root, output: repositoryPath(config.output ?? DEFAULT_OUTPUT), config };
}

/** How the paths that a configuration names are checked. */
export interface PathChecks {
  /** The root that it names. */
  root(file: string, given: string): CheckedRoot;
  /** What is wrong with the paths to which it has things written. */
  written(config: FluxConfig, root: string): readonly PathProblem[];
  /** Whether there is a folder at a path from the root. */
  isFolder(path: string, root: string): boolean;
}

const ON_DISK: PathChecks = {
  root: checkRoot,
  written: checkWrittenPaths,
  isFolder: (path, root) => statSync(join(root, path), { throwIfNoEntry: false })?.isDirectory() === true,
};

/**
 * Reads the text of a configuration file, with the root that it names.
 *
 * @throws FindingsError see `loadConfig`
 */
export function readConfig(
  file: string,
  text: string,
  checks: PathChecks,
): { readonly config: FluxConfig; readonly root: string } {
  const documents = parseDocuments(text, basename(file));
  if (documents.length > 1) {
    fail({
      code: 'config-invalid',
      message: `the file has ${documents.length} YAML documents; only one is allowed`,
      hint: 'remove the line "---" and everything after it',
      locations: [{ file: basename(file), line: documents[1]?.line }],
    });
  }
  const value = documents[0]?.value ?? {};
  return new ConfigReader(file, value, fieldPositions(text)[0] ?? new Map(), checks).read();
}

/** The first fields of a configuration file. */
const START = 'begin the file with "version: 1"';

/** Checks the data of one file; every finding has its line. */
class ConfigReader {
  constructor(
    private readonly file: string,
    private readonly value: unknown,
    private readonly positions: ReadonlyMap<string, FieldPosition>,
    private readonly checks: PathChecks,
  ) {}

  read(): { readonly config: FluxConfig; readonly root: string } {
    throwErrors(this.checkShape());
    const problems = checkSettings(this.value, configSchema);
    throwErrors(problems.map((problem) => this.finding(problem)));
    const config = this.value as FluxConfig;
    const { root, problem } = this.checks.root(this.file, config.root ?? '.');
    throwErrors([
      ...(problem ? [this.finding(problem)] : []),
      ...this.checks.written(config, root ?? dirname(this.file)).map((wrong) => this.finding(wrong)),
      ...this.checkAllowances(config, root ?? dirname(this.file)),
    ]);
    return { config, root: root as string };
  }

  /** If the file is something else entirely, we quote nothing, not even its keys. */
  private checkShape(): Finding[] {
    if (!isMap(this.value)) {
      const got = Array.isArray(this.value) ? 'a list' : 'a single value';
      return [
        this.finding({
          code: 'config-invalid',
          path: [],
          message: `${got} is not a map`,
          hint: START,
        }),
      ];
    }
    const keys = Object.keys(this.value);
    const known = Object.keys(configSchema.properties ?? {});
    if (keys.length === 0 || keys.some((key) => nearestName(key, known) !== undefined)) return [];
    const message = `the file has none of the keys ${known.map((key) => JSON.stringify(key)).join(', ')}`;
    return [this.finding({ code: 'config-invalid', path: [], message, hint: START })];
  }

  private checkAllowances({ allow = [] }: FluxConfig, root: string): Finding[] {
    return allow.flatMap((allowance, index) => {
      const problem = plaintextProblem(allowance, (path) => this.checks.isFolder(path, root));
      if (problem === undefined) return [];
      const path = ['allow', String(index), ...(problem.key ?? [])];
      return [this.finding({ code: 'config-invalid', path, message: problem.message, hint: PLAINTEXT_HINT })];
    });
  }

  private finding({ code, path, message, hint }: PathProblem): Finding {
    const field = path.length > 0 ? path.map(beginningOf).join('.') : undefined;
    return finding({ code, message, hint, field, locations: [this.location(path)] });
  }

  private location(path: readonly string[]): { file: string; line?: number } {
    return { file: this.displayName(), line: this.positions.get(pointerOf(path))?.line };
  }

  /** The file from the root that it sets, if it may set that one. */
  private displayName(): string {
    const named = isMap(this.value) ? this.value['root'] : undefined;
    const { root } = typeof named === 'string' ? this.checks.root(this.file, named) : {};
    return root === undefined ? basename(this.file) : withSlashes(relative(root, this.file));
  }
}
