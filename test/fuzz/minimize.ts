import type { Input } from './target';

/** How long to look for a smaller input, in milliseconds. */
const PATIENCE = 3_000;

/** Removes files and then parts of them, as long as the input still fails. */
export async function minimize(input: Input, fails: (smaller: Input) => Promise<boolean>): Promise<Input> {
  const end = performance.now() + PATIENCE;
  let smallest = input;
  for (const path of Object.keys(input)) {
    if (performance.now() > end || Object.keys(smallest).length === 1) break;
    const { [path]: _, ...rest } = smallest;
    if (await fails(rest)) smallest = rest;
  }
  for (const [path, entry] of Object.entries(smallest)) {
    if (!Buffer.isBuffer(entry)) continue;
    const cut = async (bytes: Buffer): Promise<boolean> => fails({ ...smallest, [path]: bytes });
    smallest = { ...smallest, [path]: await minimizeBytes(entry, cut, end) };
  }
  return smallest;
}

async function minimizeBytes(
  bytes: Buffer,
  fails: (smaller: Buffer) => Promise<boolean>,
  end: number,
): Promise<Buffer> {
  let smallest = bytes;
  for (let size = bytes.length; size >= 1; size = Math.floor(size / 2)) {
    for (let at = 0; at < smallest.length && performance.now() < end;) {
      const smaller = Buffer.concat([smallest.subarray(0, at), smallest.subarray(at + size)]);
      if (await fails(smaller)) smallest = smaller;
      else at += size;
    }
  }
  return smallest;
}
