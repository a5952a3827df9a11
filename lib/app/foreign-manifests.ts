import type { Finding } from '../findings/finding';
import type { Directory } from '../flux/directory';
import type { Plan } from '../plan/plan';
import { directoryOf, joinPath } from '../tree/path';
import type { Tree } from '../tree/tree';
import { leftOutFiles } from './left-out-files';
import { takenInFiles } from './taken-in-files';

/** What has to be known to find manifests of other people. */
export interface ForeignOptions {
  /** The absolute path of the repository's root. */
  readonly root: string;
  readonly plan: Plan;
  /** The files to publish. */
  readonly files: Tree;
  /** Finds the files that publishing removes. */
  readonly findRemoved: () => readonly string[];
}

/**
 * Finds manifests of other people that Flux would no longer apply after this run, and those that it would apply then. Where clusters
 * share files, a folder may have no `kustomization.yaml`: Flux then applies all that it finds there.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#generate-kustomizationyaml
 */
export function foreignManifests({ root, plan, files, findRemoved }: ForeignOptions): Finding[] {
  const { tree, rendered, directories } = plan;
  if (tree === rendered) return leftOutFiles({ root, directories, files, findRemoved });
  const filled = new Set(files.files.map(({ path }) => directoryOf(path)));
  const isBare = ({ path }: Directory): boolean => {
    const own = joinPath(path, 'kustomization.yaml');
    return filled.has(path) && rendered.has(own) && !files.has(own);
  };
  const others = directories.filter((directory) => !isBare(directory));
  const before = files === tree ? rendered : files;
  return [
    ...leftOutFiles({ root, directories: others, files: before, findRemoved }),
    ...takenInFiles({ root, directories: directories.filter(isBare), files, findRemoved }),
  ];
}
