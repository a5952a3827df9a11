import { textsIn } from '../../../plain/text-walk';
import { isKustomizationFile } from '../../../graph/sources/folder-listing';
import type { Graph } from '../../../graph/graph';
import { textsOf, valueAt } from '../../../plain/plain-data';
import { directoryOf, resolvePath } from '../../../tree/path';
import type { Tree } from '../../../tree/tree';
import { objectsOf } from '../../../tree/readable-documents';
import type { TreeFile } from '../../../tree/tree-file';
import type { ProgramText } from './program-texts';

/**
 * The files that kustomizations of a cluster name beside their resources: transformers, generators, configurations,
 * replacements, schemas, values of charts; and what these name in turn.
 *
 * @param read - the files and folders that builds read
 */
export function filesOfKustomizations(tree: Tree, read: ReadonlySet<string>): ReadonlySet<string> {
  const kustomizations = new Map(
    tree.files.flatMap(({ path }) => (isKustomizationFile(path) ? [[directoryOf(path), path] as const] : [])),
  );
  const used = new Set<string>();
  const open = [...read].flatMap((folder) => kustomizations.get(folder) ?? []);
  const visited = new Set(open);
  // The list grows while it is walked.
  for (const path of open) {
    const file = tree.get(path);
    if (!file) continue;
    for (const target of namedIn(file)) {
      if (tree.has(target)) used.add(target);
      const next =
        kustomizations.get(target) ?? (/\.ya?ml$/.test(target) && tree.has(target) ? target : undefined);
      if (next === undefined || visited.has(next) || (read.has(next) && !isPlugin(tree.get(next)))) continue;
      visited.add(next);
      open.push(next);
    }
  }
  return used;
}

/** A generator or transformer of kustomize, which reads its own files. */
function isPlugin(file: TreeFile | undefined): boolean {
  return file?.bytes.includes('apiVersion: builtin') === true;
}

/** A longer text is not a path. */
const LONGEST = 300;

/** The paths that strings in a file may mean: the string itself, and the part after `key=`. */
function namedIn(file: TreeFile): string[] {
  const folder = directoryOf(file.path);
  return objectsOf(file).flatMap((object) =>
    [...textsIn(object)].flatMap((text) => {
      const path = text.slice(text.indexOf('=') + 1);
      if (text.length >= LONGEST) return [];
      return /^[\w./@+-]+$/.test(path) ? (resolvePath(folder, path) ?? []) : [];
    }),
  );
}

/** The files of values that HelmReleases read from a chart in this repository, from its root. */
export function valuesFiles({ clusters }: Graph): string[] {
  return clusters.flatMap(({ nodes }) =>
    nodes.flatMap(({ object }) =>
      ['valuesFiles', 'valuesFile'].flatMap((field) => {
        const value = valueAt(object?.spec, 'chart', 'spec', field);
        return textsOf(typeof value === 'string' ? [value] : value).flatMap(
          (path) => resolvePath('', path) ?? [],
        );
      }),
    ),
  );
}

/**
 * The files that programs name, and the folders that they apply or build; a path behind a variable, such as
 * `$DIR/apps/web.yaml`, as the end of one: "*\/apps/web.yaml".
 */
export function filesOfPrograms(programs: readonly ProgramText[]): ReadonlySet<string> {
  const named = new Set<string>();
  for (const program of programs) {
    const text = withoutVariables(program.text);
    const files = (text.match(/[\w./@+-]+/g) ?? [])
      .filter((word) => /\.ya?ml\.?$/.test(word))
      .map((word) => word.replace(/\.$/, ''));
    const globs = [...text.matchAll(/(?<![\w./@+-])([\w./@+-]*[\w@+-])\/\*[\w./*-]*\.ya?ml\b/g)].map(
      ([, target = '']) => target,
    );
    for (const place of [...placesOf(program, [...files, ...globs]), ...targetsOfApply(program)])
      named.add(place);
  }
  return named;
}

/** The files and folders that a program applies or builds, as `filesOfPrograms`. */
export function targetsOfApply(program: ProgramText): string[] {
  const targets = withoutVariables(program.text).matchAll(
    /(?:\s-[fk]|--filename|--kustomize|\bbuild|\bapply)[\s=]+["']?(?!-)([\w./@+-]+)/g,
  );
  return placesOf(
    program,
    [...targets].map(([, target = '']) => target),
  );
}

/** Whether programs name a path, or a folder around it. */
export function isNamedByPrograms(path: string, named: ReadonlySet<string>): boolean {
  for (let place = path; place !== ''; place = directoryOf(place)) {
    if (named.has(place)) return true;
    for (let at = place.indexOf('/'); at >= 0; at = place.indexOf('/', at + 1))
      if (named.has(`*${place.slice(at)}`)) return true;
  }
  return false;
}

/** A text without the variables of shells and templates in front of paths. */
function withoutVariables(text: string): string {
  return text.replace(/(?:\$\w+|\$\{[^{}]*\}|\$\([^()]*\)|\{\{[^{}]*\}\})["']?(?=\/)/g, '');
}

/** How a program goes to another folder. */
const CHANGES_FOLDER = /(?:\bcd|\bworking-directory:|\bdir:)\s+["']?([\w./@+-]+)/g;
/** So many folders to which a program goes are looked at. */
const MOST_FOLDERS = 10;

/**
 * What paths in a program may mean: from the root of the repository, from the folder of the program or one to which it goes,
 * or from a variable.
 */
function placesOf({ path, text }: ProgramText, targets: readonly string[]): string[] {
  const visited = [...text.matchAll(CHANGES_FOLDER)].map(([, folder = '']) => resolvePath('', folder) ?? '');
  const folders = [...new Set(['', directoryOf(path), ...visited])].slice(0, MOST_FOLDERS);
  return targets.flatMap((target) => {
    const end = target.startsWith('/') && resolvePath('', target.replace(/^(?:\/\.\.)+/, ''));
    return [
      ...folders.flatMap((folder) => resolvePath(folder, `./${target}`) || []),
      // One name alone may be anywhere.
      ...(end && end.includes('/') ? [`*/${end}`] : []),
    ];
  });
}
