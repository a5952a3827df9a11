import { mapOf } from '../plain/plain-data';

/** Whether a Kustomization deletes from the cluster what it no longer applies. */
export function prunes({ object }: { readonly object?: object }): boolean {
  return mapOf(mapOf(object).spec).prune === true;
}
