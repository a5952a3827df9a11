import { goRegex, goRegexProblem } from '../../plain/go-regex';
import { once } from '../../plain/once';
import { directoryOf } from '../../tree/path';
import type { Tree } from '../../tree/tree';
import { linesOf } from './source-ignore';

const GIT_IGNORE = '.gitignore';

/** Consecutive patterns with the same effect. */
interface PatternGroup {
  readonly keeps: boolean;
  readonly patterns: IgnorePattern[];
}

/** A line of an ignore file as a regular expression. */
interface IgnorePattern {
  readonly expression: string;
  /** Whether it has at most one star and no brackets, so that no engine takes long for it. */
  readonly isPlain: boolean;
}

/** Tells which files of a folder git keeps, as far as its `.gitignore` files say. */
export const gitFilter = once((tree: Tree): ((path: string) => boolean) => {
  const files = [...tree.paths].filter((path) => path === GIT_IGNORE || path.endsWith(`/${GIT_IGNORE}`));
  const groups: PatternGroup[] = [];
  for (const path of files.sort((a, b) => directoryOf(a).length - directoryOf(b).length))
    addPatterns(groups, linesOf(tree.get(path)?.bytes.toString('utf8') ?? ''), directoryOf(path));
  return keptBy(groups);
});

/** The last pattern that matches a path tells whether it is kept. */
function keptBy(groups: readonly PatternGroup[]): (path: string) => boolean {
  const tests = groups.map(({ keeps, patterns }) => ({ keeps, matches: matcherOf(patterns) })).reverse();
  return (path) => tests.find(({ matches }) => matches(path))?.keeps ?? true;
}

/**
 * Tests whether one of several patterns matches a path. Patterns with more than one star use the engine that never
 * backtracks; a pattern that the engine cannot read matches nothing.
 */
function matcherOf(patterns: readonly IgnorePattern[]): (path: string) => boolean {
  const plain = patterns.filter(({ isPlain }) => isPlain).map(({ expression }) => expression);
  const others = patterns
    .filter(({ isPlain, expression }) => !isPlain && goRegexProblem(expression) === undefined)
    .map(({ expression }) => expression);
  const native = plain.length > 0 ? new RegExp(plain.join('|')) : undefined;
  const engine = others.length > 0 ? goRegex(others.join('|')) : undefined;
  return (path) => (native?.test(path) ?? false) || (engine?.(path) ?? false);
}

function addPatterns(groups: PatternGroup[], lines: readonly string[], folder: string): void {
  for (const line of lines) {
    const keeps = line.startsWith('!');
    const text = keeps ? line.slice(1) : line;
    const expression = patternExpression(text, folder);
    const pattern = { expression, isPlain: !text.includes('[') && !/\*.*\*/.test(expression) };
    const last = groups.at(-1);
    if (last?.keeps === keeps) last.patterns.push(pattern);
    else groups.push({ keeps, patterns: [pattern] });
  }
}

/** An expression for a pattern of an ignore file: it matches files, and everything below matching folders. */
function patternExpression(pattern: string, folder: string): string {
  const onlyFolders = pattern.endsWith('/');
  const body = onlyFolders ? pattern.slice(0, -1) : pattern;
  const anchored = body.includes('/');
  const segments = body.replace(/^\//, '').split('/');
  const scope = folder === '' ? '' : `${escapeText(folder)}/`;
  const start = anchored || scope !== '' ? `^${scope}${anchored ? '' : '(?:.*/)?'}` : '(?:^|/)';
  const glob = segments
    .map((segment, index) => {
      const isLast = index === segments.length - 1;
      if (segment === '**') return isLast ? '.*' : '(?:.*/)?';
      return segmentExpression(segment) + (isLast ? '' : '/');
    })
    .join('');
  return `${start}${glob}${onlyFolders ? '/' : '(?:/|$)'}`;
}

function segmentExpression(segment: string): string {
  // A bracket that is not closed means itself.
  const closed = segment.lastIndexOf(']') + 1;
  const parts = [
    ...(segment.slice(0, closed).match(/\\.|\[!?[^\]]+\]|[^]/g) ?? []),
    ...(segment.slice(closed).match(/\\.|[^]/g) ?? []),
  ];
  return parts
    .map((part) => {
      if (part === '*') return '[^/]*';
      if (part === '?') return '[^/]';
      if (part.startsWith('[') && part.length > 1) return part.replace(/^\[!/, '[^');
      return escapeText(part.startsWith('\\') ? part.slice(1) : part);
    })
    .join('');
}

function escapeText(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
