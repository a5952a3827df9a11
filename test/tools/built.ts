import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');

/** Updates `dist/`, for tests of what only the build creates; fast if it is current. */
export function build(): void {
  execFileSync(process.execPath, [join(root, 'scripts', 'build.mjs')], { cwd: root });
}
