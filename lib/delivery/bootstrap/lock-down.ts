import { BOOTSTRAP_NAME, COMPONENTS_FILE, SYNC_FILE } from '../../kinds/names';
import { LOCK_DOWN_FLAGS } from '../../kinds/lock-down';
import { printDocuments } from '../../yaml/print';

/**
 * What `flux-system/kustomization.yaml` must say for Flux to be locked down. `flux bootstrap` keeps the file, and gives the
 * controllers the flags at once.
 *
 * @see https://fluxcd.io/flux/installation/configuration/multitenancy/#how-to-configure-flux-multi-tenancy
 */
export function lockDownKustomization(): string {
  const flags = Object.values(LOCK_DOWN_FLAGS).map(({ flag, value, controllers }) =>
    patch('/spec/template/spec/containers/0/args/-', `${flag}=${value}`, {
      kind: 'Deployment',
      name: controllers.length === 1 ? controllers[0] : `(${controllers.join('|')})`,
    }),
  );
  const sync = patch('/spec/serviceAccountName', 'kustomize-controller', {
    kind: 'Kustomization',
    name: BOOTSTRAP_NAME,
  });
  const object = {
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    resources: [COMPONENTS_FILE, SYNC_FILE],
    patches: [...flags, sync],
  };
  return printDocuments([{ object }]);
}

function patch(path: string, value: string, target: object): object {
  return { target, patch: `- op: add\n  path: ${path}\n  value: ${value}\n` };
}
