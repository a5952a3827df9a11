import { OPERATOR_GROUP } from '../../kinds/groups';
import { hasOperatorMark } from '../../kinds/operator-marks';
import { apiGroup, type ManifestObject } from '../../tree/manifest';

/** Whether an object is a ResourceSet of the Flux operator. */
export function isResourceSet(object: ManifestObject): boolean {
  return isOfOperator(object, 'ResourceSet');
}

/** Whether an object provides inputs for ResourceSets. */
export function isInputProvider(object: ManifestObject): boolean {
  return isOfOperator(object, 'ResourceSetInputProvider');
}

function isOfOperator({ apiVersion, kind }: ManifestObject, wanted: string): boolean {
  return kind === wanted && apiGroup(apiVersion) === OPERATOR_GROUP;
}

/** Whether the operator leaves an object, and what it created from it, as it is. */
export function isDisabled(object: ManifestObject): boolean {
  return hasOperatorMark(object, 'reconcile', 'disabled');
}
