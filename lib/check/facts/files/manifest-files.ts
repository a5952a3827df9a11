import { once } from '../../../plain/once';
import type { TreeFile } from '../../../tree/tree-file';
import type { CheckContext } from '../../check-context';

/** The manifests of a repository: its YAML files, and the files of other formats, such as JSON, that clusters apply. */
export const manifestFiles = once(({ tree, clusters }: CheckContext): readonly TreeFile[] => {
  const files = new Set(tree.files);
  for (const { kustomizations } of clusters) {
    for (const { location } of kustomizations.flatMap(({ build }) => build?.inventory ?? [])) {
      const file = location.file?.endsWith('.json') ? tree.get(location.file) : undefined;
      if (file) files.add(file);
    }
  }
  return [...files];
});
