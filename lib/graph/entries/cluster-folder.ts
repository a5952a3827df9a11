import { baseName, directoryOf, isBelow } from '../../tree/path';
import type { FoundKustomization, Repository } from './repository';

/** Folders for a part of what a cluster runs, which are not clusters. */
const PART =
  /^(?:\d+[-_])?(?:add-?ons?|app(?:lication)?s?|components?|configs?|controllers?|core|crds|infra(?:structure)?|monitoring|namespaces?|networking|observability|repos(?:itories)?|security|sources?|storage|system|workloads?)$/i;

/** Folders whose children are clusters, whatever their names are. */
const OF_CLUSTERS = /^(?:clusters|env(?:ironment)?s?|fleets?|overlays?|stages?|tenants?)$/i;

/** Folders, each with its Kustomizations that nothing applies. */
export type HoldingFolders = ReadonlyMap<string, readonly { readonly one: FoundKustomization }[]>;

/**
 * The folder of a cluster, if a folder has the name of a part such as `apps`: a folder above, which Flux can build, and which
 * contains nothing that Kustomizations in it build.
 */
export function clusterFolder(folder: string, held: HoldingFolders, repository: Repository): string {
  const above = directoryOf(folder);
  const isPart = PART.test(baseName(folder)) && !OF_CLUSTERS.test(baseName(above));
  return isPart && isCluster(above, held, repository) ? clusterFolder(above, held, repository) : folder;
}

function isCluster(folder: string, held: HoldingFolders, { whole }: Repository): boolean {
  const within = [...held].filter(([inner]) => isBelow(inner, folder)).flatMap(([, all]) => all);
  return (
    whole.view.kustomizationFiles(folder).length === 0 &&
    within.every(({ one: { path } }) => !isBelow(path, folder)) &&
    whole.builder.build(folder).findings.every(({ severity }) => severity !== 'error')
  );
}
