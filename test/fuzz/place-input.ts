import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Input } from './target';

/** An input with something else at a path, and nothing below it; unchanged if no folder can contain the path. */
export function replaceEntry(input: Input, path: string, entry: Input[string]): Input {
  const entries = Object.entries(input);
  const isBlocked = entries.some(([other, found]) => path.startsWith(`${other}/`) && found !== 'folder');
  if (isBlocked) return input;
  const rest = entries.filter(([other]) => !other.startsWith(`${path}/`));
  return { ...Object.fromEntries(rest), [path]: entry };
}

/** Puts an input into a folder. */
export function placeInput(folder: string, input: Input): void {
  for (const [path, entry] of Object.entries(input)) {
    const full = join(folder, path);
    mkdirSync(dirname(full), { recursive: true });
    if (Buffer.isBuffer(entry)) writeFileSync(full, entry);
    else if (entry === 'folder') mkdirSync(full, { recursive: true });
    else if (entry === 'pipe') execFileSync('mkfifo', [full]);
    else symlinkSync(entry.link, full);
  }
}
