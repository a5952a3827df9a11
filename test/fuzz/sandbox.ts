import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { placeInput } from './place-input';
import type { Input } from './target';

/** Text that no command may print: it is in files outside the repository, in Secrets, and in encrypted values. */
export const CANARY = 'canary7Qp2Zk9Xw4';

const OUTSIDE: Readonly<Record<string, string>> = {
  'canary.txt': `${CANARY}\n`,
  'outside/id_ed25519': `-----BEGIN KEY-----\n${CANARY}\n`,
  'outside/notes.yaml': `password: ${CANARY}\n`,
  'outside/empty.yaml': '',
};

/** A repository in its own folder, with files around it that nothing may touch. */
export class Sandbox {
  /** Deep enough that a few steps up still end among the canaries. */
  private readonly top = realpathSync(mkdtempSync(join(tmpdir(), 'cdk8s-flux-fuzz-')));
  /** What is around the repository. */
  readonly around = join(this.top, 'a', 'b', 'c');
  /** The repository. */
  readonly root = join(this.around, 'repository');

  constructor() {
    const texts = Object.entries(OUTSIDE).map(([path, text]) => [path, Buffer.from(text)] as const);
    placeInput(this.around, Object.fromEntries(texts));
    // Everything that a run creates is removed when the process ends, however it ends.
    process.once('exit', () => rmSync(this.top, { recursive: true, force: true }));
  }

  /** Puts an input, and nothing else, into the repository. */
  fill(input: Input): void {
    rmSync(this.root, { recursive: true, force: true });
    mkdirSync(this.root, { recursive: true });
    placeInput(this.root, input);
  }

  /**
   * @throws Error if something around the repository has changed
   */
  checkAround(): void {
    const found = snapshot(this.top, (path) => path === 'a/b/c/repository');
    const expected = Object.entries(OUTSIDE).map(([path, text]): [string, string] => [`a/b/c/${path}`, text]);
    sameSnapshot(found, new Map(expected), 'outside the repository');
  }
}

/** The files and links below a folder, by path, with their contents. Pipes and folders have no content. */
export function snapshot(
  folder: string,
  isLeftOut: (path: string) => boolean = () => false,
): Map<string, string> {
  const found = new Map<string, string>();
  const pending = [''];
  for (let below = pending.pop(); below !== undefined; below = pending.pop()) {
    for (const name of readdirSync(join(folder, below))) {
      const path = below === '' ? name : `${below}/${name}`;
      if (isLeftOut(path)) continue;
      const full = join(folder, path);
      const stats = lstatSync(full);
      if (stats.isDirectory()) pending.push(path);
      else if (stats.isSymbolicLink()) found.set(path, `-> ${readlinkSync(full)}`);
      else found.set(path, stats.isFile() ? readFileSync(full, 'latin1') : '');
    }
  }
  return found;
}

/**
 * @throws Error if two snapshots differ; it names the first path
 */
export function sameSnapshot(
  found: ReadonlyMap<string, string>,
  expected: ReadonlyMap<string, string>,
  where: string,
): void {
  for (const path of new Set([...expected.keys(), ...found.keys()])) {
    if (found.get(path) === expected.get(path)) continue;
    const what = !found.has(path) ? 'removed' : expected.has(path) ? 'changed' : 'created';
    throw new Error(`${what} ${where}: ${path}`);
  }
}
