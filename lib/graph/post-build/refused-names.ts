import { finding, type Finding, type FindingLocation } from '../../findings/finding';
import { fieldPath } from '../../plain/field-path';
import { identityOf, type ManifestObject } from '../../tree/manifest';
import type { KnownVariables } from './variable-sources';

/** The names that Flux accepts. */
const NAME = /^[_A-Za-z][_A-Za-z0-9]*$/;

/**
 * The variables of a Kustomization whose names Flux refuses, and with them the whole build, used or not; a finding for
 * each field that brings some.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution
 */
export function refusedNames(
  { origins }: KnownVariables,
  kustomization: ManifestObject,
  location: FindingLocation | undefined,
): Finding[] {
  return origins.flatMap(({ field, from, names }) => {
    const refused = names.filter((name) => !NAME.test(name));
    if (refused.length === 0) return [];
    const [first = ''] = refused;
    const isSingle = refused.length === 1;
    return finding({
      code: 'variable-invalid',
      message: `${refused.map((name) => JSON.stringify(name)).join(', ')}${from} ${isSingle ? 'is not a valid variable name' : 'are not valid variable names'}, so Flux refuses the whole build, even if nothing uses ${isSingle ? 'it' : 'them'}: use ASCII letters, digits and "_", and do not start with a digit`,
      hint: `rename it, for example to ${JSON.stringify(first.replace(/[^_A-Za-z0-9]/g, '_').replace(/^(?=\d)/, '_'))}${from === '' ? '' : ', or move it to an object that is not in substituteFrom'}`,
      locations: location ? [location] : [],
      object: identityOf(kustomization),
      field: fieldPath(from === '' ? [...field, first] : field),
    });
  });
}
