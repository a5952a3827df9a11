import type { ChangedObject, Claim } from './classifier';

/** What Flux will do with an object because of its changed fields. */
export function classifyObject({ fields }: ChangedObject): Claim[] {
  return [{ class: 'changed', fields, message: 'Flux updates the object in place' }];
}
