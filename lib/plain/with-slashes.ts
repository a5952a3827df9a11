import { sep } from 'node:path';

/** A path of this machine as git and Flux write it: with slashes, on Windows too. */
export function withSlashes(path: string): string {
  return path.split(sep).join('/');
}
