// Packs the package as npm would publish it, and asks publint and attw whether every kind of consumer can use it.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toolPath } from './tool.mjs';

const scratch = mkdtempSync(join(tmpdir(), 'cdk8s-flux-pack-'));
try {
  // Without scripts: this packs the build that all other checks have used.
  const packed = execFileSync('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', scratch], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    shell: process.platform === 'win32',
  });
  const tarball = join(scratch, JSON.parse(packed)[0].filename);
  const statuses = [
    [toolPath('publint'), '--strict', tarball],
    [toolPath('@arethetypeswrong/cli', 'attw'), '--no-color', tarball],
  ].map((command) => spawnSync(process.execPath, command, { stdio: 'inherit' }).status);
  if (statuses.some((status) => status !== 0)) process.exitCode = 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
