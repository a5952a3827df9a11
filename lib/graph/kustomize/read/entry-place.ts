import type { FindingLocation } from '../../../findings/finding';
import { listOf, type PlainMap } from '../../../plain/plain-data';

/**
 * Where an entry of a list is written: in the kustomization file, or in the Flux Kustomization that adds to the list.
 *
 * @param changedBy - the Flux Kustomization
 */
export function entryPlace(
  { data, location }: { readonly data: PlainMap; readonly location: FindingLocation },
  changedBy: FindingLocation,
  field: string,
  index: number,
): FindingLocation {
  const own = listOf(data[field]).length;
  return index < own
    ? { ...location, field: `${field}[${index}]` }
    : { ...changedBy, field: `spec.${field}[${index - own}]` };
}

/** Where the common namespace is written: in either, because the Flux Kustomization replaces that of the file. */
export function namespacePlace(
  { data, location }: { readonly data: PlainMap; readonly location: FindingLocation },
  changedBy: FindingLocation,
  namespace: unknown,
): FindingLocation {
  return namespace === data.namespace
    ? { ...location, field: 'namespace' }
    : { ...changedBy, field: 'spec.targetNamespace' };
}

/** A part of an entry; the whole place if that is no entry of a list. */
export function partOf(entry: FindingLocation, part: string): FindingLocation {
  return entry.field === undefined ? entry : { ...entry, field: `${entry.field}.${part}` };
}
