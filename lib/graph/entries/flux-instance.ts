import { apiGroup } from '../../tree/manifest';
import { HELM_GROUP, OPERATOR_GROUP } from '../../kinds/groups';
import { isMap, mapOf, textOf, valueAt, type PlainMap } from '../../plain/plain-data';

/**
 * The spec of a FluxInstance: of the object itself, in the values of a release of the chart `flux-instance`, or in a file
 * of such values that becomes a ConfigMap. `undefined` for anything else.
 *
 * @see https://fluxcd.control-plane.io/operator/fluxinstance/
 */
export function instanceSpec(document: unknown): PlainMap | undefined {
  const { apiVersion, kind, spec, instance } = mapOf(document);
  const group = apiGroup(textOf(apiVersion) ?? '');
  if (kind === 'FluxInstance' && group === OPERATOR_GROUP) return mapOf(spec);
  const isRelease = kind === 'HelmRelease' && group === HELM_GROUP;
  const values = isRelease ? valueAt(spec, 'values', 'instance') : kind === undefined ? instance : undefined;
  return isMap(values) && (isMap(values.sync) || isMap(values.distribution)) ? values : undefined;
}
