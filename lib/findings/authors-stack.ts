import { dirname, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Shows the whole stack traces of errors that are findings. */
export const DEBUG_VARIABLE = 'CDK8S_FLUX_DEBUG';

/** The folder of this package's code: its frames do not belong to the author. */
const OWN = dirname(__dirname) + sep;

/** A line of a stack: the file and the line in it; undefined for other lines, and for Node's own. */
export function parseFrame(frame: string): { readonly file: string; readonly line: string } | undefined {
  const [, place, line] = /^\s+at (?:.* \()?(.*?):(\d+):\d+\)?$/.exec(frame) ?? [];
  if (place === undefined || line === undefined || place.startsWith('node:')) return undefined;
  return { file: place.startsWith('file:') ? fileURLToPath(place) : place, line };
}

/** Whether a file is of this package. */
export function isOwnFile(file: string): boolean {
  return file.startsWith(OWN);
}

/** Whether a file is neither of this package nor of another one. */
export function isAuthorsFile(file: string): boolean {
  return !isOwnFile(file) && !file.split(sep).includes('node_modules');
}

/** A stack with the frames of the author's code alone; those of libraries say nothing about what to correct. */
export function authorsStack(stack: string): string {
  const lines = stack.split('\n').filter((line) => {
    if (!/^\s+at /.test(line)) return true;
    const frame = parseFrame(line);
    return frame !== undefined && isAuthorsFile(frame.file);
  });
  return lines.join('\n');
}
