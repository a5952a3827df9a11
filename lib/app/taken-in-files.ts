import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { finding, type Finding } from '../findings/finding';
import type { Directory } from '../flux/directory';
import { firstNames } from '../plain/first-names';
import { withSlashes } from '../plain/with-slashes';
import { joinPath } from '../tree/path';
import type { LeftOutOptions } from './left-out-files';
import { seenByFlux } from './seen-by-flux';

/**
 * Finds manifests that Flux would apply after this run: those in folders for which synth writes no `kustomization.yaml`,
 * beside the files that it writes.
 */
export function takenInFiles({ root, directories, files, findRemoved }: LeftOutOptions): Finding[] {
  return directories.flatMap((directory) => {
    const others = manifestsIn(root, directory.path).filter((path) => !files.has(path));
    const foreign = seenByFlux(root, others);
    // Nearly every folder has the files of an earlier run: then there is nothing to remove.
    const removed = new Set(foreign.length > 0 ? findRemoved() : []);
    const taken = foreign.filter((path) => !removed.has(path));
    return taken.length === 0 ? [] : [takenIn(directory, taken)];
  });
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
