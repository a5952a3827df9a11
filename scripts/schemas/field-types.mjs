// What the schemas do not say of the fields of Flux's kinds: what a name stands for, and which fields exclude each
// other. Keys are a field's name wherever it stands, or `Kind.path.to.field` for one of them.

const secret = ['../reference', 'SecretReference'];

/** Fields whose type is not what their schema alone would make. */
export const FIXED = {
  serviceAccountName: ['../reference', 'NameOrReference'],
};

/** Fields that hold nothing but a name, and what it is the name of. */
export const NAMED = {
  secretRef: secret,
  certSecretRef: secret,
  proxySecretRef: secret,
  trustedRootSecretRef: secret,
  configMapRef: ['../reference', 'ConfigMapReference'],
  providerRef: ['../reference', 'ReferenceTo', "'Provider'"],
  repository: ['../reference', 'ReferenceTo', "'GitRepository'"],
  imageRepositoryRef: ['../reference', 'QualifiedReferenceTo', "'ImageRepository'"],
};

/** Groups of fields of which only one may be set: a helper of lib/flux/choice.ts and what it is told. */
export const COLLECTIONS = {
  kubeConfig: ['ExactlyOne', "'configMapRef' | 'secretRef'"],
  'GitRepository.ref': ['OneGroup', "['branch' | 'commit', 'tag', 'semver', 'name']"],
  'OCIRepository.ref': ['OneGroup', "['tag', 'semver' | 'semverFilter', 'digest']"],
  'ImageUpdateAutomation.git.checkout.ref': ['OneGroup', "['branch' | 'commit', 'tag', 'semver', 'name']"],
  'ImagePolicy.policy': ['ExactlyOne', "'semver' | 'alphabetical' | 'numerical'"],
  'HelmRelease.install.strategy': ['OnlyWith', "'name', 'RetryOnFailure', 'retryInterval'"],
  'HelmRelease.upgrade.strategy': ['OnlyWith', "'name', 'RetryOnFailure', 'retryInterval'"],
};
