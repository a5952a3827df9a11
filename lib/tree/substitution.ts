import { SUBSTITUTE_KEY } from '../kinds/names';
import type { ManifestObject } from './manifest';

/**
 * Whether an object opted out of the substitution of variables, by a label or an annotation.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution
 */
export function optsOutOfSubstitution(object: ManifestObject): boolean {
  const { labels, annotations } = object.metadata ?? {};
  return [labels, annotations].some(
    (map) =>
      typeof map === 'object' &&
      map !== null &&
      (map as Record<string, unknown>)[SUBSTITUTE_KEY] === 'disabled',
  );
}
