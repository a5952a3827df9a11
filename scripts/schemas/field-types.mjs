// What the schemas do not say about the fields of Flux's kinds: what a name refers to, and which fields exclude each
// other. Keys are the name of a field in any kind, or `Kind.path.to.field` for one of them.

import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
require('../register-typescript.cjs');
const { referenceAt } = require('../../lib/kinds/flux-kinds.ts');

/** The types of fields that name an object of certain kinds in the same namespace. */
const LOCAL = { Secret: 'SecretReference', ConfigMap: 'ConfigMapReference' };

/**
 * The type of a field that refers to an object only by its name, according to lib/kinds; nothing for other fields.
 *
 * @param path - the field below the spec, without places in lists
 */
export function referenceType(kind, path) {
  const reference = referenceAt(kind, `spec.${path}`);
  if (reference?.by === 'text') return ['../references/reference', 'NameOrReference'];
  if (reference?.by !== 'name') return undefined;
  const [target] = reference.kinds;
  if (reference.reach === 'any-namespace')
    return ['../references/reference', 'QualifiedReferenceTo', `'${target}'`];
  return target in LOCAL
    ? ['../references/reference', LOCAL[target]]
    : ['../references/reference', 'ReferenceTo', `'${target}'`];
}

/** Groups of fields of which only one may be set: a helper of lib/flux/choice.ts and its arguments. */
export const COLLECTIONS = {
  kubeConfig: ['ExactlyOne', "'configMapRef' | 'secretRef'"],
  'GitRepository.ref': ['OneGroup', "['branch' | 'commit', 'tag', 'semver', 'name']"],
  'OCIRepository.ref': ['OneGroup', "['tag', 'semver' | 'semverFilter', 'digest']"],
  'ImageUpdateAutomation.git.checkout.ref': ['OneGroup', "['branch' | 'commit', 'tag', 'semver', 'name']"],
  'ImagePolicy.policy': ['ExactlyOne', "'semver' | 'alphabetical' | 'numerical'"],
  'HelmRelease.install.strategy': ['OnlyWith', "'name', 'RetryOnFailure', 'retryInterval'"],
  'HelmRelease.upgrade.strategy': ['OnlyWith', "'name', 'RetryOnFailure', 'retryInterval'"],
};
