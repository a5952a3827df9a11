import { fail } from '../findings/findings-error';
import type { Git } from './git';
import type { GitEntry } from './list-files';

/** How much one git command reads, in bytes. */
const BATCH_BYTES = 64 * 1024 * 1024;
/** The maximum size of all manifests of a revision together, in bytes. */
const MAX_TOTAL_BYTES = 1024 * 1024 * 1024;

/**
 * The contents of files, by their ids.
 *
 * @throws FindingsError `revision-too-large`, `git-failed`
 */
export function readBlobs(git: Git, entries: readonly GitEntry[]): Map<string, Buffer> {
  const sizes = new Map(entries.map(({ id, size }) => [id, size]));
  const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  if (total > MAX_TOTAL_BYTES) {
    fail({
      code: 'revision-too-large',
      message: `the manifests of the revision have ${total} bytes together; the limit is ${MAX_TOTAL_BYTES}`,
      hint: 'keep large generated files in another repository',
    });
  }
  const blobs = new Map<string, Buffer>();
  for (const batch of batches([...sizes])) {
    const output = git.output(['cat-file', '--batch'], `${batch.join('\n')}\n`);
    readBatch(output, blobs);
  }
  return blobs;
}

/** Divides ids into parts whose contents have a limited size. */
function batches(sizes: readonly (readonly [string, number])[]): string[][] {
  const parts: string[][] = [];
  let free = 0;
  for (const [id, size] of sizes) {
    if (parts.length === 0 || size > free) {
      parts.push([]);
      free = BATCH_BYTES;
    }
    parts.at(-1)?.push(id);
    free -= size;
  }
  return parts;
}

/** `<id> blob <size>\n<content>\n`, or `<id> missing\n` for an object that a partial clone lacks. */
function readBatch(output: Buffer, blobs: Map<string, Buffer>): void {
  for (let at = 0; at < output.length;) {
    const end = output.indexOf(0x0a, at);
    const [id = '', type, size] = output.toString('latin1', at, end).split(' ');
    if (end < 0 || type !== 'blob') {
      fail({
        code: 'git-failed',
        message: `git has no content for object ${JSON.stringify(id)}`,
        hint: 'check that the clone is complete with git fsck; in a partial clone, run git fetch --refetch --no-filter',
      });
    }
    const start = end + 1;
    at = start + Number(size) + 1;
    blobs.set(id, output.subarray(start, at - 1));
  }
}
