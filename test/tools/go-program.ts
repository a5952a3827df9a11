import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

/** A program that answers one question in JSON. */
export type GoProgram = (question: unknown) => unknown;

/**
 * The Go program in a folder, built once for its source into the system's temporary folder; a text that says why not,
 * where it cannot be built. The network is not used: `go mod download` in the folder fetches the modules.
 */
export function findGoProgram(source: string): GoProgram | string {
  const files = ['main.go', 'go.mod', 'go.sum'].map((file) => readFileSync(join(source, file)));
  const hash = createHash('sha256').update(Buffer.concat(files)).digest('hex').slice(0, 16);
  const folder = join(tmpdir(), `cdk8s-flux-${basename(source)}-${hash}`);
  const binary = join(folder, process.platform === 'win32' ? 'oracle.exe' : 'oracle');
  if (!existsSync(binary)) {
    mkdirSync(folder, { recursive: true });
    const env = { ...process.env, GOFLAGS: '-mod=readonly', GOPROXY: 'off', GOTOOLCHAIN: 'local' };
    try {
      execFileSync('go', ['build', '-buildvcs=false', '-o', binary, '.'], {
        cwd: source,
        env,
        stdio: 'pipe',
      });
    } catch (error) {
      const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
      return isMissing ? 'go is not installed' : 'its Go modules are not downloaded';
    }
  }
  return (question) => {
    const options = { input: JSON.stringify(question), maxBuffer: 2 ** 28 };
    return JSON.parse(execFileSync(binary, options).toString('utf8')) as unknown;
  };
}
