import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { isCode } from '../plain/error-code';
import { failedOperation } from './problems';

/** Opening a FIFO would wait for a writer. Windows has no such flag, and no FIFOs with paths. */
const FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** As much as fits into a string, with a margin. */
export const MAX_BYTES = 256 * 1024 * 1024;

/**
 * The content of a regular file.
 *
 * @param options - `follow: false` refuses a link in place of the file; `shown` is its name in findings
 * @returns undefined when nothing is there, when it is a folder or a device, or when it is too large to be ours
 * @throws FindingsError `publish-failed` when the file system refuses
 */
export function readRegular(
  file: string,
  options: { readonly follow?: boolean; readonly shown?: string } = {},
): Buffer | undefined {
  const flags = options.follow === false ? FLAGS | (constants.O_NOFOLLOW ?? 0) : FLAGS;
  let descriptor: number;
  try {
    descriptor = openSync(file, flags);
  } catch (error) {
    // ENXIO means a socket, ENOTDIR a path through a file.
    if (isCode(error, 'ENOENT', 'EISDIR', 'ELOOP', 'EMLINK', 'ENXIO', 'ENOTDIR')) return undefined;
    throw failedOperation('read', options.shown ?? file, error);
  }
  try {
    const stats = fstatSync(descriptor);
    return stats.isFile() && stats.size <= MAX_BYTES ? readFileSync(descriptor) : undefined;
  } catch (error) {
    throw failedOperation('read', options.shown ?? file, error);
  } finally {
    closeSync(descriptor);
  }
}
