import { spawnSync } from 'node:child_process';

const candidates = [process.env.SOPS_BIN, 'sops'].filter((path): path is string => Boolean(path));

/** The real sops, from `SOPS_BIN` or the PATH; `undefined` when it is not on the machine. */
export const sopsBinary = candidates.find(
  (path) => spawnSync(path, ['--disable-version-check', '--version']).status === 0,
);

/** Registers tests that need the real sops, or one whose name says that they were skipped. */
export function describeWithSops(name: string, tests: (binary: string) => void): void {
  if (sopsBinary !== undefined) describe(name, () => tests(sopsBinary as string));
  else it(`skipped: sops is not here (set SOPS_BIN): ${name}`, () => expect(sopsBinary).toBeUndefined());
}
