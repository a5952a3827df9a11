import type { RE2JS } from 're2js';

/** Expressions that are valid at sight, so that the engine need not be loaded for them. */
const PLAIN = /^\^?(?:[\w\-/:@ ,]|\\[.+*?$^()[\]{}|-]|\.[*+]?)*\$?$/;
const known = new Map<string, string | undefined>();
let engine: typeof RE2JS | undefined;

/** What is wrong with a regular expression of Go (RE2); `undefined` when nothing is. */
export function regexProblem(pattern: string): string | undefined {
  if (PLAIN.test(pattern)) return undefined;
  if (!known.has(pattern)) known.set(pattern, compileProblem(pattern));
  return known.get(pattern);
}

function compileProblem(pattern: string): string | undefined {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- a quarter of a megabyte, loaded when needed
  engine ??= (require('re2js') as { RE2JS: typeof RE2JS }).RE2JS;
  try {
    // Go lets two groups have one name, which this engine does not; and names change nothing else.
    engine.compile(pattern.replace(/\(\?P?<([A-Za-z0-9_]+)>/g, '('));
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : String(error);
  }
}
