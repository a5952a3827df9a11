import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Finding } from '../findings/finding';

/** What an app leaves for the command that ran it. */
export interface RunResult {
  /** The files that it wrote, or would write with `--check`. */
  readonly written: readonly string[];
  /** The files that it removed, or would remove. */
  readonly removed: readonly string[];
  /** The files that were edited by hand, and that it left alone. */
  readonly kept: readonly string[];
  /** Everything that it found. */
  readonly findings: readonly Finding[];
}

/** What an app left, and the result of working with it. */
interface WithResult<T> {
  readonly value: T;
  readonly result?: RunResult;
}

/** Does work with a file for a result, which is removed again. The result is undefined when the app left none. */
export async function withResultFile<T>(work: (file: string) => Promise<T>): Promise<WithResult<T>> {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-flux-run-'));
  const file = join(folder, 'result.json');
  try {
    const value = await work(file);
    return { value, result: readResult(file) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readResult(file: string): RunResult | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as RunResult;
  } catch {
    return undefined;
  }
}
