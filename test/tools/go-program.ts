import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

/** A program that answers one question in JSON. */
export type GoProgram = (question: unknown) => unknown;

/**
 * The Go program in a folder, built once for its source into the system's temporary folder; or a text with the reason
 * why it cannot be built. The network is not used: `npm run oracles` downloads the modules.
 */
export function findGoProgram(source: string): GoProgram | string {
  const built = buildGoProgram(source);
  if ('reason' in built) return built.reason;
  return (question) => {
    const options = { input: JSON.stringify(question), maxBuffer: 2 ** 28 };
    return JSON.parse(execFileSync(built.binary, options).toString('utf8')) as unknown;
  };
}

/** The file of a Go program, built as by `findGoProgram`, or why it cannot be built. */
export function buildGoProgram(source: string): { readonly binary: string } | { readonly reason: string } {
  if (process.env['ORACLES'] === 'off') return { reason: 'ORACLES is off' };
  const files = ['main.go', 'go.mod', 'go.sum'].map((file) => readFileSync(join(source, file)));
  const room = basename(dirname(source));
  const hash = createHash('sha256').update(Buffer.concat(files)).digest('hex').slice(0, 16);
  const folder = join(tmpdir(), `cdk8s-flux-oracle-${room}-${hash}`);
  const binary = join(folder, process.platform === 'win32' ? 'oracle.exe' : 'oracle');
  if (existsSync(binary)) return { binary };
  mkdirSync(folder, { recursive: true });
  const env = { ...process.env, GOFLAGS: '-mod=readonly', GOPROXY: 'off', GOTOOLCHAIN: 'local' };
  try {
    const building = `${binary}.${process.pid}`;
    execFileSync('go', ['build', '-buildvcs=false', '-o', building, '.'], {
      cwd: source,
      env,
      stdio: 'pipe',
    });
    renameSync(building, binary);
    return { binary };
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return {
      reason: isMissing ? 'go is not installed' : 'its Go modules are not downloaded, run npm run oracles',
    };
  }
}
