import { codeOf, isCode } from '../../plain/error-code';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseEnv } from 'node:util';
import type { ResolvedValue, SettledValue } from './resolved-value';

/** The surroundings in which values are looked for. */
export interface ValueContext {
  /** The repository's root, which paths are relative to. */
  readonly root: string;
  /**
   * The environment.
   *
   * @default process.env
   */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** How long a command may take, in milliseconds: long enough to unlock a vault by hand. */
const COMMAND_PATIENCE_MS = 300_000;

/** Looks an environment variable up. */
export function readEnvironment(name: string, context: ValueContext): SettledValue {
  const value = (context.env ?? process.env)[name];
  const place = `environment variable ${JSON.stringify(name)}`;
  return value
    ? found(Buffer.from(value))
    : missing(`${place} (${value === undefined ? 'not set' : 'empty'})`);
}

/** Looks a variable up in a file of `NAME=value` lines. */
export function readEnvFile(path: string, key: string, context: ValueContext): SettledValue {
  const file = readFile(path, context);
  if (file.kind !== 'value') return file;
  const value = parseEnv(Buffer.from(file.bytes).toString('utf8'))[key];
  const place = `variable ${JSON.stringify(key)} in file ${JSON.stringify(path)}`;
  return value
    ? found(Buffer.from(value))
    : missing(`${place} (${value === undefined ? 'not found' : 'empty'})`);
}

/** Reads a whole file. */
export function readFile(path: string, context: ValueContext): SettledValue {
  try {
    return found(readFileSync(resolve(context.root, path)));
  } catch (error) {
    return missing(`file ${JSON.stringify(path)} (${errorCode(error)})`);
  }
}

/** A command that is run, once, when what it prints is needed. */
export function deferCommand(program: string, args: readonly string[], context: ValueContext): ResolvedValue {
  // The arguments are never in messages, because one may be a token.
  const place = `command ${JSON.stringify(program)}`;
  let known: SettledValue | undefined;
  const settle = (): SettledValue => (known ??= runCommand(place, [program, ...args], context));
  return { kind: 'deferred', lookedFor: place, settle };
}

/** Runs a command and returns what it prints. */
function runCommand(
  place: string,
  [program = '', ...args]: readonly string[],
  context: ValueContext,
): SettledValue {
  // What the command prints for the user goes to the terminal, and not through us.
  const result = spawnSync(program, args, {
    cwd: context.root,
    env: { ...(context.env ?? process.env) },
    stdio: ['inherit', 'pipe', 'inherit'],
    timeout: COMMAND_PATIENCE_MS,
    maxBuffer: 16 * 1024 * 1024,
  });
  if (result.error) return missing(`${place} (${errorCode(result.error)})`);
  if (result.status !== 0) return missing(`${place} (failed with ${result.status ?? result.signal})`);
  const printed = withoutLineBreak(result.stdout);
  return printed.length > 0 ? found(printed) : missing(`${place} (printed nothing)`);
}

function withoutLineBreak(printed: Buffer): Buffer {
  let end = printed.length;
  if (printed[end - 1] === 0x0a) end -= printed[end - 2] === 0x0d ? 2 : 1;
  return printed.subarray(0, end);
}

function found(bytes: Buffer): SettledValue {
  return { kind: 'value', bytes };
}

function missing(lookedFor: string): SettledValue {
  return { kind: 'missing', lookedFor };
}

function errorCode(error: unknown): string {
  return isCode(error, 'ENOENT') ? 'not found' : codeOf(error) || 'unreadable';
}
