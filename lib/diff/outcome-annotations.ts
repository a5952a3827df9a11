import { isMarked } from '../kinds/apply-marks';
import { hasOperatorMark } from '../kinds/operator-marks';
import { mapOf } from '../plain/plain-data';
import type { SideObject } from './classifier';

/** Whether Flux leaves an object alone once it exists; then no change of it has an effect. */
export function isLeftAlone(side: SideObject): boolean {
  return isIgnored(side) || (!side.maker && isMarked(side, 'ssa', 'IfNotPresent'));
}

/** Whether Flux neither applies an object nor deletes it. */
export function isIgnored(side: SideObject): boolean {
  return !side.maker && (isMarked(side, 'reconcile', 'disabled') || isMarked(side, 'ssa', 'Ignore'));
}

/**
 * Whether Flux deletes an object and creates it again where the API server refuses a change of it. What is in the cluster
 * counts too, so that the base may say so.
 */
export function isForced({ before, after }: { readonly before: SideObject; readonly after: SideObject }) {
  if (after.maker)
    return [before.object, after.object, after.maker.object].some((object) =>
      hasOperatorMark(object, 'force', 'enabled'),
    );
  return (
    mapOf(after.owner.object?.spec).force === true ||
    [before, after].some((side) => isMarked(side, 'force', 'enabled'))
  );
}

/** Whether an object stays in the cluster when git no longer has it, because it says so. */
export function isNeverPruned(side: SideObject): boolean {
  return side.maker ? hasOperatorMark(side.object, 'prune', 'disabled') : isMarked(side, 'prune', 'disabled');
}
