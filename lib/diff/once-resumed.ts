import { isFluxGroup } from '../kinds/groups';
import { qualifiedName } from '../findings/object-name';
import { mapOf } from '../plain/plain-data';
import { apiGroup } from '../tree/manifest';
import type { ChangeClass } from './change';
import type { ChangedObject, Claim } from './classifier';

/** Changes of a suspended object itself, which count whether or not it is resumed. */
const AT_ONCE: ReadonlySet<ChangeClass> = new Set([
  'refused',
  'recreated',
  'suspended',
  'resumed',
  'prune-off',
]);

/**
 * A suspended object of Flux has a new `spec` at once, and acts on it once it is resumed; a suspended Kustomization applies
 * nothing. Where the same commit suspends the Kustomization, which comes first cannot be told.
 */
export function onceResumed(claim: Claim, { after, suspension }: ChangedObject): Claim {
  const acts = afterItself(claim, after.object);
  if (suspension === undefined) return acts;
  const kustomization = qualifiedName(after.owner.identity);
  const message =
    suspension === 'before'
      ? `once the suspended Kustomization ${kustomization} is resumed: ${acts.message}`
      : `${acts.message}, unless the suspension of Kustomization ${kustomization} in the same commit takes effect first`;
  return { ...claim, message };
}

function afterItself(claim: Claim, { apiVersion, spec }: ChangedObject['after']['object']): Claim {
  const isSuspended = isFluxGroup(apiGroup(apiVersion)) && mapOf(spec).suspend === true;
  const isOfSpec = claim.fields.some(({ path }) => path.startsWith('spec'));
  if (!isSuspended || !isOfSpec || AT_ONCE.has(claim.class)) return claim;
  return { ...claim, message: `once it is resumed: ${claim.message}` };
}
