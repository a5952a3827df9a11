import { mapOf, valueAt } from '../plain/plain-data';
import { OPERATOR_GROUP } from './groups';

/** Annotations with which the operator fills a ConfigMap or Secret of a ResourceSet from one in the cluster. */
const FILLING = ['copyFrom', 'convertKubeConfigFrom'].map((name) => `${OPERATOR_GROUP}/${name}`);

/**
 * Whether the operator adds data to an object that its file does not show.
 *
 * @see https://fluxoperator.dev/docs/crd/resourceset/#copying-data-from-existing-configmaps-and-secrets
 */
export function isFilledByOperator(object: { readonly metadata?: unknown }): boolean {
  const annotations = mapOf(valueAt(object, 'metadata', 'annotations'));
  return FILLING.some((name) => Object.hasOwn(annotations, name));
}

/** Whether an annotation of the operator on an object has a value, such as `prune: disabled`. */
export function hasOperatorMark(
  object: { readonly metadata?: unknown },
  mark: string,
  value: string,
): boolean {
  return valueAt(object, 'metadata', 'annotations', `${OPERATOR_GROUP}/${mark}`) === value;
}
