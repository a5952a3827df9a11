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

/**
 * A regular expression of Go, for use.
 *
 * @throws Error when it is none
 */
export function goRegex(pattern: string): { test(text: string): boolean } {
  const expression = compile(pattern);
  return { test: (text) => expression.matcher(text).find() };
}

function compile(pattern: string): RE2JS {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- a quarter of a megabyte, loaded when needed
  engine ??= (require('re2js') as { RE2JS: typeof RE2JS }).RE2JS;
  // Go lets two groups have one name, which this engine does not; and names change nothing else.
  return engine.compile(pattern.replace(/\(\?P?<([A-Za-z0-9_]+)>/g, '('));
}

function compileProblem(pattern: string): string | undefined {
  try {
    compile(pattern);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : String(error);
  }
}
