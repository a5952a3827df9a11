import type { Claim, ObjectClassifier, SideObject } from '../classifier';
import { widenedAccount, widenedCloudRoles, widenedReferences } from '../rights/account-rights';
import { createdRights, widenedRoles } from '../rights/role-rights';

/** Someone, or Flux itself, may do more than before. */
export const widened: ObjectClassifier = (changed, context) => [
  ...widenedRoles(changed),
  ...widenedCloudRoles(changed),
  ...widenedAccount(changed, context),
  ...widenedReferences(changed),
];

/** What is said of an object that is created, beside that. */
export function createdClaims(after: SideObject): Claim[] {
  return createdRights(after);
}
