import { BOOTSTRAP_NAME } from '../../kinds/names';
import { LOCK_DOWN_FLAGS } from '../../kinds/lock-down';
import { addValue, anyOf, ARGUMENTS, type KustomizationPatch } from './add-argument';

/**
 * The patches in `flux-system/kustomization.yaml` that lock Flux down. `flux bootstrap` keeps the file, and gives the
 * controllers the flags at once.
 *
 * @see https://fluxcd.io/flux/installation/configuration/multitenancy/#how-to-configure-flux-multi-tenancy
 */
export function lockDownPatches(): KustomizationPatch[] {
  const flags = Object.values(LOCK_DOWN_FLAGS).map(({ flag, value, controllers }) =>
    addValue(ARGUMENTS, `${flag}=${value}`, { kind: 'Deployment', name: anyOf(controllers) }),
  );
  const sync = addValue('/spec/serviceAccountName', 'kustomize-controller', {
    kind: 'Kustomization',
    name: BOOTSTRAP_NAME,
  });
  return [...flags, sync];
}
