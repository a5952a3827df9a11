import { directoryOf } from '../../tree/path';
import { objectsOf } from '../../tree/readable-documents';
import type { Tree } from '../../tree/tree';
import { mapOf } from '../../plain/plain-data';
import { isKustomizationFile } from '../sources/folder-listing';
import { SourceViews } from '../kustomize/source-views';

/**
 * The folders with a kustomization that no other kustomization uses: what something outside of the tree applies, as it
 * does with a repository of applications that another one brings into its clusters.
 */
export function topFolders(tree: Tree): string[] {
  const { builder, view } = new SourceViews(tree).get();
  const files = tree.files.filter(({ path }) => isKustomizationFile(path));
  const folders = [...new Set(files.map(({ path }) => directoryOf(path)))];
  const used = new Set<string>();
  for (const folder of folders) {
    for (const path of builder.build(folder).reads) if (path !== folder) used.add(path);
  }
  const isComponent = (folder: string): boolean =>
    view.kustomizationFiles(folder).some((path) => {
      const [object] = objectsOf(tree.get(path));
      return mapOf(object).kind === 'Component';
    });
  return folders.filter((folder) => !used.has(folder) && !isComponent(folder));
}
