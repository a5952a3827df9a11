/** The API group of Flux's Kustomization. */
export const KUSTOMIZE_GROUP = 'kustomize.toolkit.fluxcd.io';
/** The API group of HelmRelease. */
export const HELM_GROUP = 'helm.toolkit.fluxcd.io';
/** The API group of sources. */
export const SOURCE_GROUP = 'source.toolkit.fluxcd.io';
/** The API group of Alert, Provider and Receiver. */
export const NOTIFICATION_GROUP = 'notification.toolkit.fluxcd.io';
/** The API group of image automation. */
export const IMAGE_GROUP = 'image.toolkit.fluxcd.io';
/** The API group of ArtifactGenerator. */
export const SOURCE_EXTENSIONS_GROUP = 'source.extensions.fluxcd.io';
/** The group of the files that kustomize reads, which no API server knows. */
export const KUSTOMIZE_FILE_GROUP = 'kustomize.config.k8s.io';
/** The API group of the Flux operator. */
export const OPERATOR_GROUP = 'fluxcd.controlplane.io';

/** Whether an API group is one of Flux's own controllers, also of a version of Flux that we do not know yet. */
export function isFluxGroup(group: string): boolean {
  return group.endsWith('.toolkit.fluxcd.io') || group === SOURCE_EXTENSIONS_GROUP;
}

/**
 * Whether an API group reads like one of Flux's, with a part left out or added. Only the HelmRelease of Flux 1 really
 * had one of them.
 */
export function isAlmostFluxGroup(group: string): boolean {
  return /^(?!helm\.)(?:[\w-]+\.)?(?:toolkit\.)?fluxcd\.io$/.test(group) && !isFluxGroup(group);
}
