import { readFileSync, statSync } from 'node:fs';
import { basename, dirname, relative, resolve, sep } from 'node:path';
import type { FindingCode } from '../findings/codes';
import { finding, type Finding } from '../findings/finding';
import { FindingsError, fail, throwErrors } from '../findings/findings-error';
import { repositoryPath } from '../tree/path';
import { fieldPositions, pointerOf, type FieldPosition } from '../yaml/field-positions';
import { parseDocuments } from '../yaml/parse';
import { checkSettings } from './check-settings';
import { CONFIG_FILE, DEFAULT_OUTPUT, configSchema } from './config-schema';
import { findUpwards } from './find-upwards';
import type { FluxConfig } from './flux-config';

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
 * @throws FindingsError with all that is wrong: `config-unreadable`, `yaml-invalid`, `config-unknown-key`,
 *   `config-invalid`, `path-outside-repository`, `path-invalid`
 */
export function loadConfig(path: string): LoadedConfig {
  const file = resolve(path);
  const text = readText(file);
  const documents = parseDocuments(text, basename(file));
  if (documents.length > 1) {
    fail({
      code: 'config-invalid',
      message: `there are ${documents.length} documents, where one is allowed`,
      hint: 'remove the line "---" and what follows it',
      locations: [{ file: basename(file), line: documents[1]?.line }],
    });
  }
  const value = documents[0]?.value ?? {};
  return new ConfigReader(file, value, fieldPositions(text)[0] ?? new Map()).read();
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return fail({ code: 'config-unreadable', message: `${JSON.stringify(file)} cannot be read: ${code}` });
  }
}

/** Checks one file's data; every finding knows its line. */
class ConfigReader {
  constructor(
    private readonly file: string,
    private readonly value: unknown,
    private readonly positions: ReadonlyMap<string, FieldPosition>,
  ) {}

  read(): LoadedConfig {
    const problems = checkSettings(this.value, configSchema);
    throwErrors(problems.map(({ code, path, message, hint }) => this.finding(code, path, message, hint)));
    const config = this.value as FluxConfig;
    const root = resolve(dirname(this.file), config.root ?? '.');
    throwErrors([...this.checkRoot(root), ...this.checkOutput(config), ...this.checkAllowances(config)]);
    return { file: this.file, root, output: repositoryPath(config.output ?? DEFAULT_OUTPUT), config };
  }

  private checkRoot(root: string): Finding[] {
    const named = JSON.stringify(root);
    if (!statSync(root, { throwIfNoEntry: false })?.isDirectory()) {
      return [
        this.finding('config-invalid', ['root'], `there is no folder ${named}`, 'name an existing folder'),
      ];
    }
    if (!`${this.file}`.startsWith(root.endsWith(sep) ? root : root + sep)) {
      const hint = 'leave it out, or name a folder above, such as ".."';
      return [this.finding('config-invalid', ['root'], `${named} does not hold this file`, hint)];
    }
    return [];
  }

  /** A secret in plain text is allowed one by one: who allows all of them overlooks the next. */
  private checkAllowances({ allow = [] }: FluxConfig): Finding[] {
    return allow.flatMap(({ code, object, file }, index) =>
      code === 'plaintext-secret' && object === undefined && file === undefined
        ? [
            this.finding(
              'config-invalid',
              ['allow', String(index)],
              'plaintext-secret is allowed for everything; expected the object or the file that is meant',
              'add "object", for example "object: Secret/shop/test-key"',
            ),
          ]
        : [],
    );
  }

  private checkOutput(config: FluxConfig): Finding[] {
    if (config.output === undefined) return [];
    try {
      repositoryPath(config.output, this.location(['output']));
      return [];
    } catch (error) {
      if (FindingsError.isFindingsError(error)) return [...error.findings];
      throw error;
    }
  }

  private finding(code: FindingCode, path: readonly string[], message: string, hint?: string): Finding {
    const field = path.length > 0 ? path.join('.') : undefined;
    return finding({ code, message, hint, field, locations: [this.location(path)] });
  }

  private location(path: readonly string[]): { file: string; line?: number } {
    return { file: this.displayName(), line: this.positions.get(pointerOf(path))?.line };
  }

  /** The file from the root that it names, where that makes sense. */
  private displayName(): string {
    const { root } = (this.value ?? {}) as { root?: unknown };
    const name = relative(resolve(dirname(this.file), typeof root === 'string' ? root : '.'), this.file);
    return name.startsWith('..') || name === '' ? basename(this.file) : name.split(sep).join('/');
  }
}
