import { goRegex, goRegexProblem } from '../../plain/go-regex';
import { once } from '../../plain/once';
import { directoryOf } from '../../tree/path';
import type { Tree } from '../../tree/tree';

/** The name of the files that exclude paths from a source's artifact. */
export const IGNORE_FILE = '.sourceignore';
const GIT_IGNORE = '.gitignore';

/** What the source controller excludes from every artifact: version control, pictures and archives, CI files. */
const defaultPatterns = [
  ...['.git/', '.gitignore', '.gitmodules', '.gitattributes'],
  ...['*.jpg', '*.jpeg', '*.gif', '*.png', '*.wmv', '*.flv', '*.tar.gz', '*.zip'],
  ...['.github/', '.circleci/', '.travis.yml', '.gitlab-ci.yml', 'appveyor.yml', '.drone.yml'],
  ...['cloudbuild.yaml', 'codeship-services.yml', 'codeship-steps.yml'],
  ...['**/.goreleaser.yml', '**/.goreleaser.brew.yml', '**/.sops.yaml', '**/.flux.yaml'],
];

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

/**
 * Tells which files of a tree a source's artifact holds: the controller's defaults, then `.sourceignore` files from
 * the root down, then the source's `spec.ignore`. The last pattern that matches a path, or a folder above it, wins;
 * unlike in git, a path comes back although a folder above it is left out.
 *
 * @param specIgnore - `spec.ignore` of the source
 * @param knownFor - what is known of paths by some patterns, as from another tree
 */
export function artifactFilter(
  tree: Tree,
  specIgnore?: string,
  knownFor: (patterns: string) => Map<string, boolean> = () => new Map(),
): (path: string) => boolean {
  const groups: PatternGroup[] = [];
  addPatterns(groups, defaultPatterns, '');
  for (const file of tree.files) {
    if (file.path !== IGNORE_FILE && !file.path.endsWith(`/${IGNORE_FILE}`)) continue;
    addPatterns(groups, linesOf(file.bytes.toString('utf8')), directoryOf(file.path));
  }
  if (specIgnore !== undefined) addPatterns(groups, linesOf(specIgnore), '');
  const isKept = keptBy(groups);
  const known = knownFor(JSON.stringify(groups));
  return (path) => {
    const before = known.get(path);
    if (before !== undefined) return before;
    const holds = isKept(path);
    known.set(path, holds);
    return holds;
  };
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

function linesOf(text: string): string[] {
  return text.split(/\r?\n/).filter((line) => line.trim() !== '' && !line.startsWith('#'));
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
