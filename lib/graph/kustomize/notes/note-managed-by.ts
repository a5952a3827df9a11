import type { FindingLocation } from '../../../findings/finding';
import { MANAGED_BY_LABEL } from '../../../kinds/names';
import type { BuildLog } from '../build-log';

/**
 * Notes that Flux cannot apply what it builds with `managedByLabel`: in its controller, kustomize does not know its own
 * version, and the value of the label is not valid.
 *
 * @param metadata - the build metadata that apply
 * @see https://github.com/fluxcd/kustomize-controller/issues/1008
 */
export function noteManagedBy(metadata: readonly string[], location: FindingLocation, log: BuildLog): void {
  const index = metadata.indexOf('managedByLabel');
  if (index < 0) return;
  log.error(
    'label-invalid',
    `"managedByLabel" makes Flux set the label ${MANAGED_BY_LABEL}: kustomize-(devel), and the API server refuses every object with that value`,
    { ...location, field: `buildMetadata[${index}]` },
    { hint: 'remove "managedByLabel", or set that label in spec.commonMetadata of the Flux Kustomization' },
  );
}
