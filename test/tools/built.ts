import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');

/** Brings `dist/` up to date, for tests of what only the build makes; quick where it is. */
export function build(): void {
  execFileSync(process.execPath, [join(root, 'scripts', 'build.mjs')], { cwd: root });
}
