import { KUSTOMIZE_GROUP } from './groups';

/** The namespace in which `flux bootstrap` puts the controllers and their objects. */
export const FLUX_NAMESPACE = 'flux-system';
/** The name of the source and the Kustomization that `flux bootstrap` makes. */
export const BOOTSTRAP_NAME = 'flux-system';
/** The folder below the entry path to which `flux bootstrap` writes. */
export const BOOTSTRAP_FOLDER = 'flux-system';
/** The file with Flux's own manifests that `flux bootstrap` writes. */
export const COMPONENTS_FILE = 'gotk-components.yaml';
/** The file with the first source and Kustomization that `flux bootstrap` writes. */
export const SYNC_FILE = 'gotk-sync.yaml';

/** `disabled` as label or annotation: Flux substitutes no variables in the object. */
export const SUBSTITUTE_KEY = `${KUSTOMIZE_GROUP}/substitute`;
/** `disabled` as label or annotation: Flux never prunes the object. */
export const PRUNE_KEY = `${KUSTOMIZE_GROUP}/prune`;
/** The label by which tools mark the objects that they manage. */
export const MANAGED_BY_LABEL = 'app.kubernetes.io/managed-by';
/** Names the tenant that an object belongs to, as `flux create tenant` does. */
export const TENANT_LABEL = 'toolkit.fluxcd.io/tenant';
