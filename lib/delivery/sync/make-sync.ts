import { Construct } from 'constructs';
import { Kustomization } from '../../flux/kustomization';
import { OCIRepository } from '../../flux/oci-repository';
import { setFile } from '../../flux/side-data';
import { BOOTSTRAP_FOLDER, BOOTSTRAP_NAME, FLUX_NAMESPACE, PRUNE_KEY, SYNC_FILE } from '../../kinds/names';
import type { ClusterSync } from './cluster-sync';

/** How often Flux looks for a new artifact, where its author says nothing: as with `flux bootstrap`. */
export const SYNC_INTERVAL = '1m';

/** The file with the source of a cluster and the Kustomization of its entry path, from the entry path. */
export const SYNC_PATH = `${BOOTSTRAP_FOLDER}/${SYNC_FILE}`;

/** Without the Kustomization of the entry path, Flux would remove everything that the cluster runs. */
const KEPT = { [PRUNE_KEY]: 'disabled' };

/** The id of the construct that contains both. */
const SYNC_ID = BOOTSTRAP_NAME;

/**
 * Makes what `flux bootstrap` makes for a Git repository: the source of a cluster, and the Kustomization that applies its entry
 * path, under the same names and in the same file. The artifact has the file too, so that Flux updates both; it removes
 * neither when the file is gone.
 *
 * @param path - the entry path, from the root of the artifact
 */
export function makeSync(cluster: Construct, path: string, sync: ClusterSync): void {
  const { kind: _kind, interval = SYNC_INTERVAL, kustomization = {}, ...source } = sync;
  const both = new Construct(cluster, SYNC_ID);
  setFile(both, SYNC_PATH);
  const metadata = { name: BOOTSTRAP_NAME, namespace: FLUX_NAMESPACE, annotations: KEPT };
  const repository = new OCIRepository(both, 'source', { ...metadata, interval, ...source });
  new Kustomization(both, 'entry', {
    ...metadata,
    interval: '10m',
    prune: true,
    ...kustomization,
    path: `./${path}`,
    sourceRef: repository,
  });
}

/** Removes both, as the Flux operator makes them instead. */
export function removeSync(cluster: Construct): void {
  cluster.node.tryRemoveChild(SYNC_ID);
}
