import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A question to the libraries of the API server and of Flux. */
export interface Question {
  readonly mode: 'object' | 'semver' | 'regex' | 'selector' | 'cel' | 'cel-ready';
  readonly value: unknown;
}

/** Asks the oracle; the answers are what is wrong with each value. */
export type Oracle = (questions: readonly Question[]) => string[][];

/**
 * Builds the oracle of `test/schema/oracle`, or says why it cannot: it needs Go, and the modules in Go's cache. Nothing
 * is downloaded, unless FLUX_ORACLE=download is set.
 */
export function buildOracle(): { ask: Oracle; remove: () => void } | { reason: string } {
  if (spawnSync('go', ['version']).status !== 0) return { reason: 'go is not installed' };
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-flux-oracle-'));
  const binary = join(folder, 'oracle');
  const offline = process.env.FLUX_ORACLE === 'download' ? {} : { GOPROXY: 'off', GOFLAGS: '-mod=mod' };
  const built = spawnSync('go', ['build', '-o', binary, '.'], {
    cwd: join(__dirname, 'oracle'),
    env: { ...process.env, ...offline },
    encoding: 'utf8',
  });
  const remove = () => rmSync(folder, { recursive: true, force: true });
  if (built.status !== 0) {
    remove();
    return { reason: 'the Go modules of test/schema/oracle are not in the cache (set FLUX_ORACLE=download)' };
  }
  return { ask: (questions) => ask(binary, questions), remove };
}

function ask(binary: string, questions: readonly Question[]): string[][] {
  const crds = join(__dirname, '../../crds/flux-2.9');
  const input = questions.map((question) => JSON.stringify(question)).join('\n');
  const output = execFileSync(binary, [crds], { input, maxBuffer: 2 ** 30, encoding: 'utf8' });
  return output
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as string[]);
}
