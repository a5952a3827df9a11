import { kustomizationFileNames } from '../../graph/sources/folder-listing';
import { directoryOf, joinPath } from '../../tree/path';
import type { Tree } from '../../tree/tree';
import { resolvedPath } from './used-files';

/** Files that Flux does not read because somebody put an ending behind their names, or a word that says so. */
const PUT_ASIDE = /\.ya?ml(?:\.[\w-]+|~)$|[._-](?:disabled|unused|deprecated|bak|orig)\.ya?ml$/i;

/** The folders that Kustomizations in files that are put aside would build. */
export function foldersPutAside(tree: Tree): string[] {
  const texts = [...tree.paths]
    .filter((path) => PUT_ASIDE.test(path))
    .map((path) => tree.get(path)?.bytes.toString('utf8') ?? '');
  return texts
    .filter((text) => text.includes('kustomize.toolkit.fluxcd.io/'))
    .flatMap((text) => [...text.matchAll(/^[ \t]*path:[ \t]*["']?([\w./@+-]+)["']?[ \t\r]*(?:#.*)?$/gm)])
    .flatMap(([, path = '']) => resolvedPath('', path) || []);
}

/** Whether a kustomization file at or above a file or folder lists it, or a file in it, in a comment: somebody turned it off. */
export function isCommentedOut(tree: Tree, place: string): boolean {
  for (let folder = place; folder !== '';) {
    folder = directoryOf(folder);
    const name = folder === '' ? place : place.slice(folder.length + 1);
    const file = kustomizationFileNames.map((one) => joinPath(folder, one)).find((path) => tree.has(path));
    const text = file === undefined ? '' : (tree.get(file)?.bytes.toString('utf8') ?? '');
    if (commentedPaths(text).some((path) => path === name || path.startsWith(`${name}/`))) return true;
  }
  return false;
}

/** The entries of lists that are comments. */
function commentedPaths(text: string): string[] {
  const entries = [...text.matchAll(/^[ \t]*#[ \t#]*-[ \t]*["']?([^\s"'#]+)/gm)];
  return entries.map(([, path = '']) => path.replace(/^\.\//, '').replace(/\/$/, ''));
}
