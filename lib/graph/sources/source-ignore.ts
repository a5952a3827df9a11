import { goRegexOfAll, goRegexProblem } from '../../plain/go-regex';
import { escapeRegex } from '../../plain/escape-regex';
import { directoryOf } from '../../tree/path';
import type { Tree } from '../../tree/tree';

/** The name of the files that exclude paths from a source's artifact. */
export const IGNORE_FILE = '.sourceignore';

/** What the source controller excludes from every artifact: version control, pictures and archives, CI files. */
const defaultPatterns = [
  ...['.git/', '.gitignore', '.gitmodules', '.gitattributes'],
  ...['*.jpg', '*.jpeg', '*.gif', '*.png', '*.wmv', '*.flv', '*.tar.gz', '*.zip'],
  ...['.github/', '.circleci/', '.travis.yml', '.gitlab-ci.yml', 'appveyor.yml', '.drone.yml'],
  ...['cloudbuild.yaml', 'codeship-services.yml', 'codeship-steps.yml'],
  ...['**/.goreleaser.yml', '**/.goreleaser.brew.yml', '**/.sops.yaml', '**/.flux.yaml'],
];

/** A line of an ignore file. */
interface IgnoreLine {
  readonly text: string;
  /** The folder of the file. */
  readonly folder: string;
}

/** What a line does with the paths that it matches. */
interface IgnoreRule {
  readonly keeps: boolean;
  /** Tests the names of a file and of its folders. */
  readonly matches: (names: readonly string[]) => boolean;
}

/**
 * Tells which files of a tree a source's artifact holds: the controller's defaults, then `.sourceignore` files from
 * the root down, then the source's `spec.ignore`. The last pattern that matches a path, or a folder above it, wins;
 * unlike in git, a path comes back although a folder above it is left out.
 *
 * @param specIgnore - `spec.ignore` of the source
 * @param knownFor - what is known of paths by some patterns, as from another tree
 * @see https://github.com/fluxcd/pkg/tree/main/sourceignore
 */
export function artifactFilter(
  tree: Tree,
  specIgnore?: string,
  knownFor: (patterns: string) => Map<string, boolean> = () => new Map(),
): (path: string) => boolean {
  const lines: IgnoreLine[] = defaultPatterns.map((text) => ({ text, folder: '' }));
  const add = (text: string, folder: string) =>
    lines.push(...linesOf(text).map((line) => ({ text: line, folder })));
  for (const file of tree.files) {
    if (file.path !== IGNORE_FILE && !file.path.endsWith(`/${IGNORE_FILE}`)) continue;
    add(file.bytes.toString('utf8'), directoryOf(file.path));
  }
  if (specIgnore !== undefined) add(specIgnore, '');
  const rules = lines.map(ruleOf).reverse();
  const known = knownFor(JSON.stringify(lines));
  return (path) => {
    const before = known.get(path);
    if (before !== undefined) return before;
    const names = path.split('/');
    const holds = rules.find(({ matches }) => matches(names))?.keeps ?? true;
    known.set(path, holds);
    return holds;
  };
}

/** The lines of an ignore file that are patterns. */
export function linesOf(text: string): string[] {
  return text.split(/\r?\n/).filter((line) => line.trim() !== '' && !line.startsWith('#'));
}

function ruleOf({ text, folder }: IgnoreLine): IgnoreRule {
  const keeps = text.startsWith('!');
  const own = keeps ? text.slice(1) : text;
  const trimmed = own.endsWith('\\ ') ? own : own.replace(/(?<! ) +$/, '');
  const onlyFolders = trimmed.endsWith('/');
  const body = onlyFolders ? trimmed.slice(0, -1) : trimmed;
  const parts = body.split('/');
  const test = parts.length > 1 ? testPath(parts, onlyFolders) : testNames(parts[0] ?? '', onlyFolders);
  if (folder === '') return { keeps, matches: test };
  const scope = folder.split('/');
  const isBelow = (names: readonly string[]) =>
    names.length > scope.length && scope.every((name, index) => names[index] === name);
  return { keeps, matches: (names) => isBelow(names) && test(names.slice(scope.length)) };
}

