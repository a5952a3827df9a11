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
