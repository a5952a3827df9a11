import { isKustomizationFile } from '../../../graph/sources/folder-listing';
import { once } from '../../../plain/once';
import { directoryOf, isBelow, resolvePath } from '../../../tree/path';
import type { Tree } from '../../../tree/tree';

/** Files that Flux does not read because somebody put an ending behind their names, or a word that says so. */
const PUT_ASIDE = /\.ya?ml(?:\.[\w-]+|~)$|[._-](?:disabled|unused|deprecated|bak|orig)\.ya?ml$/i;

const FLUX_KUSTOMIZATION = 'kustomize.toolkit.fluxcd.io/';

/** The folders that Kustomizations in files that are put aside, or in comments, would build. */
export function foldersPutAside(tree: Tree): string[] {
  const texts = [...tree.paths]
    .filter((path) => PUT_ASIDE.test(path))
    .map((path) => tree.get(path)?.bytes.toString('utf8') ?? '');
  return [...texts, ...comments(tree)]
    .filter((text) => text.includes(FLUX_KUSTOMIZATION))
    .flatMap((text) => [...text.matchAll(/^[ \t]*path:[ \t]*["']?([\w./@+-]+)["']?[ \t\r]*(?:#.*)?$/gm)])
    .flatMap(([, path = '']) => resolvePath('', path) || []);
}

/** What the manifests that mention Kustomizations have in comments. */
function comments(tree: Tree): string[] {
  const texts = tree.files.flatMap(({ path, bytes }) =>
    /\.ya?ml$/.test(path) && bytes.includes(FLUX_KUSTOMIZATION) ? bytes.toString('utf8') : [],
  );
  return texts.map((text) => [...text.matchAll(/^[ \t]*#+(.*)/gm)].map(([, line]) => line).join('\n'));
}

/** Whether a kustomization file lists a file or folder, or a file in it, in a comment: somebody turned it off. */
export function isCommentedOut(tree: Tree, place: string): boolean {
  return commentedPaths(tree).some((path) => isBelow(path, place));
}

/** The entries of lists of kustomizations that are comments. */
const commentedPaths = once((tree: Tree): readonly string[] =>
  [...tree.paths].filter(isKustomizationFile).flatMap((file) => {
    const text = tree.get(file)?.bytes.toString('utf8') ?? '';
    const entries = [...text.matchAll(/^[ \t]*#[ \t#]*-[ \t]*(?:path:[ \t]*)?["']?([^\s"'#]+)/gm)];
    return entries.flatMap(([, path = '']) => resolvePath(directoryOf(file), path) || []);
  }),
);
