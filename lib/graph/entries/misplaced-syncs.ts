import { finding, type Finding } from '../../findings/finding';
import { BOOTSTRAP_FOLDER, SYNC_FILE } from '../../kinds/names';
import { directoryOf, isBelow, joinPath } from '../../tree/path';
import { identityOf } from '../../tree/manifest';
import type { PlacedSync } from './place-sync';

/** A sync in the folder where bootstrap writes it, with the entry path around that folder and the one that it names. */
interface BootstrapFolder {
  readonly placed: PlacedSync;
  readonly own: string;
  readonly named: string;
}

/**
 * What `flux bootstrap` wrote for one cluster, if it names the folder of another one that has its own: someone copied the
 * folder, and the cluster applies what the other one applies.
 */
export function misplacedSyncs(clusters: readonly PlacedSync[]): Finding[] {
  const folders = clusters.flatMap(bootstrapFolder);
  const owners = new Set(folders.filter(({ own, named }) => own === named).map(({ own }) => own));
  return folders
    .filter(({ own, named }) => owners.has(named) && !isBelow(own, named) && !isBelow(named, own))
    .map(misplaced);
}

function misplaced({ placed, own, named }: BootstrapFolder): Finding {
  const { kustomization, location, file } = placed.sync;
  return finding({
    code: 'path-overlap',
    message: `the cluster of ${JSON.stringify(own)} starts from ${JSON.stringify(named)}, from which another cluster starts, so it does not apply what is in ${JSON.stringify(own)}`,
    hint: `set spec.path to ${JSON.stringify(`./${own}`)}, or remove the folder if it is no longer used`,
    object: identityOf(kustomization),
    field: 'spec.path',
    locations: [location ?? { file }],
  });
}

function bootstrapFolder(placed: PlacedSync): BootstrapFolder[] {
  const { sync, root } = placed;
  const own = directoryOf(directoryOf(sync.file));
  if (sync.file !== joinPath(own, BOOTSTRAP_FOLDER, SYNC_FILE)) return [];
  return [{ placed, own, named: joinPath(root.folders[0] ?? '', sync.path) }];
}
