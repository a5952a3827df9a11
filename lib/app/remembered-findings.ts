import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Finding } from '../findings/finding';
import { FindingsError } from '../findings/findings-error';
import { isMap } from '../plain/plain-data';
import { readRegular } from '../publish/read-regular';
import { StateFolder } from '../publish/state-folder';
import type { Tree } from '../tree/tree';

const FILE = 'checked';
/** Storing more is not worth it: a repository with so many findings will change. */
const MAX_LENGTH = 4 * 1024 * 1024;

/**
 * What the check of the last run found. A check looks at nothing but the files, the settings and our own code: where all
 * of these are the same, byte by byte, it finds the same.
 *
 * It is kept in the git directory, where no clone and no pull request can put anything, and nowhere else.
 *
 * @see docs/adr/0040-fast-paths.md
 */
export class RememberedFindings {
  /**
   * Finds the place of a repository.
   *
   * @param root - the absolute path of the repository's root
   * @returns undefined without git
   */
  static of(root: string): RememberedFindings | undefined {
    const state = StateFolder.find(root, '');
    return state.isInGit ? new RememberedFindings(state) : undefined;
  }

  private constructor(private readonly state: StateFolder) {}

  /** What was found in what has this key; undefined when that was not the last that was checked. */
  find(key: string): readonly Finding[] | undefined {
    try {
      const text = readRegular(this.state.path(FILE), { follow: false })?.toString('utf8') ?? '';
      const kept: unknown = text.startsWith(`{"key":"${key}",`) ? JSON.parse(text) : undefined;
      return isMap(kept) && Array.isArray(kept.findings) ? (kept.findings as Finding[]) : undefined;
    } catch (error) {
      if (error instanceof SyntaxError || FindingsError.isFindingsError(error)) return undefined;
      throw error;
    }
  }

  /** Keeps what was found. Where that cannot be written, the next run checks again. */
  keep(key: string, findings: readonly Finding[]): void {
    const text = `{"key":"${key}","findings":${JSON.stringify(findings)}}\n`;
    try {
      this.state.make();
      if (text.length <= MAX_LENGTH) this.state.write(FILE, text);
    } catch (error) {
      if (!FindingsError.isFindingsError(error)) throw error;
    }
  }
}

/**
 * A text that is equal for equal inputs of a check: the bytes of all files, and whatever else it depends on.
 *
 * @param settings - all that it is told beside the files, as plain data
 */
export function checkKey(tree: Tree, settings: unknown): string {
  const digest = createHash('sha256');
  digest.update(JSON.stringify([ownVersion(), process.version, settings]));
  for (const { path, bytes, isPrinted } of tree.files) {
    digest.update(`\0${path}\0${isPrinted}\0${bytes.length}\0`);
    digest.update(bytes);
  }
  return digest.digest('hex');
}

/** The version of this package; for a checkout, also what it was compiled from. */
function ownVersion(): string {
  const root = dirname(require.resolve('cdk8s-flux/package.json'));
  const stamp = join(root, 'dist', '.source-stamp');
  const manifest = readFileSync(join(root, 'package.json'), 'utf8');
  return `${manifest}${existsSync(stamp) ? readFileSync(stamp, 'utf8') : ''}`;
}
