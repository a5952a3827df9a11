import type { ManifestObject } from './manifest';

/**
 * The annotation of a HelmRelease or Kustomization that says which API groups' CRDs it brings, separated by commas.
 * Flux does not read it; it tells checks of the order what a chart's name alone does not.
 */
export const PROVIDES_ANNOTATION = 'cdk8s-flux/provides';

/** The API groups whose CRDs an object says that it brings. */
export function providedGroups({ metadata }: ManifestObject): string[] {
  const annotations = metadata?.annotations;
  const text = (annotations as Record<string, unknown> | null | undefined)?.[PROVIDES_ANNOTATION];
  if (typeof text !== 'string') return [];
  return text
    .split(',')
    .map((group) => group.trim())
    .filter(Boolean);
}
