import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { finding, type Finding } from '../findings/finding';
import type { Directory } from '../flux/directory';
import { firstNames } from '../plain/first-names';
import { withSlashes } from '../plain/with-slashes';
import type { Plan } from '../plan/plan';
import { directoryOf, joinPath } from '../tree/path';
import type { Tree } from '../tree/tree';
import { leftOutFiles } from './left-out-files';
import { seenByFlux } from './seen-by-flux';

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
    ...directories.filter(isBare).flatMap((directory) => takenInFiles(directory, root, files, findRemoved)),
  ];
}

function takenInFiles(
  directory: Directory,
  root: string,
  files: Tree,
  findRemoved: () => readonly string[],
): Finding[] {
  const others = manifestsIn(root, directory.path).filter((path) => !files.has(path));
  const foreign = seenByFlux(root, others);
  // Nearly every folder has the files of an earlier run: then there is nothing to remove.
  const removed = new Set(foreign.length > 0 ? findRemoved() : []);
  const taken = foreign.filter((path) => !removed.has(path));
  return taken.length === 0 ? [] : [takenIn(directory, taken)];
}

/** The manifests below a folder on disk, and the files by which it would not be a plain folder, from the repository's root. */
function manifestsIn(root: string, folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  const names = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
  return names
    .map((name) => joinPath(folder, withSlashes(name)))
    .filter((path) => /\.ya?ml$|\/Kustomization$/.test(path))
    .sort();
}

function takenIn({ construct, path }: Directory, taken: readonly string[]): Finding {
  return finding({
    code: 'files-taken-in',
    message: `Flux would apply ${firstNames(
      taken.map((one) => JSON.stringify(one)),
      5,
    )}: ${JSON.stringify(path)} has only encrypted Secrets, so synth writes no kustomization.yaml, and Flux applies every manifest in the folder`,
    hint: 'describe it in the code too, or move it to another folder, or delete it',
    locations: [{ constructPath: construct.node.path, file: taken[0] as string }],
  });
}
