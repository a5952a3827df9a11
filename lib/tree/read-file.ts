import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readSync,
  statSync,
  type Stats,
} from 'node:fs';

/** The most that is read of one file, in bytes: the largest bundles of CRDs stay below it. */
export const MAX_FILE_BYTES = 16 * 1024 * 1024;

/** How a file is read. */
export interface ReadFileOptions {
  /**
   * The most that is read, in bytes.
   *
   * @default 16777216
   */
  readonly maxBytes?: number;
  /**
   * Whether a symbolic link is refused. Anyone who can add a file to a repository can add a link to a file that only
   * the person who runs a command may read.
   *
   * @default false
   */
  readonly refuseLinks?: boolean;
}

/** Why a file was not read. */
export interface ReadProblem {
  /** The code for a finding. */
  readonly code: 'file-too-large' | 'file-unreadable';
  /** What is wrong, to follow the file's name, for example `is a symbolic link`. It quotes nothing of the file. */
  readonly message: string;
  /** Whether there is nothing at the path. */
  readonly isMissing: boolean;
}

/** The bytes of a file, or why there are none. */
export type FileRead =
  | { readonly bytes: Buffer; readonly problem?: undefined }
  | { readonly bytes?: undefined; readonly problem: ReadProblem };

/** A FIFO has no end, and opening one waits for a writer. Windows has neither of the two flags. */
const FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);
const NO_LINKS = constants.O_NOFOLLOW ?? 0;

/**
 * Reads a regular file of limited size. What else may stand at a path (a folder, a FIFO, a device, a file that does not
 * fit into memory) is refused before a byte is read.
 */
export function readFile(file: string, options: ReadFileOptions = {}): FileRead {
  const { maxBytes = MAX_FILE_BYTES, refuseLinks = false } = options;
  try {
    // Opening alone has effects on some devices, so we check first.
    const early = refusal(refuseLinks ? lstatSync(file) : statSync(file), maxBytes);
    if (early) return { problem: early };
    const descriptor = openSync(file, FLAGS | (refuseLinks ? NO_LINKS : 0));
    try {
      const stats = fstatSync(descriptor);
      const problem = refusal(stats, maxBytes);
      return problem ? { problem } : readOpen(descriptor, stats.size, maxBytes);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    return { problem: systemProblem(error) };
  }
}

/** Reads to the end: the size is wrong for files that grow, and for those in `/proc`. */
function readOpen(descriptor: number, size: number, maxBytes: number): FileRead {
  let bytes = Buffer.allocUnsafe(size + 1);
  let length = 0;
  for (;;) {
    const count = readSync(descriptor, bytes, length, bytes.length - length, null);
    if (count === 0) return { bytes: bytes.subarray(0, length) };
    length += count;
    if (length > maxBytes) return { problem: tooLarge(`more than ${maxBytes}`, maxBytes) };
    if (length === bytes.length) bytes = Buffer.concat([bytes, Buffer.allocUnsafe(bytes.length + 4096)]);
  }
}

function refusal(stats: Stats, maxBytes: number): ReadProblem | undefined {
  if (!stats.isFile()) return unreadable(`is ${kindOf(stats)}; expected a regular file`);
  return stats.size > maxBytes ? tooLarge(String(stats.size), maxBytes) : undefined;
}

function kindOf(stats: Stats): string {
  if (stats.isSymbolicLink()) return 'a symbolic link';
  if (stats.isDirectory()) return 'a folder';
  if (stats.isFIFO()) return 'a FIFO';
  return stats.isSocket() ? 'a socket' : 'a device';
}

function tooLarge(size: string, maxBytes: number): ReadProblem {
  return {
    code: 'file-too-large',
    message: `has ${size} bytes; the limit is ${maxBytes}`,
    isMissing: false,
  };
}

function systemProblem(error: unknown): ReadProblem {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'ENOTDIR') return { ...unreadable('does not exist'), isMissing: true };
  if (code === 'ELOOP') return unreadable('is a broken symbolic link; expected a regular file');
  return unreadable(`cannot be read: ${WORDS[code ?? ''] ?? message}`);
}

const WORDS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied (EACCES)',
  EPERM: 'permission denied (EPERM)',
  EIO: 'the disk reports an I/O error (EIO)',
  EMFILE: 'too many files are open (EMFILE)',
};

function unreadable(message: string): ReadProblem {
  return { code: 'file-unreadable', message, isMissing: false };
}
