import { mapOf } from '../plain/plain-data';

/** Whether a Flux object is suspended: its controller leaves it alone, and what it applied stays as it is. */
export function isSuspended({ object }: { readonly object?: object }): boolean {
  return mapOf(mapOf(object).spec).suspend === true;
}
