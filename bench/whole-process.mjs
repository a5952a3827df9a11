// Runs Node.js once, as a user does, and measures the whole process.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The command as npm installs it. */
export const bin = join(import.meta.dirname, '../dist/lib/cli/bin.js');

/** Reports the peak of memory when the process ends. */
const PEAK = `process.on('exit', () => process.stderr.write('\\npeak ' + process.resourceUsage().maxRSS / 1024));`;

const scratch = mkdtempSync(join(tmpdir(), 'cdk8s-flux-bench-process-'));
const preload = join(scratch, 'peak.cjs');
writeFileSync(preload, PEAK);
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));

/**
 * CPU time (user and system) of the process and of what it starts, the time that passes, and the peak of memory of the
 * process itself.
 */
export function measureProcess(args, { allowed = [0], ...options } = {}) {
  const script = 'node="$1"; shift; "$node" "$@"; code=$?; times; exit $code';
  const command = [process.execPath, '--require', preload, ...args];
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync('sh', ['-c', script, 'sh', ...command], {
    encoding: 'utf8',
    maxBuffer: 1e9,
    ...options,
  });
  const seconds = (performance.now() - start) / 1000;
  if (!allowed.includes(status)) throw new Error((stderr || stdout).slice(0, 5000));
  const children = stdout.trim().split('\n').at(-1);
  const [user, system] = [...children.matchAll(/(\d+)m([\d.]+)s/g)].map(
    ([, minutes, rest]) => Number(minutes) * 60 + Number(rest),
  );
  return { cpu: user + system, seconds, megabytes: Number(/peak ([\d.]+)/.exec(stderr)[1]), stderr };
}
