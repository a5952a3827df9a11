import { escapeRegex } from '../plain/escape-regex';
import { goRegex, type GoRegex } from '../plain/go-regex';

/** No path of a file system is longer; what is longer fits none. */
export const LONGEST_PATH = 4096;

/**
 * Tests for paths of which only some parts are known: between two parts is any part of one name. It takes linear time,
 * whatever the parts are.
 *
 * @param end - what follows the last part, as a regular expression of Go
 */
export function pathPattern(parts: readonly string[], end = '$'): GoRegex {
  if (parts.join().length > LONGEST_PATH) return () => false;
  return goRegex(`^${parts.map(escapeRegex).join('[^/]+')}${end}`);
}
