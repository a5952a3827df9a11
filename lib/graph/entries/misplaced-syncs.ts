import { isDeepStrictEqual } from 'node:util';
import { finding, type Finding } from '../../findings/finding';
import { BOOTSTRAP_FOLDER, SYNC_FILE } from '../../kinds/names';
import { directoryOf, isBelow, joinPath } from '../../tree/path';
import { identityOf } from '../../tree/manifest';
import { groupBy } from '../../plain/group-by';
import { sameAddress } from '../sources/address';
import type { PlacedSync } from './place-sync';
import type { Repository } from './repository';

/** A sync in the folder where bootstrap writes it, with the entry path around that folder and the one that it names. */
interface BootstrapFolder {
  readonly placed: PlacedSync;
  readonly own: string;
  readonly named: string;
}

/**
 * What `flux bootstrap` wrote for one cluster, if it names the folder of another one that has its own: someone copied the
 * folder, and the cluster applies what the other one applies. Clusters may share a folder on purpose, if one has nothing
 * else of its own, or follows another revision.
 */
export function misplacedSyncs(clusters: readonly PlacedSync[], repository: Repository): Finding[] {
  const folders = clusters.flatMap(bootstrapFolder);
  const owners = groupBy(
    folders.filter(({ own, named }) => own === named),
    ({ own }) => own,
  );
  return folders
    .filter(({ own, named }) => !isBelow(own, named) && !isBelow(named, own) && !own.endsWith(`/${named}`))
    .filter((one) => (owners.get(one.named) ?? []).some((owner) => haveSameSource(one, owner)))
    .filter(({ own }) => isForgotten(own, repository))
    .map(misplaced);
}

function haveSameSource({ placed: { sync: one } }: BootstrapFolder, { placed }: BootstrapFolder): boolean {
  const { url, ref } = placed.sync;
  if (one.url !== undefined && url !== undefined && !sameAddress(one.url, url)) return false;
  return isDeepStrictEqual(one.ref, ref);
}

/** Whether a folder has more than what bootstrap wrote, and no Kustomization from outside of it builds any of that. */
function isForgotten(own: string, { tree, kustomizations }: Repository): boolean {
  const bootstrap = joinPath(own, BOOTSTRAP_FOLDER);
  const hasMore = tree.files.some(
    ({ path }) => /\.ya?ml$/.test(path) && isBelow(path, own) && !isBelow(path, bootstrap),
  );
  return hasMore && !kustomizations.some(({ file, path }) => isBelow(path, own) && !isBelow(file, own));
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
  if (sync.file !== joinPath(own, BOOTSTRAP_FOLDER, SYNC_FILE) || placed.isPattern) return [];
  return [{ placed, own, named: joinPath(root.folders[0] ?? '', sync.path) }];
}