/** A pattern without a slash: the first name that it matches decides. */
function testNames(part: string, onlyFolders: boolean): IgnoreRule['matches'] {
  const matches = nameTest(part);
  return (names) => {
    const index = names.findIndex(matches);
    return index >= 0 && !(onlyFolders && index === names.length - 1);
  };
}

/** A part of a path: nothing, any folders, or a name. */
type PathPart = '' | '**' | ((name: string) => boolean);

/** A pattern with slashes. Like Flux, it takes the first name that fits behind two stars, and none at their end. */
function testPath(parts: readonly string[], onlyFolders: boolean): IgnoreRule['matches'] {
  // Other parts with two stars match nothing.
  if (parts.some((part) => part !== '**' && part.includes('**'))) return () => false;
  const tests = parts.map((part): PathPart => (part === '' || part === '**' ? part : nameTest(part)));
  return (names) => {
    const end = endOf(tests, names);
    return end !== undefined && !(onlyFolders && end === names.length);
  };
}

/** How many names a pattern takes; `undefined` if it does not match. */
function endOf(tests: readonly PathPart[], names: readonly string[]): number | undefined {
  let position = 0;
  let isAnywhere = false;
  for (const test of tests) {
    if (typeof test === 'string') {
      isAnywhere = test === '**';
      continue;
    }
    const index = isAnywhere ? names.findIndex((name, at) => at >= position && test(name)) : position;
    const name = names[index];
    if (name === undefined || !test(name)) return undefined;
    position = index + 1;
    isAnywhere = false;
  }
  return position === 0 ? undefined : position;
}

/** Tests a name as Go's `filepath.Match` does; a pattern that is not well-formed matches nothing. */
function nameTest(pattern: string): (name: string) => boolean {
  if (!/[*?[\\]/.test(pattern)) return (name) => name === pattern;
  const [before = '', after = '', ...more] = pattern.split('*');
  if (more.length === 0 && !/[?[\\]/.test(pattern)) {
    const shortest = before.length + after.length;
    return (name) => name.length >= shortest && name.startsWith(before) && name.endsWith(after);
  }
  const expression = globExpression(pattern);
  const isRead = expression !== undefined && goRegexProblem(expression) === undefined;
  return isRead ? goRegexOfAll(expression) : () => false;
}

/** The parts of a glob: a class, a character with a backslash, or a character. */
const GLOB_PARTS = /\\[^]|\[\^?(?:\\[^]|[^\]\\-])(?:\\[^]|[^\]\\])*\]|[^]/gu;

/** The expression of a glob; `undefined` at the first part that is not well-formed, so that a long text takes no time. */
function globExpression(pattern: string): string | undefined {
  let expression = '';
  for (const [part] of pattern.matchAll(GLOB_PARTS)) {
    const own = part === '\\' || part === '[' ? undefined : partExpression(part);
    if (own === undefined) return undefined;
    expression += own;
  }
  return `(?s:${expression})`;
}

function partExpression(part: string): string | undefined {
  if (part === '*') return '.*';
  if (part === '?') return '.';
  if (part.startsWith('[')) return classExpression(part);
  return escapeRegex(part.startsWith('\\') ? part.slice(1) : part);
}

/** A class such as `[a-z]`; `undefined` for a range without an end. */
function classExpression(part: string): string | undefined {
  const isNegated = part[1] === '^';
  const chars = part.slice(isNegated ? 2 : 1, -1).match(/\\[^]|[^]/gu) ?? [];
  const ranges: string[] = [];
  for (let index = 0; index < chars.length; index += 1) {
    const low = chars[index] ?? '';
    const isRange = chars[index + 1] === '-';
    const high = isRange ? chars[index + 2] : low;
    if (low === '-' || high === undefined || high === '-') return undefined;
    if (isRange) index += 2;
    if (codeOf(low) <= codeOf(high)) ranges.push(`${inClass(low)}-${inClass(high)}`);
  }
  if (ranges.length === 0) return isNegated ? '.' : '[^\\x{0}-\\x{10FFFF}]';
  return `[${isNegated ? '^' : ''}${ranges.join('')}]`;
}

function codeOf(char: string): number {
  return (char.length > 1 && char.startsWith('\\') ? char.slice(1) : char).codePointAt(0) ?? 0;
}

function inClass(char: string): string {
  return `\\x{${codeOf(char).toString(16)}}`;
}
