import { spawnSync } from 'node:child_process';
import { skipped } from '../tools/find-tool';

const candidates = [process.env.SOPS_BIN, 'sops'].filter((path): path is string => Boolean(path));

/** The real sops, from `SOPS_BIN` or the PATH; `undefined` if it is not installed. */
export const sopsBinary = candidates.find(
  (path) => spawnSync(path, ['--disable-version-check', '--version']).status === 0,
);

/** Registers tests that need the real sops; without it, they are reported as skipped. */
export function describeWithSops(name: string, tests: (binary: string) => void): void {
  if (sopsBinary !== undefined) describe(name, () => tests(sopsBinary as string));
  else skipped(name, 'sops is not here, set SOPS_BIN');
}
